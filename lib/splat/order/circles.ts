/** The circles of an order. */
import { componentsOf, edgesFrom } from "./components.js";
import type { OrderCircle, OrderEdge, OrderGraph } from "./order.js";

/** How far circles are looked for. */
export interface CircleBounds {
  /** The most circles that are returned, from 1 on; 200 if left out. */
  readonly most?: number;
  /** The most edges of a circle, from 1 on; 12 if left out. */
  readonly length?: number;
  /** The most steps of the search, from 1 on; 2,000,000 if left out. */
  readonly steps?: number;
}

/** The circles that were found. */
export interface CirclesFound {
  /** Shorter ones first. */
  readonly circles: readonly OrderCircle[];
  /** False where a bound ended the search, so that there may be more. */
  readonly complete: boolean;
}

/**
 * Returns the elementary circles of a graph: each class on the way once, each circle once.
 *
 * They are looked for by length, so that bounds leave out the longest. A step back to the start is
 * pruned by the distance that is left to it.
 *
 * @param graph the order
 */
export function circlesIn(graph: OrderGraph, bounds: CircleBounds = {}): CirclesFound {
  const most = bounds.most ?? 200;
  const longest = bounds.length ?? 12;
  const budget = { steps: bounds.steps ?? 2_000_000 };
  const circles: OrderCircle[] = [];
  let complete = true;
  const parts = componentsOf(graph).map((part) => new Part(graph, part));
  const size = Math.max(0, ...parts.map(({ names }) => names.length));
  for (let length = 1; length <= Math.min(longest, size); length++) {
    for (const part of parts) {
      for (const circle of part.circles(length, budget)) {
        if (circles.length === most) return { circles, complete: false };
        circles.push(circle);
      }
      complete &&= budget.steps > 0;
    }
  }
  return { circles, complete: complete && size <= longest };
}

/** A component, searched for the circles of one length after the other. */
class Part {
  readonly names: readonly string[];
  readonly #rank: ReadonlyMap<string, number>;
  readonly #out: ReadonlyMap<string, readonly OrderEdge[]>;
  readonly #into: ReadonlyMap<string, readonly string[]>;

  constructor({ edges }: OrderGraph, part: ReadonlySet<string>) {
    this.names = [...part];
    this.#rank = new Map(this.names.map((name, at) => [name, at]));
    const inside = edges.filter(({ from, to }) => part.has(from) && part.has(to));
    this.#out = edgesFrom(inside);
    const into = new Map<string, string[]>();
    for (const { from, to } of inside) into.set(to, [...(into.get(to) ?? []), from]);
    this.#into = into;
  }

  /** Every circle begins at its class of the lowest rank, so that each comes once. */
  *circles(length: number, budget: { steps: number }): Generator<OrderCircle> {
    for (const [rank, start] of this.names.entries()) {
      if (budget.steps <= 0) return;
      const left = this.#distancesTo(start, rank, length);
      yield* this.#from(start, start, length, left, [], new Set([start]), budget);
    }
  }

  *#from(
    start: string,
    here: string,
    length: number,
    left: ReadonlyMap<string, number>,
    path: readonly OrderEdge[],
    seen: ReadonlySet<string>,
    budget: { steps: number },
  ): Generator<OrderCircle> {
    for (const edge of this.#out.get(here) ?? []) {
      if (--budget.steps <= 0) return;
      const more = length - path.length - 1;
      if (edge.to === start) {
        if (more === 0) yield [...path, edge];
      } else if (!seen.has(edge.to) && (left.get(edge.to) ?? Infinity) <= more) {
        const next = new Set(seen).add(edge.to);
        yield* this.#from(start, edge.to, length, left, [...path, edge], next, budget);
      }
    }
  }

  /** How many edges it takes at least to the start, through classes of a higher rank only. */
  #distancesTo(start: string, rank: number, most: number): ReadonlyMap<string, number> {
    const distances = new Map([[start, 0]]);
    let edge = [start];
    for (let distance = 1; distance < most && edge.length > 0; distance++) {
      const next: string[] = [];
      for (const name of edge.flatMap((each) => this.#into.get(each) ?? [])) {
        if (distances.has(name) || (this.#rank.get(name) ?? 0) < rank) continue;
        distances.set(name, distance);
        next.push(name);
      }
      edge = next;
    }
    return distances;
  }
}

/** Returns a shortest circle of a graph, or null where there is none. */
export function shortestCircle(graph: OrderGraph): OrderCircle | null {
  let best: OrderCircle | null = null;
  for (const part of componentsOf(graph)) {
    const out = edgesFrom(graph.edges.filter(({ from, to }) => part.has(from) && part.has(to)));
    for (const start of part) {
      const circle = back(start, out, best === null ? Infinity : best.length - 1);
      if (circle !== null) best = circle;
    }
  }
  return best;
}

/** The shortest way from a class back to it, of so many edges at most. */
function back(
  start: string,
  out: ReadonlyMap<string, readonly OrderEdge[]>,
  most: number,
): OrderCircle | null {
  const by = new Map<string, OrderEdge>();
  let reached = [start];
  for (let length = 1; length <= most && reached.length > 0; length++) {
    const next: string[] = [];
    for (const edge of reached.flatMap((name) => out.get(name) ?? [])) {
      if (edge.to === start) return [...wayTo(edge.from, start, by), edge];
      if (by.has(edge.to)) continue;
      by.set(edge.to, edge);
      next.push(edge.to);
    }
    reached = next;
  }
  return null;
}

function wayTo(name: string, start: string, by: ReadonlyMap<string, OrderEdge>): OrderEdge[] {
  const way: OrderEdge[] = [];
  for (let at = name; at !== start;) {
    const edge = by.get(at);
    if (edge === undefined) break;
    way.unshift(edge);
    at = edge.from;
  }
  return way;
}
