/** A draft that has been read to its end becomes a report of its kind, without the parts of others. */
import type { AnySplat, HeldLocks, SplatReport, Unrecovered } from "../../report/index.js";
import type { Draft } from "../draft/draft.js";

/** Returns the report of a draft. */
export function reportOf(draft: Draft, unrecovered: readonly Unrecovered[]): SplatReport {
  const any: AnySplat = anyOf(draft, unrecovered);
  const { kind, acquiring, holding, scenario, deadlockBanner, irqState } = draft;
  const drawn = { scenario, deadlockBanner };
  const { irqClass, chainSummary, usageBlocks } = draft;
  const connected = { acquiring, ...drawn, irqClass, chainSummary, usageBlocks };
  switch (kind) {
    case "circular":
      return { ...any, kind, acquiring, holding, ...drawn, chain: draft.chain, chainSummary };
    case "recursive": {
      const { missingNestingNote } = draft;
      return { ...any, kind, acquiring, holding, ...drawn, missingNestingNote };
    }
    case "inconsistent": {
      const { usageFrom, usageTo, registered } = draft;
      return { ...any, kind, acquiring, ...drawn, irqState, usageFrom, usageTo, registered };
    }
    case "irq-inversion":
      return { ...any, kind, ...connected, other: draft.other };
    case "irq-safe-unsafe": {
      const { newDependency, connectsSafe, connectsUnsafe } = draft;
      const ends = { newDependency, connectsSafe, connectsUnsafe };
      return { ...any, kind, ...connected, holding, irqState, ...ends };
    }
    case "wait-context":
      return { ...any, kind, acquiring, context: draft.context };
    case "bad-unlock":
      return { ...any, kind, releasing: draft.releasing };
    case "nested-not-taken": {
      const { notHolding, nestLock } = draft;
      return { ...any, kind, acquiring, notHolding, nestLock };
    }
    case "held-freed": {
      const { heldInFreed, freedRange } = draft;
      return { ...any, kind, heldInFreed, freedRange };
    }
    case "rcu-usage":
      return { ...any, kind, rcu: draft.rcu };
    case "wq-leaked-lock":
      return { ...any, kind, lastFunction: draft.lastFunction, counts: draft.counts };
    case "debug-locks-warn":
    case "lock-debug":
    case "warn": {
      const { warnAt, warnIn, condition } = draft;
      return { ...any, kind, warnAt, warnIn, condition };
    }
    case "user-space":
    case "still-held":
    case "non-static-key":
    case "limit":
    case "bfs-error":
    case "invalid-subclass":
    case "bad-contention":
      return { ...any, kind };
  }
}

function anyOf(draft: Draft, unrecovered: readonly Unrecovered[]): AnySplat {
  const { headline, hasBanner, interrupted, firstLine, lastLine, kernel, task } = draft;
  const others = task !== null && draft.held?.pid !== task.pid ? draft.held : null;
  const held = others === null ? draft.held : null;
  const { irqEventStamp, cpuLine, hardware, work, hasStackBacktrace, backtrace } = draft;
  const { strangers, escaped, joined, asides, lead } = draft;
  return {
    ...{ headline, hasBanner, interrupted, firstLine, lastLine, kernel, task, held },
    ...{ irqEventStamp, cpuLine, hardware, work, hasStackBacktrace, backtrace },
    ...{ strangers, escaped, joined, asides, lead },
    unrecovered: others === null ? unrecovered : [...unrecovered, othersList(others)],
  };
}

/** Who pastes two logs together has the list of another task. */
const othersList = ({ comm, pid, line }: HeldLocks): Unrecovered => ({
  line,
  what: `the list of held locks: the one that is there is of another task, ${comm}/${pid}`,
});
