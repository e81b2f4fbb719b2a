/** Where another report of the kernel begins, in the middle of one of lockdep's. */
import type { SplatKind } from "../../report/index.js";

/** Beginnings of other reports of the kernel: what comes after belongs to them. */
const foreignHeadline =
  /^\s*(?:BUG: (?:KASAN|KCSAN|KMSAN|KFENCE|unable|sleeping|kernel NULL|scheduling|soft lockup|spinlock|rwlock|using |Bad page|workqueue lockup)|general protection fault|Oops: |kernel BUG at|Kernel panic|Kernel BUG|-+\[ cut here \]-+|WARNING: CPU: \d|WARNING: (?:\[.*\] )?\S+:\d+ at |INFO: task |INFO: rcu|rcu: INFO|task:\S+\s+state:|watchdog: |UBSAN:|UBSAN: |Oops(?!#\d+ Part)|Unable to handle|Internal error|sysrq: )/;

/** Whether a line begins what is no report of lockdep's. */
export const isForeignHeadline = (text: string): boolean => foreignHeadline.test(text);

/** Kinds that are themselves a `WARN()`, with its cut line and its place. */
export const warnings: readonly SplatKind[] = [
  "debug-locks-warn",
  "lock-debug",
  "warn",
  "bfs-error",
];

/** Whether another report of the kernel begins with this line. */
export function beginsForeign(kind: SplatKind, text: string): boolean {
  const own =
    warnings.includes(kind) &&
    /^\s*(?:-+\[ cut here|WARNING: |Kernel panic - not syncing: (?:kernel: )?panic_on_warn)/.test(
      text,
    );
  return !own && foreignHeadline.test(text);
}
