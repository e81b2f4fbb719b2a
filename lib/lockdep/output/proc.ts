/**
 * The texts of `/proc/lockdep`, `/proc/lockdep_chains` and `/proc/lockdep_stats`.
 *
 * Follows `l_show()`, `lc_show()` and `lockdep_stats_show()` in kernel/locking/lockdep_proc.c, with
 * the key's id where the kernel prints its address.
 */
import { countReachable } from "../search/bfs.js";
import type { LockClass } from "../state/class.js";
import type { Core } from "../state/core.js";
import { chainsOf } from "./graph.js";
import {
  ENABLED_HARDIRQ,
  ENABLED_SOFTIRQ,
  READ,
  USED,
  USED_IN_HARDIRQ,
  USED_IN_SOFTIRQ,
  usageChars,
} from "../state/usage.js";

const keyText = ({ key, subclass }: LockClass): string =>
  key.id + (subclass > 0 ? `+0x${subclass}` : "");

const count = (value: number, width: number): string => String(value).padStart(width);

function classText(core: Core, c: LockClass): string {
  const forwards = count(countReachable(core, c, "locksAfter"), 5);
  const backwards = count(countReachable(core, c, "locksBefore"), 5);
  const after = [...c.locksAfter]
    .filter(({ distance }) => distance === 1)
    .map(({ to }) => ` -> [${keyText(to)}] ${to.printed}\n`);
  const head = `${keyText(c)} FD:${forwards} BD:${backwards} ${usageChars(c.usageMask)}`;
  return `${head}: ${c.printed}\n${after.join("")}\n`;
}

/** Returns `/proc/lockdep`: the classes, how many lie behind and before each, and its neighbours. */
export function procLockdep(core: Core): string {
  const classes = [...core.classes].map((c) => classText(core, c));
  return classes.length === 0 ? "" : `all lock classes:\n${classes.join("")}`;
}

/** Returns `/proc/lockdep_chains`: every validated chain. */
export function procChains(core: Core): string {
  const byIndex = new Map([...core.classes].map((c) => [c.index, c]));
  const chains = chainsOf(core).map(({ context, classes }) => {
    const lines = classes.map((index) => {
      const c = byIndex.get(index);
      return c === undefined ? "" : `[${keyText(c)}] ${c.printed}\n`;
    });
    return `irq_context: ${context}\n${lines.join("")}\n`;
  });
  const full = core.chainHlocks >= core.limits.chainHlocks ? "(buggered) " : "";
  return `${full}all lock chains:\n${chains.join("")}`;
}

/** How the classes count by usage: safe was used in, unsafe was held with it enabled. */
const USAGE_ROWS: readonly (readonly [label: string, bits: readonly number[]])[] = [
  ["hardirq-safe locks", [USED_IN_HARDIRQ]],
  ["hardirq-unsafe locks", [ENABLED_HARDIRQ]],
  ["softirq-safe locks", [USED_IN_SOFTIRQ]],
  ["softirq-unsafe locks", [ENABLED_SOFTIRQ]],
  ["irq-safe locks", [USED_IN_HARDIRQ, USED_IN_SOFTIRQ]],
  ["irq-unsafe locks", [ENABLED_HARDIRQ, ENABLED_SOFTIRQ]],
  ["hardirq-read-safe locks", [USED_IN_HARDIRQ | READ]],
  ["hardirq-read-unsafe locks", [ENABLED_HARDIRQ | READ]],
  ["softirq-read-safe locks", [USED_IN_SOFTIRQ | READ]],
  ["softirq-read-unsafe locks", [ENABLED_SOFTIRQ | READ]],
  ["irq-read-safe locks", [USED_IN_HARDIRQ | READ, USED_IN_SOFTIRQ | READ]],
  ["irq-read-unsafe locks", [ENABLED_HARDIRQ | READ, ENABLED_SOFTIRQ | READ]],
];

/** Returns `/proc/lockdep_stats`: how much is known, and how much room is left. */
export function procStats(core: Core): string {
  const { limits, counters } = core;
  const classes = [...core.classes];
  const used = (bits: readonly number[]): number => {
    const mask = bits.reduce((sum, bit) => sum | (1 << bit), 0);
    return classes.filter((c) => (c.usageMask & mask) !== 0).length;
  };
  const contexts = chainsOf(core).map(({ context }) => context);
  const inHardirq = contexts.filter((c) => c.startsWith("hardirq")).length;
  const inSoftirq = contexts.filter((c) => c === "softirq").length;
  const inProcess = contexts.length - inHardirq - inSoftirq;
  const indirect = classes.reduce((sum, c) => sum + countReachable(core, c, "locksAfter"), 0);
  const all =
    used([ENABLED_HARDIRQ, ENABLED_SOFTIRQ]) * used([USED_IN_HARDIRQ, USED_IN_SOFTIRQ]) +
    used([ENABLED_HARDIRQ]) * used([USED_IN_HARDIRQ]) +
    core.entryCount;
  const dynamicKeys = [...core.keys.values()].filter((k) => k.dynamic && k.registered).length;
  const row = (label: string, value: number, max?: number): string =>
    ` ${`${label}:`.padEnd(30)} ${count(value, 11)}${max === undefined ? "" : ` [max: ${max}]`}\n`;
  return [
    row("lock-classes", classes.length, limits.keys),
    ...(core.kernel.countsDynamicKeys ? [row("dynamic-keys", dynamicKeys)] : []),
    row("direct dependencies", core.entryCount, limits.entries),
    row("indirect dependencies", indirect),
    row("all direct dependencies", all),
    row("dependency chains", core.chainCount, limits.chains),
    row("dependency chain hlocks used", core.chainHlocks, limits.chainHlocks),
    row("dependency chain hlocks lost", 0),
    row("in-hardirq chains", inHardirq),
    row("in-softirq chains", inSoftirq),
    row("in-process chains", inProcess),
    row("stack-trace entries", core.traces.entries, limits.stackTraceEntries),
    row("number of stack traces", core.traces.count),
    row("number of stack hash chains", core.traces.count),
    row("combined max dependencies", (inHardirq + 1) * (inSoftirq + 1) * (inProcess + 1)),
    ...USAGE_ROWS.map(([label, bits]) => row(label, used(bits))),
    row("uncategorized locks", classes.filter((c) => c.usageMask === 1 << USED).length),
    row("unused locks", classes.filter((c) => c.usageMask === 0).length),
    row("max locking depth", counters.maxDepth),
    row("max bfs queue depth", counters.maxBfsQueue),
    row("max lock class index", counters.maxClassIndex),
    row("debug_locks", core.debugLocks ? 1 : 0),
    "\n",
    row("zapped classes", counters.zappedClasses),
    row("zapped lock chains", counters.zappedChains),
    row("large chain blocks", 1),
  ].join("");
}
