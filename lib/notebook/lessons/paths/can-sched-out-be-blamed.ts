import type { KernelC } from "../../../kernel-c/index.js";
import { lockdepVerdict, pathsOnce } from "../../../kvm/index.js";
import { predict, type Prediction } from "../../exercise/index.js";
import { allOrders } from "./orders.js";

/** Returns the question whether a report of the circle can have sched_out's stack as its backtrace. */
export function canSchedOutBeBlamed(kernelC: KernelC): Prediction<string> {
  // The handler wakes only whom a sched_out has put on the list.
  const possible = allOrders.filter((order) => order.indexOf("o") < order.indexOf("w"));
  const paths = pathsOnce(kernelC);
  const blaming = () =>
    possible.filter((order) => {
      const { report } = lockdepVerdict(paths, order);
      return report?.kind === "circular" && report.stack.includes("pi_enable_wakeup_handler");
    });
  return predict<string>("Can sched_out be blamed?", {
    actual: () => (blaming().length > 0 ? "yes" : "no"),
    because: () =>
      `${String(possible.length)} orders are possible; ${String(blaming().length)} of them blame sched_out`,
    choices: ["yes", "no"],
  });
}
