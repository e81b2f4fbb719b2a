/** Reports of other tools that are pasted for lockdep's: named, with what they are about. */
import { inputLines } from "../read/input/input.js";

/** A report that is none of lockdep's. */
export interface OtherPaste {
  readonly line: number;
  /** What prints it. */
  readonly what: string;
  /** What it says of locks, and what of it is missing for an explanation. */
  readonly says: string;
}

const sleepCheck = "the check of sleeping functions (might_sleep())";

const table: readonly (readonly [RegExp, string, string])[] = [
  [
    /\*\*\* DEADLOCK \*\*\*|\bprint_(?:deadlock_bug|circular_bug|usage_bug|irq_inversion_bug|bad_irq_dependency)\+0x/,
    "lockdep",
    "a part of a report whose headline is not there: its lines from the headline on tell the kind and the locks",
  ],
  [
    /BUG: sleeping function called from invalid context(?: at (?:\S+)?)?\s*$/,
    sleepCheck,
    "something that may sleep was called with preemption or interrupts off; what the kernel prints below it says which, and on what path",
  ],
  [
    /sleeping function called from invalid context/,
    sleepCheck,
    "something that may sleep was called with preemption or interrupts off; it is only named there, and the lines of the report are not",
  ],
  [
    /DEBUG_RWSEMS_WARN_ON\(/,
    "the debugging of rwsems (kernel/locking/rwsem.c)",
    "the rwsem is not what it must be where it is taken or released, as never initialised, or released by one who does not hold it: the condition stands in the brackets, and `owner` is the address of the task that had it, with bits of its own",
  ],
  [
    /BUG: spinlock lockup suspected|BUG: spinlock (?:recursion|bad magic|cpu recursion|wrong (?:CPU|owner)|already unlocked)|BUG: rwlock/,
    "the debugging of spinlocks (kernel/locking/spinlock_debug.c)",
    "the lock's own fields are wrong, or its owner does not release it; `.owner` names who had it",
  ],
  [
    /BUG: scheduling while atomic:/,
    "the scheduler (__schedule_bug() in kernel/sched/core.c)",
    "a task went to sleep where it may not: the stack that the kernel prints below it says by whom, and the last number of the line is its preempt_count",
  ],
  [
    /BUG: scheduling while atomic\s*$/,
    "the scheduler (__schedule_bug() in kernel/sched/core.c)",
    "a task went to sleep where it may not: the stack that the kernel prints below it says by whom",
  ],
  [
    /BUG: using \w+\(\) in preemptible \S+ code: \S/,
    "the check of preemption (CONFIG_DEBUG_PREEMPT)",
    "data of one CPU is used by a task that may be moved to another; it is about no lock, and `caller is` names the place",
  ],
  [
    /watchdog: BUG: soft lockup|BUG: soft lockup|watchdog: .*hard LOCKUP/,
    "the lockup detector",
    "a CPU did not schedule, or took no interrupts, for long; whom a spinning CPU waits for only the stacks of all CPUs show",
  ],
  [
    /rcu: INFO: rcu_\w+ (?:self-)?detected stall|rcu_\w+ (?:self-)?detected stall/,
    "RCU's stall detector",
    "a grace period does not end; the stacks of the CPUs that are named show where they are",
  ],
  [
    /^[^A-Za-z]*DEPT: /,
    "DEPT, the dependency tracker",
    "it tracks waits and events; of a whole report its contexts are read, each with [S], [W] and [E]",
  ],
  [
    /^[^A-Za-z]*(?:witness: )?(?:lock order reversal:|acquiring duplicate lock of same type)/,
    "WITNESS of FreeBSD and OpenBSD",
    "two locks were taken in both orders; the lines `1st` and `2nd` name them",
  ],
  [
    /WARNING: ThreadSanitizer: (?:lock-order-inversion|data race|double lock)/,
    "ThreadSanitizer",
    "it checks a program of user space; of a lock order the lines `Mutex ... acquired here while holding mutex ...` are read",
  ],
];

/** Returns the first report of each other tool in a text. */
export function otherPastes(text: string): readonly OtherPaste[] {
  const found = new Map<string, OtherPaste>();
  for (const { number, text: line } of inputLines(text)) {
    const entry = table.find(([pattern]) => pattern.test(line));
    if (entry === undefined || found.has(entry[1])) continue;
    found.set(entry[1], { line: number, what: entry[1], says: entry[2] });
  }
  return [...found.values()];
}
