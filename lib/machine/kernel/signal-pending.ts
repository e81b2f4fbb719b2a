/** `signal_pending(p)` of each task: set by whoever sends a signal, and never where nobody does. */
import { PROCESS } from "../language/id-set.js";
import { bool, variable } from "../language/variable.js";

export const signalPending = variable("signal_pending(p)", bool, { per: [PROCESS] });
