import { baseCode, lockdepVerdict } from "../../../kvm/index.js";
import { predict, type Prediction } from "../../exercise/index.js";
import { allOrders } from "./orders.js";

/** Returns the question whether a report of the circle can have sched_out's stack as its backtrace. */
export function canSchedOutBeBlamed(): Prediction<string> {
  // The handler wakes only whom a sched_out has put on the list.
  const possible = allOrders.filter((order) => order.indexOf("o") < order.indexOf("w"));
  const blaming = () =>
    possible.filter((order) => {
      const { report } = lockdepVerdict(baseCode, order);
      return report?.kind === "circular" && report.stack.at(-1) === "schedule";
    });
  return predict<string>("Can sched_out be blamed?", {
    actual: () => (blaming().length > 0 ? "yes" : "no"),
    because: () =>
      `${String(possible.length)} orders are possible; ${String(blaming().length)} of them blame sched_out`,
    choices: ["yes", "no"],
  });
}
