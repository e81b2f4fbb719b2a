/**
 * The lock graph un-merged: which instance was held when which was taken, on which CPU, and whether
 * a circle of instances could have all its edges at one moment.
 */
import type { Event } from "../../primitives/event.js";
import { instanceName } from "../trace/lock-legend.js";

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
  /** `&rq->__lock @0` */
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
  return { nodes: [...nodes.values()], edges: list, circles: circlesOf(list) };
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
        nodes.set(id, { id, name: instanceName(id, name) });
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

/** The shortest circle through each edge, found breadth first; equal circles are kept once. */
function circlesOf(edges: readonly InstanceEdge[]): readonly InstanceCircle[] {
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
    const together = fitting(circle, []);
    return { edges: circle, together, twice: together === null ? busyTwice(circle) : [] };
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

/** Two edges fit on one CPU only if one interrupts the other, which must have IRQs on. */
function fit(a: Occurrence, b: Occurrence): boolean {
  if (a.cpu !== b.cpu) return true;
  const rank = { task: 0, softirq: 1, hardirq: 2 } as const;
  const [outer, inner] = rank[a.context] < rank[b.context] ? [a, b] : [b, a];
  return rank[outer.context] < rank[inner.context] && outer.irqsOn;
}

function fitting(
  circle: readonly InstanceEdge[],
  chosen: readonly Occurrence[],
): readonly Occurrence[] | null {
  const next = circle[chosen.length];
  if (next === undefined) return chosen;
  for (const occurrence of next.occurrences) {
    if (!chosen.every((other) => fit(other, occurrence))) continue;
    const all = fitting(circle, [...chosen, occurrence]);
    if (all !== null) return all;
  }
  return null;
}

/** The CPUs on which two edges of the circle have all their occurrences. */
function busyTwice(circle: readonly InstanceEdge[]): readonly number[] {
  const only = circle.flatMap(({ occurrences }) => {
    const cpus = new Set(occurrences.map((o) => o.cpu));
    return cpus.size === 1 ? [...cpus] : [];
  });
  return [...new Set(only.filter((cpu, i) => only.indexOf(cpu) !== i))].sort((a, b) => a - b);
}
