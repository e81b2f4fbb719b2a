/**
 * The lock graph un-merged: which instance was held when which was taken, on which CPU, and whether
 * a circle of instances could have all its edges at one moment.
 */
import type { Event } from "../../primitives/event.js";

/** How an edge came about. */
export interface Occurrence {
  readonly cpu: number;
  /** What the lock held was taken in. */
  readonly context: "task" | "softirq" | "hardirq";
  readonly irqsOn: boolean;
  /** Innermost first. */
  readonly stack: readonly string[];
}

/** An instance of a lock. */
export interface InstanceNode {
  readonly id: string;
  /** Of its class: `&rq->__lock`. */
  readonly name: string;
}

/** `from` was held while `to` was taken. */
export interface InstanceEdge {
  readonly from: string;
  readonly to: string;
  readonly occurrences: readonly Occurrence[];
}

/** A circle of instances, with whether its edges can be there at once. */
export interface InstanceCircle {
  readonly edges: readonly InstanceEdge[];
  /** One occurrence for each edge, all of which fit together; null if there is no such choice. */
  readonly together: readonly Occurrence[] | null;
  /** CPUs that would have to be at two places at once, if it cannot be. */
  readonly twice: readonly number[];
}

/** The graph of instances. */
export interface InstanceGraph {
  readonly nodes: readonly InstanceNode[];
  readonly edges: readonly InstanceEdge[];
  /** The shortest circle through each edge that is on one, each once. */
  readonly circles: readonly InstanceCircle[];
}

interface Held {
  readonly id: string;
  readonly context: Occurrence["context"];
  readonly irqsOn: boolean;
}

/**
 * Returns the graph of the instances that were held together on one CPU in one context.
 *
 * @param runs events from the initial state on, one list for each run.
 */
export function instancesOf(runs: readonly (readonly Event[])[]): InstanceGraph {
  const nodes = new Map<string, InstanceNode>();
  const edges = new Map<string, { from: string; to: string; occurrences: Occurrence[] }>();
  for (const events of runs) learn(events, nodes, edges);
  const list = [...edges.values()];
  return { nodes: [...nodes.values()], edges: list, circles: circlesAmong(list) };
}

function learn(
  events: readonly Event[],
  nodes: Map<string, InstanceNode>,
  edges: Map<string, { from: string; to: string; occurrences: Occurrence[] }>,
): void {
  const irqs = new Map<number, boolean>();
  const contexts = new Map<number, ("softirq" | "hardirq")[]>();
  const holding = new Map<number, Held[]>();
  for (const event of events) {
    const { cpu } = event;
    const stack = contexts.get(cpu) ?? [];
    const held = holding.get(cpu) ?? [];
    switch (event.kind) {
      case "hardirqs":
        irqs.set(cpu, event.on);
        // Switched on under a lock: an interrupt may come while it is held.
        if (event.on)
          holding.set(
            cpu,
            held.map((h) => ({ ...h, irqsOn: true })),
          );
        break;
      case "enter":
        contexts.set(cpu, [...stack, event.context]);
        break;
      case "exit":
        contexts.set(cpu, stack.slice(0, -1));
        break;
      case "locked": {
        const { id, name } = event.map;
        const context = stack.at(-1) ?? "task";
        const irqsOn = irqs.get(cpu) ?? true;
        nodes.set(id, { id, name });
        // What an interrupted context holds is no reason why this one takes a lock.
        for (const outer of held.filter((h) => h.context === context)) {
          const key = `${outer.id} ${id}`;
          const edge = edges.get(key) ?? { from: outer.id, to: id, occurrences: [] };
          const known = edge.occurrences.some(
            (o) => o.cpu === cpu && o.context === context && o.irqsOn === outer.irqsOn,
          );
          if (!known) {
            edge.occurrences.push({ cpu, context, irqsOn: outer.irqsOn, stack: event.stack });
          }
          edges.set(key, edge);
        }
        holding.set(cpu, [...held, { id, context, irqsOn }]);
        break;
      }
      case "unlocked":
        holding.set(
          cpu,
          held.filter((h) => h.id !== event.map.id),
        );
        break;
      default:
        break;
    }
  }
}

