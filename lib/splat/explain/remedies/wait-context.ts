/** What to do about a lock that may wait too long where it is taken. */
import type { Evidence } from "../../evidence/evidence.js";
import { primitiveOn } from "../../evidence/taking.js";
import { leakOf } from "../../evidence/leak.js";
import { narrowestHeld } from "../../evidence/narrowest.js";
import { wantsSleep, wantsSpinlock } from "../../evidence/wait-types.js";
import type { WaitContextSplat } from "../../report/index.js";
import { foldStack, sureNames } from "../../stacks/fold-stack.js";
import { plainName } from "../../stacks/functions.js";
import { code, inPlace } from "../words/words.js";

/** Returns the mends: those of a lock that always sleeps, or those of one that sleeps on PREEMPT_RT. */
export function waitContextMend({ misfit }: Evidence, report: WaitContextSplat): readonly string[] {
  const { acquiring, backtrace } = report;
  const name = code(acquiring?.name ?? "the lock");
  const primitive = primitiveOn(backtrace);
  const { context } = foldStack(backtrace);
  const runner = runnerOf(report);
  if (misfit !== null) return [];
  const narrow = narrowestHeld(report, acquiring);
  const leak = narrow === null ? null : leakOf(narrow, report);
  if (narrow !== null && leak !== null) {
    return [
      `${code(narrow.name)} makes the context narrow, and ${code(leak)}, which took it, is no longer on the stack: find the path of ${code(leak)} that returns with it held, before anything is changed${inPlace(backtrace)}.`,
    ];
  }
  if (wantsSleep(report)) {
    const where =
      context === "hardirq" || context === "softirq"
        ? `in a ${context}`
        : "where a spinlock is held or interrupts are off";
    return [
      `${name} is ${primitive === null ? "by its wait type a lock that sleeps," : `a ${primitive} and sleeps`} on every kernel: it may never be taken ${where}${inPlace(backtrace)}.`,
      `Leave what ${runner === null ? "needs it" : `${code(runner)} does with it`} to a work item or a thread, take it before the context gets narrow, or make it a spinlock_t if nothing under it sleeps.`,
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
      : acquiring?.wait?.startsWith("3:") === true
        ? [
            "If it is a spinlock_t (3:3 with PROVE_RAW_LOCK_NESTING; without it that is a mutex): make it a raw_spinlock_t only if what it protects is short and bounded.",
          ]
        : []),
  ];
}

/** What a timer or an interrupt called, the outermost function that is the developer's. */
function runnerOf({ backtrace }: WaitContextSplat): string | null {
  const names = sureNames(backtrace).map(plainName);
  const called = names.findIndex((name) =>
    /^(?:call_timer_fn|__run_hrtimer|__hrtimer_run_queues|tasklet_action_common|__handle_irq_event_percpu)$/.test(
      name,
    ),
  );
  if (called > 0) return names[called - 1] ?? null;
  return foldStack(backtrace).functions.at(-1) ?? null;
}
