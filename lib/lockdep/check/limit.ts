import type { Core } from "../state/core.js";
import type { LimitName } from "../report/report.js";

/** Reports that a table is full: `print_lockdep_off()`. */
export function reportLimit(core: Core, limit: LimitName): void {
  const { limits } = core;
  const sizes: Readonly<Record<LimitName, number>> = {
    MAX_LOCK_DEPTH: limits.depth,
    MAX_LOCKDEP_KEYS: limits.keys,
    MAX_LOCKDEP_ENTRIES: limits.entries,
    MAX_LOCKDEP_CHAINS: limits.chains,
    MAX_LOCKDEP_CHAIN_HLOCKS: limits.chainHlocks,
    MAX_STACK_TRACE_ENTRIES: limits.stackTraceEntries,
  };
  core.report({ kind: "limit", limit, max: sizes[limit] });
}
