/**
 * Which part of the lock graph a report is about: the classes to highlight, the edges of its
 * circle or path in order, and the dependency that was refused.
 */
import type { ClassView, PathStep, Report, Stack } from "../../lockdep/report/report.js";
import type { LockGraph } from "../../lockdep/report/view.js";

/** A step of the highlighted circle or path. */
export interface EmphasisedEdge {
  readonly from: ClassView;
  readonly to: ClassView;
  /** Where it was learnt, or would have been. */
  readonly stack: Stack;
  /** True for the dependency that lockdep refused: it is not in the graph. */
  readonly refused: boolean;
}

/** What a report points at. */
export interface Emphasis {
  readonly classes: readonly ClassView[];
  readonly edges: readonly EmphasisedEdge[];
  /** True if the edges close a circle. */
  readonly circle: boolean;
}

const nothing: Emphasis = { classes: [], edges: [], circle: false };

/** Returns what the report highlights in the graph; nothing for a kind that is not about order. */
export function emphasisOf(graph: LockGraph, report: Report): Emphasis {
  switch (report.kind) {
    case "circular": {
      const classes = report.chain.map((step) => step.class);
      const first = report.chain[0];
      const known = pairs(classes).flatMap(([from, to]) => edge(graph, from, to));
      const closing = {
        from: report.holding.class,
        to: report.acquiring.class,
        stack: first?.stack ?? report.stack,
        refused: true,
      };
      return { classes, edges: [closing, ...known], circle: true };
    }
    case "recursive":
      return {
        classes: [report.holding.class],
        edges: [
          {
            from: report.holding.class,
            to: report.acquiring.class,
            stack: report.stack,
            refused: true,
          },
        ],
        circle: report.holding.class.index === report.acquiring.class.index,
      };
    case "inconsistent":
      return { classes: [report.lock.class], edges: [], circle: false };
    case "irq-inversion":
      return {
        classes: unique([...report.path.map((step) => step.class), report.lock.class]),
        edges: along(graph, report.path),
        circle: false,
      };
    case "irq-safe-unsafe": {
      const refused = {
        from: report.holding.class,
        to: report.acquiring.class,
        stack: report.stack,
        refused: true,
      };
      const path = [report.safe, report.unsafe, refused.from, refused.to];
      const steps = [...report.safePath, ...report.unsafePath].map((step) => step.class);
      return {
        classes: unique([...path, ...steps]),
        edges: [refused, ...along(graph, report.safePath), ...along(graph, report.unsafePath)],
        circle: false,
      };
    }
    case "wait-context":
      return {
        classes: unique([...report.held.map((lock) => lock.class), report.acquiring.class]),
        edges: [],
        circle: false,
      };
    case "held-freed":
      return { classes: [report.lock.class], edges: [], circle: false };
    case "nested-not-taken":
      return { classes: [report.acquiring.class], edges: [], circle: false };
    case "bad-unlock":
    case "user-space":
    case "still-held":
    case "limit":
    case "bfs-error":
    case "invalid-subclass":
    case "non-static-key":
    case "debug-locks-warn":
    case "warn":
    case "oops":
      return nothing;
  }
}

function pairs<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.slice(1).flatMap((to, i) => {
    const from = items[i];
    return from === undefined ? [] : [[from, to] as const];
  });
}

function unique(classes: readonly ClassView[]): readonly ClassView[] {
  return [...new Map(classes.map((c) => [c.index, c])).values()];
}

function edge(graph: LockGraph, from: ClassView, to: ClassView): readonly EmphasisedEdge[] {
  const found = graph.edges.find((e) => e.from === from.index && e.to === to.index);
  return found === undefined ? [] : [{ from, to, stack: found.learntAt, refused: false }];
}

/** The kernel prints such a path from either end: an edge counts in the direction it has. */
function along(graph: LockGraph, path: readonly PathStep[]): readonly EmphasisedEdge[] {
  return pairs(path.map((step) => step.class)).flatMap(([a, b]) => {
    const forwards = edge(graph, a, b);
    return forwards.length > 0 ? forwards : edge(graph, b, a);
  });
}
