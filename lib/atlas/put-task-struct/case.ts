/** kernel/sched, 2023 and 2025: an override that lets more pass than it was meant for. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const putTaskStruct: AtlasCase = {
  name: "put-task-struct",
  title: "an override that lets too much pass",
  truth: "depends",
  texts,
  question:
    "The last reference to a task is dropped under a raw lock, and the clean-up takes a spinlock_t. On PREEMPT_RT the code goes another way. Does that way always lead where it may sleep?",
  premises: [
    {
      name: "stock",
      summary: "the kernel is not PREEMPT_RT",
      holds: true,
      by: "893cdaaa3977: the report is of a stock kernel, where a spinlock_t spins",
    },
  ],
  fixes: [
    {
      name: "override",
      summary: "DEFINE_WAIT_OVERRIDE_MAP(put_task_map, LD_WAIT_SLEEP) around the clean-up",
      fate: "merged in 2023, 893cdaaa3977",
    },
    {
      name: "always-defer",
      summary: "the clean-up is always left to call_rcu()",
      fate: "merged in 2025, 8671bad873eb",
    },
    {
      name: "defer-on-rt",
      summary: "left to call_rcu() on PREEMPT_RT, under the override elsewhere",
      fate: "sent after it, since more was merged than its text says",
    },
    {
      name: "override-config",
      summary: "the override with LD_WAIT_CONFIG",
      fate: "asked for by Oleg Nesterov in the review of that",
    },
  ],
  mutants: [
    {
      name: "mutex-in-cleanup",
      summary: "the clean-up takes a mutex",
    },
  ],
  expected: [
    { lockdep: ["wait-context"], explorer: "safe" },
    {
      switched: ["stock"],
      lockdep: ["silent"],
      explorer: "assert",
      because:
        "preemptible is not enough: a task that is queued for one lock must not wait for another; wait types do not know of that",
    },
    { mutant: "mutex-in-cleanup", lockdep: ["wait-context"], explorer: "misuse" },
    { fix: "override", lockdep: ["silent"], explorer: "safe" },
    { fix: "override", switched: ["stock"], lockdep: ["silent"], explorer: "assert" },
    {
      fix: "override",
      mutant: "mutex-in-cleanup",
      lockdep: ["silent"],
      explorer: "misuse",
      because: "HIDDEN: LD_WAIT_SLEEP lets mutexes pass, and spinlocks were meant",
    },
    { fix: "always-defer", lockdep: ["silent"], explorer: "safe" },
    { fix: "always-defer", switched: ["stock"], lockdep: ["silent"], explorer: "safe" },
    {
      fix: "always-defer",
      mutant: "mutex-in-cleanup",
      lockdep: ["wait-context"],
      explorer: "misuse",
    },
    { fix: "defer-on-rt", lockdep: ["silent"], explorer: "safe" },
    { fix: "defer-on-rt", switched: ["stock"], lockdep: ["silent"], explorer: "safe" },
    { fix: "defer-on-rt", mutant: "mutex-in-cleanup", lockdep: ["silent"], explorer: "misuse" },
    { fix: "override-config", lockdep: ["silent"], explorer: "safe" },
    { fix: "override-config", switched: ["stock"], lockdep: ["silent"], explorer: "assert" },
    {
      fix: "override-config",
      mutant: "mutex-in-cleanup",
      lockdep: ["wait-context"],
      explorer: "misuse",
      because: "what was meant, and no more",
    },
  ],
  sources: [
    {
      where: "893cdaaa3977 (include/linux/sched/task.h, put_task_struct)",
      says: "the report, why it is false on a stock kernel, the override; PREEMPT_RT defers unless preemptible",
    },
    {
      where: "8671bad873eb (include/linux/sched/task.h, put_task_struct)",
      says: "rt_mutex_adjust_prio_chain() drops one while it is queued: lockdep_assert(!current->pi_blocked_on)",
    },
    {
      where: "linux-kernel, <aIjCYEkgNvVpMYCS@uudg.org>",
      says: "LD_WAIT_SLEEP can fool lockdep more than is needed: suppose that it does mutex_lock()",
    },
    {
      where: "linux-kernel, <aIyx7KziSbb6w4mL@uudg.org>",
      says: "what was merged changed the stock kernel too; the deferral for PREEMPT_RT alone",
    },
    {
      where: "kernel/locking/spinlock_rt.c, rtlock_lock()",
      says: "asserts that the task waits for no other lock",
    },
  ],
  reading:
    "PREEMPT_RT is a constant in the text, and callbacks run in a thread there. What hides what is ours: the override of 2023 did not hide the bug of PREEMPT_RT that the second commit names it for, since that was there without it, and no wait type tells of it. It hides mutexes.",
  history:
    "Two reports of 2023 came from one place: on PREEMPT_RT the clean-up of a task could sleep in atomic context, on a stock kernel lockdep took it for that. The first was deferred to RCU, the second told away by a map. Two years later an assertion fired on PREEMPT_RT: a task that was about to wait for a lock dropped the last reference to that lock's owner, preemptible and yet not free to wait. The condition was dropped, and with it the map, by the wrong version of the patch.",
};
