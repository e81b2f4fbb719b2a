/** The dependencies that a report tells of, and where lockdep learnt each. */
import type {
  InversionSplat,
  SafeUnsafeSplat,
  SplatReport,
  UsageBlock,
} from "../../report/index.js";
import { circleEdges } from "./circle.js";
import { direct, type SplatEdge } from "./edge.js";

/** Returns the edges of a report, in the order in which the circle or the path runs. */
export function edgesOf(report: SplatReport): readonly SplatEdge[] {
  switch (report.kind) {
    case "circular":
      return circleEdges(report);
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
  return [direct(from.name, to.name, "now", report.backtrace)];
}

/** The names of a printed path, turned so that it begins with `first` if it holds it at an end. */
function orient(names: readonly string[], first: string | undefined): readonly string[] {
  return names[0] !== first && names.at(-1) === first ? [...names].reverse() : names;
}

/** Returns one edge between every two neighbours; `teller` gives the block that has the stack. */
function neighbours(
  names: readonly string[],
  blocks: readonly UsageBlock[],
  teller: "from" | "to",
): readonly SplatEdge[] {
  return names.slice(1).map((to, at) => {
    const from = names[at] ?? to;
    const block = blocks.find(({ lock }) => lock.name === (teller === "from" ? from : to));
    return direct(from, to, "earlier", block?.acquiredAt ?? []);
  });
}

function pathEdges(report: SafeUnsafeSplat, group: "safe" | "unsafe"): readonly SplatEdge[] {
  const blocks = report.usageBlocks.filter((block) => block.group === group);
  const names = blocks.map(({ lock }) => lock.name);
  if (group === "unsafe") return neighbours(orient(names, report.acquiring?.name), blocks, "to");
  const path = orient(names, report.connectsSafe?.lock.name);
  return neighbours(path, blocks, tellerOf(path[0], blocks));
}

/**
 * Up to 5.12 `print_shortest_lock_dependencies()` prints with each lock the stack of the edge out
 * of it; since then `print_shortest_lock_dependencies_backwards()` prints that of the edge into
 * it, so the first lock has none.
 */
function tellerOf(first: string | undefined, blocks: readonly UsageBlock[]): "from" | "to" {
  const block = blocks.find(({ lock }) => lock.name === first);
  return (block?.acquiredAt.length ?? 0) > 0 ? "from" : "to";
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
