import type { KernelC } from "../../../kernel-c/index.js";
import { predict, type Prediction } from "../../exercise/index.js";
import { shownToLockdep } from "../runs/shown-to-lockdep.js";
import { WAKEUP, pathsOf } from "./paths-of.js";

/**
 * Returns the question which four characters the wakeup lock's class has before the first interrupt.
 *
 * @param paths the C of the scheduler and of the three paths
 */
export function wakeupLockUsage(kernelC: KernelC, paths: string): Prediction<string> {
  const { boot, schedIn, schedOut } = pathsOf(kernelC, paths);
  return predict<string>("The wakeup lock's characters?", {
    actual: () => {
      const { classes } = shownToLockdep([...boot, schedIn, schedOut]).graph();
      return classes.find(({ name }) => name === WAKEUP)?.usage ?? "";
    },
    because: () => "no handler has taken it, and the two paths had IRQs off",
    choices: ["....", "-...", "+.+.", "+..."],
  });
}
