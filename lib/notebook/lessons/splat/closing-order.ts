import type { KernelC } from "../../../kernel-c/index.js";
import { predict, type Prediction } from "../../exercise/index.js";
import { shownToLockdep } from "../runs/shown-to-lockdep.js";
import { pathsOf } from "./paths-of.js";

/**
 * Returns the question which order closes the circle.
 *
 * @param paths the C of the scheduler and of the three paths
 */
export function closingOrder(kernelC: KernelC, paths: string): Prediction<string> {
  const { boot, schedOut, handler } = pathsOf(kernelC, paths);
  const short = (name: string): string => /pi_lock|rq|wakeup/.exec(name)?.[0] ?? name;
  return predict<string>("Which order closes the circle?", {
    actual: () => {
      const { report } = shownToLockdep([...boot, schedOut, handler]);
      if (report?.kind !== "circular") return "none";
      const { acquiring, holding } = report;
      return `${short(acquiring.class.name)} while ${short(holding.class.name)} is held`;
    },
    because: () =>
      "pi_lock leads to rq, and rq to wakeup: only an arrow from the end to the beginning closes it",
    choices: [
      "rq while wakeup is held",
      "pi_lock while wakeup is held",
      "pi_lock while rq is held",
    ],
  });
}
