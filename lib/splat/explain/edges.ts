/** The dependencies that a report tells of, and where lockdep learnt each. */
import type { StackFrame, SplatReport } from "../report.js";

/** `from` was held when `to` was taken. */
export interface SplatEdge {
  /** Name of the class, with `#N` and `/N`. */
  readonly from: string;
  readonly to: string;
  /** `now`: the step that was refused; `earlier`: known before. */
  readonly learnt: "earlier" | "now";
  /** The stack on which it was learnt, innermost first; empty where it was not printed. */
  readonly frames: readonly StackFrame[];
}

/**
 * The edges of a report, in the order in which the circle or the path runs.
 *
 * A link `-> #N` of a chain was taken while the lock of `#N-1` was held; `#0` is the one that is
 * being taken now, under the last (`print_circular_bug()` in kernel/locking/lockdep.c).
 */
export function edgesOf(report: SplatReport): readonly SplatEdge[] {
  if (report.chain.length > 0) return chainEdges(report);
  const { acquiring, holding, newDependency } = report;
  const from = newDependency?.from ?? holding;
  const to = newDependency?.to ?? acquiring;
  const now: readonly SplatEdge[] =
    from === null || to === null || report.kind === "irq-inversion"
      ? []
      : [{ from: from.name, to: to.name, learnt: "now", frames: report.backtrace }];
  switch (report.kind) {
    case "irq-safe-unsafe":
      return [...pathEdges(report, "safe"), ...now, ...pathEdges(report, "unsafe")];
    case "irq-inversion":
      return inversionEdges(report);
    case "circular":
      return [...summaryEdges(report), ...now];
    case "recursive":
      return now;
    default:
      return [];
  }
}

function chainEdges({ chain }: SplatReport): readonly SplatEdge[] {
  const rising = [...chain].sort((a, b) => a.index - b.index);
  const edges: SplatEdge[] = [];
  for (const [at, link] of rising.entries()) {
    const from = at === 0 ? rising.at(-1) : rising[at - 1];
    // A gap in the numbers is a link that was lost: nothing is known across it.
    if (from === undefined || (at > 0 && from.index !== link.index - 1)) continue;
    edges.push({
      from: from.lock.name,
      to: link.lock.name,
      learnt: at === 0 ? "now" : "earlier",
      frames: link.frames,
    });
  }
  return [...edges.slice(1), ...edges.slice(0, 1)];
}

/** Where no chain was printed the scenario still names the locks. */
function summaryEdges(report: SplatReport): readonly SplatEdge[] {
  const names =
    report.chainSummary.length > 0
      ? report.chainSummary
      : [report.acquiring?.name, report.holding?.name].filter((name) => name !== undefined);
  return names
    .slice(1)
    .map((to, at) => ({ from: names[at] ?? to, to, learnt: "earlier", frames: [] }));
}

function pathEdges(report: SplatReport, group: "safe" | "unsafe"): readonly SplatEdge[] {
  const blocks = report.usageBlocks.filter((block) => block.group === group);
  // The unsafe path is printed from its end back to the lock that is being taken.
  const names = blocks.map(({ lock }) => lock.name);
  const target = group === "safe" ? report.holding?.name : report.acquiring?.name;
  const ordered = group === "unsafe" && names[0] !== target ? [...names].reverse() : names;
  return ordered.slice(1).map((to, at) => ({
    from: ordered[at] ?? to,
    to,
    learnt: "earlier",
    frames: blocks.find(({ lock }) => lock.name === ordered[at])?.acquiredAt ?? [],
  }));
}

function inversionEdges(report: SplatReport): readonly SplatEdge[] {
  const { acquiring, other } = report;
  const blocks = report.usageBlocks;
  const printed = blocks.map(({ lock }) => lock.name);
  const names =
    printed.length > 1
      ? printed
      : [other?.lock.name, acquiring?.name].filter((name) => name !== undefined);
  // Printed from the other lock to this one; `took` means that this one came first.
  const ordered = other?.direction === "took" ? [...names].reverse() : names;
  return ordered.slice(1).map((to, at) => ({
    from: ordered[at] ?? to,
    to,
    learnt: "earlier",
    frames: blocks.find(({ lock }) => lock.name === ordered[at])?.acquiredAt ?? [],
  }));
}