/**
 * Returns the shortest circle through each edge, found breadth first; equal circles are kept once.
 *
 * @param all the edges of all locks that were held together, which say what one context holds at once
 */
export function circlesAmong(
  edges: readonly InstanceEdge[],
  all: readonly InstanceEdge[] = edges,
): readonly InstanceCircle[] {
  const found = new Map<string, readonly InstanceEdge[]>();
  for (const first of edges) {
    const circle = shortest(edges, first);
    if (circle === null) continue;
    found.set(
      circle
        .map((e) => `${e.from} ${e.to}`)
        .sort()
        .join(),
      circle,
    );
  }
  return [...found.values()].map((circle) => {
    const together = fitting(circle, [], all);
    return { edges: circle, together, twice: together === null ? busyTwice(circle, all) : [] };
  });
}

function shortest(
  edges: readonly InstanceEdge[],
  first: InstanceEdge,
): readonly InstanceEdge[] | null {
  const queue: (readonly InstanceEdge[])[] = [[first]];
  const seen = new Set([first.to]);
  for (const way of queue) {
    const end = way.at(-1)?.to;
    if (end === first.from) return way;
    for (const next of edges) {
      if (next.from !== end || (seen.has(next.to) && next.to !== first.from)) continue;
      seen.add(next.to);
      queue.push([...way, next]);
    }
  }
  return null;
}

/** An edge with how it came about. */
interface Made {
  readonly edge: InstanceEdge;
  readonly by: Occurrence;
}

/**
 * Two edges fit on one CPU if one interrupts the other, which must have IRQs on, or if one context makes
 * both: it then holds the first lock of one when it takes the second of the other.
 */
function fit(a: Made, b: Made, all: readonly InstanceEdge[]): boolean {
  if (a.by.cpu !== b.by.cpu) return true;
  if (a.by.context === b.by.context) return within(a, b, all) || within(b, a, all);
  const rank = { task: 0, softirq: 1, hardirq: 2 } as const;
  return rank[a.by.context] < rank[b.by.context] ? a.by.irqsOn : b.by.irqsOn;
}

function within(outer: Made, inner: Made, all: readonly InstanceEdge[]): boolean {
  const spanning = all.find(
    ({ from, to }) => from === outer.edge.from && to === inner.edge.to && from !== to,
  );
  return (spanning?.occurrences ?? []).some(
    ({ cpu, context }) => cpu === outer.by.cpu && context === outer.by.context,
  );
}

function fitting(
  circle: readonly InstanceEdge[],
  chosen: readonly Made[],
  all: readonly InstanceEdge[],
): readonly Occurrence[] | null {
  const edge = circle[chosen.length];
  if (edge === undefined) return chosen.map(({ by }) => by);
  for (const by of edge.occurrences) {
    const next = { edge, by };
    if (!chosen.every((other) => fit(other, next, all))) continue;
    const found = fitting(circle, [...chosen, next], all);
    if (found !== null) return found;
  }
  return null;
}

/** The CPUs on which two edges of the circle that never fit have all their occurrences. */
function busyTwice(
  circle: readonly InstanceEdge[],
  all: readonly InstanceEdge[],
): readonly number[] {
  const cpus = circle.flatMap((one, i) =>
    circle.slice(i + 1).flatMap((other) => {
      const both = new Set([...one.occurrences, ...other.occurrences].map(({ cpu }) => cpu));
      const never = one.occurrences.every((a) =>
        other.occurrences.every((b) => !fit({ edge: one, by: a }, { edge: other, by: b }, all)),
      );
      return never && both.size === 1 ? [...both] : [];
    }),
  );
  return [...new Set(cpus)].sort((a, b) => a - b);
}
