/** Changes of the mechanism: which premise of the argument holds what up. Each is the patch of its name in `c/changes`. */
import type { Variation } from "./variation.js";

/** The names of the changes. */
export type ChangeName =
  | "irqs-on"
  | "irqs-on-irqsave"
  | "sched-in-under-rq"
  | "sched-in-unlocked"
  | "no-on-test"
  | "stale-cpu"
  | "remote-cpu"
  | "wake-after-unlock"
  | "sched-in-trylock"
  | "nv-before-list"
  | "core-scheduling"
  | "other-wakers"
  | "preemptible"
  | FurtherPathName;

/** Changes that add a path and leave the three as they are. */
export type FurtherPathName = "other-wakers" | "set-affinity" | "load-balance" | "vcpu-exit";

const change = <Name extends ChangeName>(name: Name, summary: string): Variation<Name> => ({
  name,
  summary,
  history: "",
});

/** The change that is mutant m4 too. */
export const irqsOn = {
  ...change("irqs-on", "sched_out runs with IRQs on"),
  also: "m4",
} as const;

/** The change that is mutant m3 too. */
export const schedInUnderRq = {
  ...change("sched-in-under-rq", "sched_in runs under its own rq->__lock"),
  also: "m3",
} as const;

/** The change that is the fix `defer` too. */
export const wakeAfterUnlock = {
  ...change(
    "wake-after-unlock",
    "the handler collects the vCPUs under the lock and wakes them after it",
  ),
  also: "defer",
} as const;

/** Every change, in the order of a table. */
export const changes: readonly Variation<ChangeName>[] = [
  irqsOn,
  change(
    "irqs-on-irqsave",
    "schedule() leaves IRQs on, but pi_enable_wakeup_handler() switches them off itself",
  ),
  schedInUnderRq,
  change("sched-in-unlocked", "sched_in leaves the list without the lock"),
  change("no-on-test", "ON is not tested after NV is set"),
  change("stale-cpu", "vcpu->cpu is never updated: list and lock of a remote CPU, NDST local"),
  change("remote-cpu", "sched_out uses another CPU's lock, list and NDST"),
  wakeAfterUnlock,
  change("sched-in-trylock", "sched_in tries the lock and skips list_del() if it fails"),
  change("nv-before-list", "NV is set before the list add"),
  change("core-scheduling", "one run-queue lock for all CPUs"),
  change("other-wakers", "kvm_vcpu_wake_up() also comes from a timer on any CPU"),
  change("preemptible", "kvm_sched_out() is also called when a vCPU is preempted"),
  change("set-affinity", "an idle CPU's thread takes a vCPU's pi_lock, then its run queue"),
  change("load-balance", "an idle CPU pulls a queued vCPU from another run queue"),
  change("vcpu-exit", "a vCPU may exit; it is then freed at once"),
];

/** The changes that add a path and leave the three as they are. */
export const furtherPaths: readonly FurtherPathName[] = [
  "other-wakers",
  "set-affinity",
  "load-balance",
  "vcpu-exit",
];
