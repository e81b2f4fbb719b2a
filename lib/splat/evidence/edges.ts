/** The dependencies that a report tells of, and where lockdep learnt each. */
import type {
  ChainLink,
  CircularSplat,
  InversionSplat,
  SafeUnsafeSplat,
  SplatReport,
  StackFrame,
  UsageBlock,
} from "../report/index.js";

/** `from` was held when `to` was taken. */
export interface SplatEdge {
  /** Name of the class, with `#N` and `/N`. */
  readonly from: string;
  readonly to: string;
  /** `now`: the step that made lockdep speak; `earlier`: known before. */
  readonly learnt: "earlier" | "now";
  /** The stack on which it was learnt, innermost first; empty where it was not printed. */
  readonly frames: readonly StackFrame[];
}

/**
 * Returns the edges of a report, in the order in which the circle or the path runs.
 *
 * A link `-> #N` of a chain was taken while the lock of `#N-1` was held; `#0` is the one that is
 * being taken now, under the last (`print_circular_bug()` in kernel/locking/lockdep.c).
 */
export function edgesOf(report: SplatReport): readonly SplatEdge[] {
  switch (report.kind) {
    case "circular":
      return isWhole(report.chain)
        ? chainEdges(report.chain)
        : [...summaryEdges(report), ...newEdge(report)];
    case "irq-safe-unsafe":
      return [...pathEdges(report, "safe"), ...newEdge(report), ...pathEdges(report, "unsafe")];
    case "irq-inversion":
      return inversionEdges(report);
    case "recursive":
      return newEdge(report);
    default:
      return [];
  }
}

/** The edge that this task was about to add. */
function newEdge(
  report: Extract<SplatReport, { readonly holding: unknown }>,
): readonly SplatEdge[] {
  const dependency = report.kind === "irq-safe-unsafe" ? report.newDependency : null;
  const from = dependency?.from ?? report.holding;
  const to = dependency?.to ?? report.acquiring;
  if (from === null || to === null) return [];
  return [{ from: from.name, to: to.name, learnt: "now", frames: report.backtrace }];
}

/** Whether every link of the chain is there, down to `#0`. */
const isWhole = (chain: readonly ChainLink[]): boolean =>
  chain.length > 1 && chain.every(({ index }, at) => index === chain.length - 1 - at);

function chainEdges(chain: readonly ChainLink[]): readonly SplatEdge[] {
  const rising = [...chain].sort((a, b) => a.index - b.index);
  const edges: SplatEdge[] = [];
  for (const [at, link] of rising.entries()) {
    const from = at === 0 ? rising.at(-1) : rising[at - 1];
    if (from === undefined) continue;
    edges.push({
      from: from.lock.name,
      to: link.lock.name,
      learnt: at === 0 ? "now" : "earlier",
      frames: link.frames,
    });
  }
  return [...edges.slice(1), ...edges.slice(0, 1)];
}

/** Where the chain was cut off the summary, or at least the two locks, are still there. */
function summaryEdges(report: CircularSplat): readonly SplatEdge[] {
  const names =
    report.chainSummary.length > 0
      ? report.chainSummary
      : [report.acquiring?.name, report.holding?.name].filter((name) => name !== undefined);
  return names
    .slice(1)
    .map((to, at) => ({ from: names[at] ?? to, to, learnt: "earlier", frames: [] }));
}

/** The names of a printed path, turned so that it begins with `first` if it holds it at an end. */
function orient(names: readonly string[], first: string | undefined): readonly string[] {
  return names[0] !== first && names.at(-1) === first ? [...names].reverse() : names;
}

/** One edge between every two neighbours; `teller` gives the block that has the stack. */
function neighbours(
  names: readonly string[],
  blocks: readonly UsageBlock[],
  teller: "from" | "to",
): readonly SplatEdge[] {
  return names.slice(1).map((to, at) => {
    const from = names[at] ?? to;
    const block = blocks.find(({ lock }) => lock.name === (teller === "from" ? from : to));
    return { from, to, learnt: "earlier", frames: block?.acquiredAt ?? [] };
  });
}

/** `print_bad_irq_dependency()`: the stack stands with the lock that is farther from the task. */
function pathEdges(report: SafeUnsafeSplat, group: "safe" | "unsafe"): readonly SplatEdge[] {
  const blocks = report.usageBlocks.filter((block) => block.group === group);
  const names = blocks.map(({ lock }) => lock.name);
  return group === "safe"
    ? neighbours(orient(names, report.connectsSafe?.lock.name), blocks, "from")
    : neighbours(orient(names, report.acquiring?.name), blocks, "to");
}

/** `print_irq_inversion_bug()` prints from the other lock to this one. */
function inversionEdges(report: InversionSplat): readonly SplatEdge[] {
  const { acquiring, other, usageBlocks } = report;
  const printed = usageBlocks.map(({ lock }) => lock.name);
  const ends = [other?.lock.name, acquiring?.name].filter((name) => name !== undefined);
  const names = printed.length > 1 ? printed : ends;
  return other?.direction === "took"
    ? neighbours(orient(names, acquiring?.name), usageBlocks, "to")
    : neighbours(orient(names, other?.lock.name), usageBlocks, "from");
}
