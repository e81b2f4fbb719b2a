/**
 * Locations from which everything goes on alike are one (the coarsest stable partition: Hopcroft 1971, Kanellakis
 * and Smolka 1983): a loop that is entered where its first step was joined with what stands before it would
 * otherwise be remembered in every state as begun or not.
 */
import type { Flow, FlowEdge } from "../control-flow/flow-type.js";

/** Returns the flow with locations merged that differ in nothing but their number. */
export function mergeLocations(flow: Flow): Flow {
  const leaving: FlowEdge[][] = Array.from({ length: flow.locations }, () => []);
  for (const edge of flow.edges) leaving[edge.from]?.push(edge);
  const { blocks, count } = stable(flow, leaving);
  if (count === flow.locations) return flow;
  const block = (at: number): number => blocks[at] ?? at;
  const kept = (all: ReadonlySet<number>): ReadonlySet<number> => new Set([...all].map(block));
  return {
    locations: count,
    edges: leaving.flatMap((edges, at) =>
      // The first location of a block stands for it.
      blocks.indexOf(block(at)) === at
        ? edges.map((edge) => ({ ...edge, from: block(at), to: block(edge.to) }))
        : [],
    ),
    ends: kept(flow.ends),
    rests: new Map([...flow.rests].map(([at, of]) => [block(at), of])),
    sections: new Map([...flow.sections].map(([name, all]) => [name, kept(all)])),
  };
}

/** The block of each location, by the number of its first. */
interface Partition {
  readonly blocks: readonly number[];
  readonly count: number;
}

/** Divides locations until those of a block go to the same blocks by the same steps. */
function stable(flow: Flow, leaving: readonly (readonly FlowEdge[])[]): Partition {
  let now = divided(flow.locations, (at) => [
    flow.ends.has(at),
    [...flow.sections].flatMap(([name, all]) => (all.has(at) ? [name] : [])),
    ...(leaving[at] ?? []).map(({ label, at: place }) => [label, place?.line, place?.column]),
  ]);
  // Few are left that look alike: only of these steps are compared as a whole, and that once.
  const whole = leaving.map((edges, at) => [flow.rests.get(at) ?? null, ...edges.map(withoutEnds)]);
  now = refined(now, (a, b) => alike(whole[a], whole[b]));
  for (let finer = true; finer;) {
    const { blocks, count } = now;
    const to = (at: number) => (leaving[at] ?? []).map((edge) => blocks[edge.to]);
    now = refined(now, (a, b) => alike(to(a), to(b)));
    finer = now.count > count;
  }
  return now;
}

const withoutEnds = (edge: FlowEdge): object => ({ ...edge, from: null, to: null });

/** Locations divided by what can be said of them in words. */
function divided(locations: number, words: (at: number) => readonly unknown[]): Partition {
  const known = new Map<string, number>();
  const blocks = Array.from({ length: locations }, (_, at) => {
    const key = JSON.stringify(words(at));
    const block = known.get(key) ?? known.size;
    known.set(key, block);
    return block;
  });
  return { blocks, count: known.size };
}

/** Blocks divided where two of their locations are not equal. */
function refined({ blocks }: Partition, equal: (a: number, b: number) => boolean): Partition {
  const firsts: { readonly old: number; readonly at: number }[] = [];
  const finer = blocks.map((old, at) => {
    const found = firsts.findIndex((first) => first.old === old && equal(first.at, at));
    return found >= 0 ? found : firsts.push({ old, at }) - 1;
  });
  return { blocks: finer, count: firsts.length };
}

/** Whether two values are built alike; no two variables of a scenario are. */
function alike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [mine, others] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    mine.length === others.size &&
    mine.every(([key, of]) => others.has(key) && alike(of, others.get(key)))
  );
}
