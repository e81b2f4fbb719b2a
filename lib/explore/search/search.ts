/** Search over packed states, with a reduction that learns what it may assume. */
import type { Model } from "../../machine/index.js";
import { type Assumptions, freshAssumptions, settle } from "../analysis/learned-guards.js";
import type { Budget } from "./budget.js";
import { type CodeCache, hostCodeCache } from "../codegen/code-cache.js";
import { type Compiled, compile } from "../codegen/compile.js";
import { fewestStates } from "../codegen/kept-code.js";
import { type Threads, hostThreads } from "../parallel/threads.js";
import type { Reductions } from "../result/reductions.js";
import type { ExploreOptions } from "../result/result.js";
import { type Crew, type Search, Traversal } from "./traversal.js";

export type { Finding } from "./findings.js";
export type { Search } from "./traversal.js";

/** How many states are mostly enough to see what is guarded by what. */
const enoughToLearn = 300;

/** Returns how many of the states found lie how many steps from the start; null unless breadth first. */
export function depthsOf({ levels, store }: Search): number[] | null {
  if (levels === null) return null;
  return levels.map((first, depth) => (levels[depth + 1] ?? store.count) - first);
}

/**
 * Returns all states that a model can reach, in the order of their distance or, depth first, one way to
 * its end before the next; reduced, those that stand for the others.
 *
 * What the reduction assumes is checked as it goes; where it was wrong, it assumes less and starts again.
 *
 * @param learning after how many states it starts again with code made for the guards seen so far
 * @param cache keeps code for the next search
 * @param threads where other threads come from, for `jobs`
 */
export function search(
  model: Model,
  reductions: Reductions,
  budget: Budget,
  options: ExploreOptions = {},
  learning = enoughToLearn,
  cache: CodeCache | null = hostCodeCache(),
  threads: Threads | null = hostThreads(),
): Search {
  // The bits for who took invisible steps are those of one number.
  const local = reductions.local && model.processes.length <= 31;
  const used = { ...reductions, local };
  const compiled = cache === null ? compile(model, used) : cache.compile(model, used);
  const { jobs = 1 } = options;
  const known = knownBefore(compiled, options);
  const assumptions = known ?? freshAssumptions(compiled);
  // What is guarded by what shows soon; then code that takes it as known is worth its making.
  let most = local && known === null ? learning : Infinity;
  for (let settled = known !== null; ; settled = true) {
    const guards = settled ? assumptions.guards : null;
    const engine = compiled.engine(guards);
    const attempt = (crew: Crew | null): Traversal =>
      new Traversal(compiled, engine, assumptions, budget, options, most, crew);
    const crew = threads === null || jobs < 2 ? null : { threads, jobs, guards };
    let traversal = attempt(crew);
    let found = traversal.run();
    // What the others had seen by then is by chance; one thread learns the same from it each time.
    if (traversal.isMistaken) {
      traversal = attempt(null);
      found = traversal.run();
    }
    const right = assumptions.broken.every((b) => b === 0);
    if (right && (found.cutShort !== null || !traversal.stopped)) {
      keepCode(found);
      return found;
    }
    // Another attempt would have no time; how to get to what this one found cannot be told any more.
    if (found.cutShort === "time" || found.cutShort === "cancelled") {
      return { ...found, findings: new Map(), deadEnd: null };
    }
    if (assumptions.broken[1] !== 0) {
      return search(
        model,
        { ...reductions, local: false },
        budget,
        options,
        learning,
        cache,
        threads,
      );
    }
    settle(assumptions, compiled);
    most = Infinity;
  }
}

/**
 * Returns what an earlier search of the model has found to be right; null if none did, or if a limit ends this one
 * where that one went on: it should see what it sees without being told.
 */
function knownBefore(
  { learnt }: Compiled,
  { maxStates = Infinity, maxDepth = Infinity }: ExploreOptions,
): Assumptions | null {
  const known = learnt();
  if (known?.guards == null) return null;
  if (maxStates < known.states || maxDepth < known.depth) return null;
  return { guards: Int32Array.from(known.guards), broken: new Int32Array(2) };
}

/** Keeps the code of a search that was long enough; guards are known only when all was seen. */
function keepCode({ compiled, assumptions, store, moves, depth, cutShort }: Search): void {
  const { local } = compiled.reductions;
  const { count: states } = store;
  if (states < fewestStates || (local && cutShort !== null)) return;
  const guards = local ? Int32Array.from(assumptions.guards) : null;
  compiled.keep({ guards, states, depth, edges: moves?.mostEdges ?? 0 });
}
