/** The vCPUs of the case. */
import { idSet } from "../../machine/index.js";

/** The vCPUs of a machine, each with the task that runs it. */
export const VCPU = idSet("vcpu");
