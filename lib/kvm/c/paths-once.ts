/** Each path of the case's files once, in any order: what lockdep needs to see to learn them. */
import type { KernelC, SourceFile } from "../../kernel-c/index.js";
import {
  CPU,
  type Process,
  type Scenario,
  type Statement,
  expr,
  hardirq,
  softirq,
  thread,
} from "../../machine/index.js";
import { type BootWake, type PathLetter, booted } from "./orders.js";
import { type Outer, type Run, handler, ofEach, outside } from "./kvm-in-c.js";

/** Returns the scenario that takes paths once, in order, after the scheduler's own at boot. */
export type PathsOnce = (order: readonly PathLetter[], boot?: readonly BootWake[]) => Scenario;

const firstRuns: Readonly<Record<PathLetter, string>> = {
  o: "first_run_sched_out",
  w: "first_run_handler",
  i: "first_run_sched_in",
  n: "first_run_further",
};

const wakes = (by: BootWake): string => `first_run_${by}_wakes`;
const others = "first_run_boot";

/**
 * Returns what makes scenarios of paths in any order; the files are translated once for all of them.
 *
 * @throws KernelCError with all that is wrong in them
 */
export function pathsOnceInC(kernelC: KernelC, files: readonly SourceFile[]): PathsOnce {
  const name = "CPU 0/KVM";
  const bodies = new Map<string, readonly Statement[]>();
  const made = kernelC.hosted(files, {
    ...outside(2),
    name: "kvm-pi paths",
    cpus: 1,
    host: (run, host) => ({
      processes: [
        run({ name, each: null, task: expr(0), pinned: true }, ({ body }) => {
          for (const of of [...booted.map(wakes), others, ...Object.values(firstRuns)]) {
            bodies.set(of, body(of, []));
          }
          return thread(name, 0, [...bodies.values()].flat());
        }),
        handler(run, host),
        ...bootTimer(run, host),
      ],
    }),
  });
  return (order, boot = booted) => {
    const functions = [...boot.map(wakes), others, ...order.map((letter) => firstRuns[letter])];
    const body = functions.flatMap((of) => bodies.get(of) ?? []);
    return {
      ...made,
      name: `${made.name} ${order.join("")}`,
      processes: made.processes.map((one) => (one.name === name ? { ...one, body } : one)),
    };
  };
}

/** A timer that wakes a task from its hardirq, and from its softirq: both before the first path. */
const bootTimer = (run: Run, { variable }: Outer): readonly Process[] => [
  run(ofEach("hrtimer_wakeup", CPU), ({ body }) =>
    hardirq("hrtimer_interrupt", variable("boot_timer_irr"), () => body("hrtimer_wakeup", []), {
      IRQF_NO_THREAD: true,
    }),
  ),
  run(ofEach("process_timeout", CPU), ({ body }) =>
    softirq("run_timer_softirq", variable("boot_softirq_pending"), () =>
      body("process_timeout", []),
    ),
  ),
];
