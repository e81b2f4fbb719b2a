/** The locks that a report speaks of. */
import type { LockMention, SomeParts, SplatReport } from "../../report/index.js";

/** Returns the locks of the rule that was broken: what is held beside them is left out. */
export function mentionsOf(report: SplatReport): readonly LockMention[] {
  const { acquiring, holding, chain, other, connectsSafe, connectsUnsafe }: SomeParts = report;
  return [
    holding,
    ...(chain ?? []).map(({ lock }) => lock),
    connectsSafe?.lock,
    connectsUnsafe?.lock,
    other?.lock,
    acquiring,
  ].filter((lock) => lock !== null && lock !== undefined);
}

/** Returns every lock that a report mentions anywhere; the last mention has the most to say. */
export function allMentions(report: SplatReport): readonly LockMention[] {
  const { chain, usageBlocks, newDependency, connectsSafe, connectsUnsafe }: SomeParts = report;
  const { other, heldInFreed, holding, acquiring }: SomeParts = report;
  return [
    ...(report.held?.locks ?? []),
    ...(chain ?? []).map(({ lock }) => lock),
    ...(usageBlocks ?? []).map(({ lock }) => lock),
    newDependency?.from,
    newDependency?.to,
    connectsSafe?.lock,
    connectsUnsafe?.lock,
    other?.lock,
    heldInFreed,
    holding,
    acquiring,
  ].filter((lock) => lock !== null && lock !== undefined);
}
