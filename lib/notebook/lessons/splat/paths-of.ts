/** The short paths of the first lesson: a text of C, one function run at a time. */
import type { KernelC } from "../../../kernel-c/index.js";
import type { Scenario } from "../../../machine/index.js";

/** The runs that the exercises put together. */
export interface Paths {
  /** What the scheduler has done before the first vCPU: in a task, in a hardirq, in a softirq. */
  readonly boot: readonly Scenario[];
  readonly schedIn: Scenario;
  readonly schedOut: Scenario;
  readonly handler: Scenario;
}

/** The class of the locks of all CPUs. */
export const WAKEUP = "&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)";

/** Returns each path of the text as a run of its own, on CPU 0. */
export function pathsOf(kernelC: KernelC, text: string): Paths {
  const file = "paths.c";
  const on0 = (path: string): readonly string[] => [`${path} on 0`];
  const task = (path: string): Scenario => kernelC(text, { file, threads: on0(path) });
  const hardirq = (path: string): Scenario => kernelC(text, { file, hardirqs: on0(path) });
  const softirq = (path: string): Scenario => kernelC(text, { file, softirqs: on0(path) });
  return {
    boot: [task("wake_up_new_task"), hardirq("hrtimer_wakeup"), softirq("process_timeout")],
    schedIn: task("vmx_vcpu_pi_load"),
    schedOut: task("schedule"),
    handler: hardirq("pi_wakeup_handler"),
  };
}
