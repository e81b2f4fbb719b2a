/** What may not sleep does. */
import { type DeveloperPatch, P, lockInit, assertion, otherLock } from "./pieces.js";

export const sleepingPatches: readonly DeveloperPatch[] = [
  {
    name: "might_sleep() in sched_out",
    edits: [[P, assertion, `	might_sleep();\n${assertion}`]],
    lockdep: "circular",
    explorer: "assert",
  },
  {
    name: "a grace period after sched_in has left the list",
    edits: [[P, "	local_irq_restore(flags);\n", "	synchronize_rcu();\n	local_irq_restore(flags);\n"]],
    lockdep: "circular",
    explorer: "assert",
  },
  {
    name: "a mutex in place of raw_spinlock_t",
    edits: [
      ...otherLock("struct mutex", (call) => call.replace(/raw_spin_/g, "mutex_")),
      [P, lockInit, lockInit.replace("raw_spin_lock_init", "mutex_init")],
    ],
    lockdep: "wait-context",
    explorer: "assert",
  },
];
