/**
 * Rounds of states that a fair scheduler may go forever: a process that can move in one again and again moves in
 * it, too. Streett's condition, searched as Emerson and Lei do it ("Modalities for model checking", 1987).
 */
import { components } from "./components.js";

/** A graph of states by their numbers, with the process that moves along each edge. */
export interface FairGraph {
  readonly edges: readonly { readonly from: number; readonly to: number; readonly by: number }[];
  /** Whether somebody can move in a state, also along an edge that is none of the graph's. */
  readonly canMove: (state: number, who: number) => boolean;
  /** The processes that have to be treated fairly. */
  readonly everybody: readonly number[];
}

/**
 * Returns the states of a round in which somebody moves again and again, and everybody else moves or cannot; null
 * if there is none.
 *
 * @param within the states that may be part of it
 */
export function fairRound(
  graph: FairGraph,
  who: number,
  within: ReadonlySet<number>,
): ReadonlySet<number> | null {
  for (const round of components(graph.edges, within)) {
    const inside = graph.edges.filter(({ from, to }) => round.has(from) && round.has(to));
    const moving = new Set(inside.map(({ by }) => by));
    if (!moving.has(who)) continue;
    const unfair = graph.everybody.filter(
      (other) => !moving.has(other) && [...round].some((state) => graph.canMove(state, other)),
    );
    if (unfair.length === 0) return round;
    const left = [...round].filter((state) => !unfair.some((other) => graph.canMove(state, other)));
    const smaller = fairRound(graph, who, new Set(left));
    if (smaller !== null) return smaller;
  }
  return null;
}
