/** Signals: include/linux/sched/signal.h. `lab: signals` says that anybody may send one to any task. */
import { bool, signal_pending } from "../../../machine/index.js";
import { type CallRow, type Family, gives } from "../row/index.js";

const pending: CallRow = gives("task", (call) => {
  if (call.argument(0) !== "current") {
    return call.refuse("of other tasks it is not known: signal_pending(current) asks", 0);
  }
  return call.reads(signal_pending(), bool);
});

export const signalFamily: Family = {
  name: "signal",
  calls: { signal_pending: pending, fatal_signal_pending: pending },
};
