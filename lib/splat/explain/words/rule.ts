/** Which rule of lockdep's each kind of report says was broken. */

import type { Evidence } from "../../evidence/evidence.js";
import { rcuCaseOf } from "../../evidence/rcu.js";
import { wantsSleep } from "../../evidence/lock/wait-types.js";
import { isOfNmi } from "../../evidence/irq/nmi.js";
import { isTooDeep } from "../../evidence/held/too-deep.js";
import type { SplatKind, WarningSplat } from "../../report/index.js";

/** A kind's name in words, and the rule. */
export interface Rule {
  readonly title: string;
  readonly rule: string;
}

const rules: Readonly<Record<SplatKind, Rule>> = {
  circular: {
    title: "A circle in the order of locks",
    rule: "Locks must be taken in one order. Whenever a lock is taken while another is held, lockdep adds an edge from the held class to the taken one; the edge that this task was about to add closes a circle.",
  },
  recursive: {
    title: "A class taken twice by one task",
    rule: "A task may not take a lock of a class of which it holds one already: if it is the same lock it waits for itself, and if it is another one, nothing says in which order two of them are taken.",
  },
  inconsistent: {
    title: "A lock used in an interrupt and held with it enabled",
    rule: "A lock that is taken in an interrupt must only be held with that interrupt disabled. This class has been seen both ways.",
  },
  "irq-inversion": {
    title: "An interrupt that inverts an order",
    rule: "Below a lock that is taken in an interrupt there must be no lock that is held with that interrupt enabled. One of two connected locks has just become the first, or the second, of such a pair.",
  },
  "irq-safe-unsafe": {
    title: "A new edge from an irq-safe to an irq-unsafe lock",
    rule: "A lock that is taken in an interrupt must not wait for one that is held with that interrupt enabled, directly or through others. The edge that this task was about to add connects two such locks.",
  },
  "wait-context": {
    title: "A lock that may wait too long here",
    rule: "What runs in a narrow context must not wait in a wider way than it: under a raw spinlock or in a hard interrupt nothing may be taken that sleeps, nor a spinlock_t that sleeps on PREEMPT_RT.",
  },
  "bad-unlock": {
    title: "A release of a lock that is not held",
    rule: "A task may only release what it has acquired, and once for each acquisition.",
  },
  "nested-not-taken": {
    title: "The outer lock of a nesting is missing",
    rule: "A lock that is taken with a nest lock names the outer lock that makes the nesting safe. The task must hold that one, and does not.",
  },
  "held-freed": {
    title: "A held lock in memory that is freed",
    rule: "Memory must not be freed, nor a lock in it initialised again, while the lock is held.",
  },
  "user-space": {
    title: "A lock held on the way to user space",
    rule: "A task that returns to user space must hold nothing: nobody knows when it comes back to release it.",
  },
  "still-held": {
    title: "A task ends or freezes with locks held",
    rule: "A task that exits, or stops for the freezer, must hold nothing.",
  },
  "rcu-usage": {
    title: "An access that RCU does not protect",
    rule: "What RCU protects may only be read within a read-side critical section or under the lock that its updaters hold, while RCU is watching; and a reader must not block where RCU forbids it.",
  },
  "non-static-key": {
    title: "A lock without a class key",
    rule: "lockdep tells locks apart by the address of their key, which must be static or registered. This lock was never initialised, or lives on the heap with a key that was not registered.",
  },
  limit: {
    title: "One of lockdep's tables is full",
    rule: "lockdep keeps classes, dependencies and chains in tables of fixed size; one of them ran out and lockdep switched itself off. That says nothing of the code that ran.",
  },
  "bfs-error": {
    title: "lockdep's search ran out of room",
    rule: "The breadth-first search through the dependencies has a queue of fixed size, and it ran full. That says nothing of the code that ran.",
  },
  "invalid-subclass": {
    title: "A subclass that does not exist",
    rule: "A lock has eight subclasses, 0 to 7.",
  },
  "wq-leaked-lock": {
    title: "A work item that leaked a lock",
    rule: "A work item must leave its worker as it found it: nothing held, preemption as it was. The next item on this worker starts with what is left.",
  },
  "bad-contention": {
    title: "Contention on a lock that is not held",
    rule: "The lock statistics were told of waiting for a lock that was not being acquired.",
  },
  "debug-locks-warn": {
    title: "lockdep's own rules were broken",
    rule: "A caller of lockdep, or lockdep itself, did what its code asserts never to happen; it switched itself off.",
  },
  "lock-debug": {
    title: "A lock that fails its own checks",
    rule: "The debugging of the lock found its memory or its owner wrong: it was never initialised, was overwritten or freed, or is used in a way that its kind forbids. It is not about an order of locks.",
  },
  warn: {
    title: "An assertion about held locks",
    rule: "The code states which locks must be held, or pinned, where it is called; this time they were not. lockdep stays on.",
  },
};

/** Returns the rule that a report says was broken: that of its kind, or of its case. */
export function ruleOf({ report, misfit }: Evidence): Rule {
  if (misfit !== null) return doesNotFit;
  if (isOfNmi(report)) return inNmi;
  if (report.kind === "limit" && isTooDeep(report)) return tooDeep;
  if (report.kind === "wait-context" && wantsSleep(report)) return sleepsHere;
  if (report.kind === "lock-debug" && !isOfLock(report)) return failedCheck;
  if (report.kind === "rcu-usage" && rcuCaseOf(report) === "blocking") return blocks;
  return rules[report.kind];
}

/** `DEBUG_LOCKS_WARN_ON()` is used by what counts preemption too. */
export const isOfLock = ({ warnAt }: WarningSplat): boolean =>
  /(?:mutex|rwsem|rtmutex|lock|semaphore)\w*\.[ch]:|locking\//.test(warnAt ?? "lock.c:");

const failedCheck: Rule = {
  title: "A check of the lock debugging that failed",
  rule: "DEBUG_LOCKS_WARN_ON() states what can never be, here in code that is not of a lock; when it fires, lockdep switches itself off.",
};

const doesNotFit: Rule = {
  title: "A class that does not fit its lock",
  rule: "Locks of one class are of one kind. This class has the name, or the waiting, of another kind than the function that takes it.",
};

const inNmi: Rule = {
  title: "A lock taken in an NMI",
  rule: "An NMI comes whatever is switched off, also while the lock is held on the same CPU. A lock that is taken in one may be taken nowhere else, unless the NMI only tries it.",
};

const tooDeep: Rule = {
  title: "A task that holds too many locks",
  rule: "lockdep keeps no more than 48 held locks of a task (MAX_LOCK_DEPTH). No table is full: this task took more at once, and lockdep switched itself off.",
};

const sleepsHere: Rule = {
  title: "A lock that sleeps where nothing may sleep",
  rule: "In an interrupt, under a spinlock and with interrupts off nothing may be taken that sleeps, as a mutex, a semaphore or an rwsem.",
};

const blocks: Rule = {
  title: "A reader of RCU that sleeps",
  rule: "Within a read-side section of RCU a task must not block, unless the section is one of SRCU.",
};
