import type { KernelC } from "../../../kernel-c/index.js";
import { predict, type Prediction } from "../../exercise/index.js";
import { shownToLockdep } from "../runs/shown-to-lockdep.js";
import { WAKEUP, pathsOf } from "./paths-of.js";

/** A path that the text does not have: the lock taken in a task, with IRQs on. */
const driver = `
static void driver_looks_at_list(void)
{
	raw_spin_lock(this_cpu_ptr(&wakeup_vcpus_on_cpu_lock));
	raw_spin_unlock(this_cpu_ptr(&wakeup_vcpus_on_cpu_lock));
}
`;

/**
 * Returns the question which four characters the wakeup lock's class has once a new path has held it with IRQs on,
 * when of KVM's own paths only sched_in has run.
 *
 * @param paths the C of the scheduler and of the three paths
 */
export function wakeupLockUsage(kernelC: KernelC, paths: string): Prediction<string> {
  const { boot, schedIn } = pathsOf(kernelC, paths);
  const withIrqsOn = kernelC(paths + driver, {
    file: "paths.c",
    threads: ["driver_looks_at_list on 0"],
  });
  return predict<string>("The wakeup lock's characters?", {
    actual: () => {
      const { classes } = shownToLockdep([...boot, schedIn, withIrqsOn]).graph();
      return classes.find(({ name }) => name === WAKEUP)?.usage ?? "";
    },
    because: () => "no interrupt has taken it; held with IRQs on, it was held with both enabled",
    choices: ["....", "-...", "+.+.", "+...", "?.?."],
  });
}
