/** Every fix that the thread proposed. What each of them changes is the patch of its name in `c/fixes`. */
import { wakeAfterUnlock } from "./changes.js";
import type { Variation } from "./variation.js";

/** What a fix makes the machine do: most fixes differ only in what lockdep is told. */
export type FixBehaviour = "unchanged" | "defer" | "two-locks" | "rcu";

/** A proposed fix. */
export interface Fix<Name extends FixName = FixName> extends Variation<Name> {
  readonly behaviour: FixBehaviour;
}

/** The names of the fixes. */
export type FixName =
  | "none"
  | "final"
  | "out1"
  | "lie"
  | "defer"
  | "two-locks"
  | "in1"
  | "rcu"
  | "novalidate"
  | "assert-not-held";

/** Every fix, in the order of the columns of a table. */
export const fixes: readonly Fix[] = [
  {
    name: "none",
    behaviour: "unchanged",
    summary: "no annotation: all three paths take the wakeup lock with subclass 0",
    history: "what lockdep reported",
  },
  {
    name: "final",
    behaviour: "unchanged",
    summary: "handler 0, sched_out 1, sched_in 0 and 1",
    history: "2025-03-27, merged as c0b8dcabb2cd in 6.15-rc2",
  },
  {
    name: "out1",
    behaviour: "unchanged",
    summary: "sched_out 1, the others 0",
    history:
      "2023-03-29; its author found that it hides a sched_in that takes a scheduler lock inside",
  },
  {
    name: "lie",
    behaviour: "unchanged",
    summary: "the handler tells lockdep that it drops the lock around kvm_vcpu_wake_up()",
    history: "2025-03-19, superseded",
  },
  {
    ...wakeAfterUnlock,
    name: "defer",
    also: "wake-after-unlock",
    behaviour: "defer",
    history: "a functional change",
  },
  {
    name: "two-locks",
    behaviour: "two-locks",
    summary: "the handler takes in_lock, sched_out takes out_lock, sched_in takes both",
    history: "2023-03-13, rejected as a confusing functional change",
  },
  {
    name: "in1",
    behaviour: "unchanged",
    summary: "handler 0, sched_out 1, sched_in 1 alone",
    history: "the merged rule without the half that lets sched_in meet the handler",
  },
  {
    name: "rcu",
    behaviour: "rcu",
    summary: "the handler walks the list under rcu_read_lock() and takes no wakeup lock",
    history:
      "2023-03-10, rejected: no deadlock to fix, and freeing a vCPU would need a grace period",
  },
  {
    name: "novalidate",
    behaviour: "unchanged",
    summary: "lockdep_set_novalidate_class() on the wakeup lock",
    history: "what the merged patch avoids",
  },
  {
    name: "assert-not-held",
    behaviour: "unchanged",
    summary: "out1, and lockdep_assert_not_held(&current->pi_lock) in sched_in",
    history: "2023-03-30; no: the order is the matter, not that it is held",
  },
];
