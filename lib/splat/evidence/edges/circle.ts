/**
 * The edges of a circle: whole, or with what was cut off as a gap.
 *
 * A link `-> #N` of a chain was taken while the lock of `#N-1` was held; `#0` is the one that is
 * being taken now, under the last (`print_circular_bug()` in kernel/locking/lockdep.c).
 */
import type { ChainLink, CircularSplat, StackFrame } from "../../report/index.js";
import { direct, type SplatEdge, type SplatGap } from "./edge.js";

/** Returns the edges round the circle, from the lock that is wanted; the new one is last. */
export function circleEdges(report: CircularSplat): readonly SplatEdge[] {
  const { chain, acquiring, holding } = report;
  const wanted = acquiring ?? linkAt(chain, 0)?.lock ?? null;
  const top = chain.reduce((most, { index }) => Math.max(most, index), 0);
  const held =
    holding ??
    // Of `#0` alone nobody knows under what it is taken.
    (linkAt(chain, 0) === undefined || top === 0 ? null : linkAt(chain, top)?.lock) ??
    null;
  if (wanted === null || held === null) return [];
  const before = chain.some(({ index }) => index > 0)
    ? chainEdges(report, wanted.name, held.name)
    : summaryEdges(report, wanted.name, held.name);
  const frames = linkAt(chain, 0)?.frames ?? [];
  const now = frames.length > 0 ? frames : report.backtrace;
  return [...before, direct(held.name, wanted.name, "now", now)];
}

/**
 * Returns what the links of a chain tell that was cut off before `#0`: each was taken while the one
 * below it was held.
 */
export function linksBeforeCut({ chain }: CircularSplat): readonly SplatEdge[] {
  const links = [...chain].sort((a, b) => a.index - b.index);
  return links.slice(1).map(({ index, lock, frames }, at) => {
    const below = links[at];
    const missing = index - (below?.index ?? index) - 1;
    const gap = missing === 0 ? null : { least: missing, most: missing };
    return older(below?.lock.name ?? "", lock.name, frames, gap);
  });
}

const linkAt = (chain: readonly ChainLink[], at: number): ChainLink | undefined =>
  chain.find(({ index }) => index === at);

const older = (
  from: string,
  to: string,
  frames: readonly StackFrame[],
  gap: SplatGap | null,
): SplatEdge => ({ from, to, learnt: "earlier", frames, gap });

/** The links that are there, in rising order; numbers that are missing are classes between. */
function chainEdges(
  { chain, hasBanner, chainSummary }: CircularSplat,
  wanted: string,
  held: string,
): SplatEdge[] {
  const links = chain.filter(({ index }) => index > 0).sort((a, b) => a.index - b.index);
  const edges: SplatEdge[] = [];
  let from = wanted;
  let last = 0;
  for (const { index, lock, frames } of links) {
    const missing = index - last - 1;
    const gap = missing === 0 ? null : { least: missing, most: missing };
    edges.push(older(from, lock.name, frames, gap));
    from = lock.name;
    last = index;
  }
  // The highest number is the held lock, unless the beginning of the list was cut off.
  const isCutOff = !(hasBanner && isWhole(chain)) || chainSummary.at(-1) === held;
  if (from !== held && isCutOff) edges.push(older(from, held, [], { least: 0, most: null }));
  return edges;
}

/**
 * Without the chain: `Chain exists of` names three classes even of a longer one, of which the
 * second is the last before the held one (`print_circular_lock_scenario()`).
 */
function summaryEdges(
  { chainSummary, scenario }: CircularSplat,
  wanted: string,
  held: string,
): SplatEdge[] {
  const [first, middle, last] = chainSummary;
  if (first !== undefined && middle !== undefined && last !== undefined) {
    return [older(first, middle, [], { least: 0, most: null }), older(middle, last, [], null)];
  }
  // A circle of two prints no such line, and its scenario has no third lock.
  const drawn = new Set(scenario?.rows.flatMap(({ lock }) => (lock === null ? [] : [lock])));
  const two = drawn.size === 2 && scenario?.rows.length === 4 && drawn.has(wanted);
  return [older(wanted, held, [], two ? null : { least: 0, most: null })];
}

/** Whether the numbers run down from the first printed to `#0`. */
const isWhole = (chain: readonly ChainLink[]): boolean =>
  chain.every(({ index }, at) => index === chain.length - 1 - at);
