/** What to do about a lock that may wait too long where it is taken. */
import type { Evidence } from "../../evidence/evidence.js";
import { primitiveOn } from "../../evidence/lock/taking.js";
import { leakOf } from "../../evidence/held/leak.js";
import { narrowestHeld } from "../../evidence/lock/narrowest.js";
import { wantsSleep, wantsSpinlock } from "../../evidence/lock/wait-types.js";
import type { LockMention, WaitContextSplat } from "../../report/index.js";
import { foldStack, sureNames } from "../../stacks/fold-stack.js";
import { plainName } from "../../stacks/functions.js";
import { code, inPlace, placeOf } from "../words/words.js";
import { printedMend } from "./printed.js";

/** Returns the mends: those of a lock that always sleeps, or those of one that sleeps on PREEMPT_RT. */
export function waitContextMend({ misfit }: Evidence, report: WaitContextSplat): readonly string[] {
  const { acquiring, backtrace } = report;
  const primitive = primitiveOn(backtrace);
  const { context } = foldStack(backtrace);
  const runner = runnerOf(report);
  if (misfit !== null) return [];
  if (acquiring === null) {
    return [
      "The text does not show where the report names the lock: look for its other lines in the log.",
    ];
  }
  const name = code(acquiring.name);
  const narrow = narrowestHeld(report, acquiring);
  const leak = narrow === null ? null : leakOf(narrow, report);
  if (narrow !== null && leak !== null) {
    return [
      `${code(narrow.name)} makes the context narrow, and ${code(leak)}, which took it, is not on the stack: if it is not meant to return with it held, find the path on which it does, before anything is changed${inPlace(backtrace)}.`,
    ];
  }
  const printed = printedMend({ edges: [], holding: narrow, report });
  if (printed !== null) return [printed];
  if (wantsSleep(report)) {
    const where =
      narrow !== null
        ? underWords(narrow)
        : context === "hardirq" || context === "softirq"
          ? `in a ${context}`
          : "where a spinlock is held or interrupts are off";
    const never = `${name} is ${primitive === null ? "by its wait type a lock that sleeps," : `a ${primitive} and sleeps`} on every kernel: it may never be taken ${where}${narrow === null ? "" : ", as it is"}${inPlace(backtrace)}.`;
    if (narrow !== null) return [never, apart(narrow, name)];
    return [
      never,
      `Leave what ${runner === null ? "needs it" : `${code(runner)} does with it`} to a work item or a thread, take it before the context gets narrow, or make it a spinlock_t if nothing under it sleeps.`,
    ];
  }
  if (wakes.test(plainName(acquiring.at?.symbol ?? ""))) {
    return [
      `${name} is the lock of a wait queue, which whoever wakes takes: wake${inPlace(backtrace)} ${narrow === null ? "where the context is wide enough" : `after ${code(narrow.name)} is dropped`}, or from irq_work; a simple wait queue (swait) has a raw lock.`,
    ];
  }
  return [
    `Take ${name} earlier, before the context gets narrow, or leave the work${inPlace(backtrace)} to a thread or a work item.`,
    ...(primitive === "spinlock" || primitive === "rwlock" || wantsSpinlock(report)
      ? [
          primitive === "rwlock"
            ? "There is no raw rwlock: a raw_spinlock_t, or RCU for its readers, only if what it protects is short and bounded."
            : "Make it a raw_spinlock_t only if what it protects is short and bounded.",
        ]
      : acquiring.wait?.startsWith("3:") === true
        ? [
            "If it is a spinlock_t (3:3 with PROVE_RAW_LOCK_NESTING; without it that is a mutex): make it a raw_spinlock_t only if what it protects is short and bounded.",
          ]
        : []),
    ...(narrow !== null && isRaw(narrow)
      ? [`Or make ${code(narrow.name)} a spinlock_t, where nothing needs it to be a raw one.`]
      : []),
  ];
}

/** What takes the lock of a wait queue on behalf of a waker (kernel/sched/wait.c). */
const wakes = /^(?:__wake_up\w*|complete(?:_all|_with_flags)?)$/;

/** With PROVE_RAW_LOCK_NESTING a raw spinlock has 2 for both; sections of RCU and the like have an outer type of their own. */
const isRaw = ({ name, wait }: LockMention): boolean => wait === "2:2" && !mustBeRaw.test(name);

/** Locks of the scheduler, of interrupts, of timers and of printing, which PREEMPT_RT itself stands on. */
const mustBeRaw =
  /rq->(?:__)?lock|pi_lock|irq_desc|^hrtimer_bases|cpu_base->lock|^&base->lock|wait_lock|rtmutex|timekeeper|logbuf|console|rcu_node|rcu_state|^&cfs_b|^&rt_b|jiffies_(?:lock|seq)/;

const isReader = ({ name }: LockMention): boolean => name.startsWith("rcu_read_lock");

/** `within the RCU read-side section that ... opened`, or `under` the lock that is held. */
function underWords(narrow: LockMention): string {
  const place = placeOf(narrow);
  if (isReader(narrow))
    return `within an RCU read-side section${place === "" ? "" : `, opened${place}`}`;
  if (narrow.name === "local_bh")
    return `with softirqs off${place === "" ? "" : `, switched off${place}`}`;
  return `under ${code(narrow.name)}${place === "" ? "" : `, taken${place}`}`;
}

/** Returns how to keep a lock that sleeps away from what makes the context narrow. */
function apart(narrow: LockMention, name: string): string {
  return isReader(narrow)
    ? `Leave the read-side section before, with a reference to what it protects, and go on outside; or take ${name} first.`
    : `Release ${code(narrow.name)} before, or take ${name} first; or make ${name} a spinlock_t if nothing under it sleeps.`;
}

/** Returns what a timer or an interrupt called, the outermost function that is the developer's. */
function runnerOf({ backtrace }: WaitContextSplat): string | null {
  const names = sureNames(backtrace).map(plainName);
  const called = names.findIndex((name) =>
    /^(?:call_timer_fn|__run_hrtimer|__hrtimer_run_queues|tasklet_action_common|__handle_irq_event_percpu)$/.test(
      name,
    ),
  );
  if (called > 0) return names[called - 1] ?? null;
  const outermost = foldStack(backtrace).functions.at(-1);
  return outermost === undefined ? null : plainName(outermost);
}
