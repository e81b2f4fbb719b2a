/**
 * What the numbers of wait types mean, which depends on the kernel's configuration.
 *
 * `enum lockdep_wait_type` in include/linux/lockdep_types.h: with PROVE_RAW_LOCK_NESTING 2 is a
 * raw spinlock, 3 a spinlock_t, 4 what sleeps and 5 the widest context; without it 2 is any
 * spinlock, 3 what sleeps and 4 the widest.
 */
import type { SplatReport, WaitContextSplat } from "../../report/index.js";
import { primitiveOn, sleeps } from "./taking.js";
import { allMentions } from "./mentions.js";
import { innerWait } from "./narrowest.js";

/** Returns the wait type of what sleeps, or null where the report does not tell. */
export function sleepingType(report: SplatReport): number | null {
  const context = report.kind === "wait-context" ? innerWait(report.context) : 0;
  if (context === 4 || context === 5) return context - 1;
  const types = allMentions(report).map(({ wait }) => innerWait(wait));
  return types.includes(4) ? 4 : null;
}

/** Whether the wanted lock sleeps on every kernel: by how it is taken, or by its wait type. */
export function wantsSleep(report: WaitContextSplat): boolean {
  const type = sleepingType(report);
  const wanted = innerWait(report.acquiring?.wait ?? null);
  return sleeps(primitiveOn(report.backtrace)) || (type !== null && wanted === type);
}

/** Whether the wanted lock is a spinlock_t or rwlock_t, by its wait type. */
export const wantsSpinlock = (report: WaitContextSplat): boolean =>
  sleepingType(report) === 4 && innerWait(report.acquiring?.wait ?? null) === 3;
