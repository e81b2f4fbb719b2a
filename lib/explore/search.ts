/** Breadth-first search over packed states. */
import { type Model, type State, evaluate, initialState } from "../machine/index.js";
import type { Budget } from "./budget.js";
import {
  type Assumptions,
  type Compiled,
  type Engine,
  type Reductions,
  compile,
} from "./compile.js";
import { checkKinds } from "./emit-changes.js";
import { pack, unpack } from "./packing.js";
import type { CutShort, ExploreOptions, Property } from "./result.js";
import { Store } from "./store.js";
import { freshAssumptions, settle } from "./assumptions.js";

/** Where a violation is: a state reached, and the transition that fails there if it is one. */
export interface Finding {
  readonly property: Property;
  readonly message: string;
  readonly state: number;
  readonly transition: number | null;
  /** Steps to it from the initial state. */
  readonly depth: number;
}

/** What a search leaves behind. */
export interface Search {
  readonly compiled: Compiled;
  readonly store: Store;
  /** The generated code, warm from the search, whose checks report no more. */
  readonly engine: Engine;
  readonly findings: ReadonlyMap<Property, Finding>;
  readonly transitions: number;
  readonly depth: number;
  readonly cutShort: CutShort | null;
  /** The first state of each depth. */
  readonly levels: readonly number[];
}

const batchSize = 512;

/** No reductions: the graph of the scenario itself. */
export const unreduced: Reductions = { local: false, symmetry: false };

/** Returns how many of the states found lie how many steps from the start. */
export function depthsOf({ levels, store }: Search): number[] {
  return levels.map((first, depth) => (levels[depth + 1] ?? store.count) - first);
}

/**
 * Returns all states that a model can reach, in the order of their distance; reduced, those that stand
 * for the others.
 *
 * What the reduction assumes is checked as it goes; where it was wrong, it assumes less and starts again.
 */
export function search(
  model: Model,
  reductions: Reductions,
  budget: Budget,
  options: ExploreOptions = {},
): Search {
  // The bits for who moved unseen are those of one number.
  const local = reductions.local && model.processes.length <= 31;
  const compiled = compile(model, { ...reductions, local });
  const assumptions = freshAssumptions(model);
  const attempt = new Attempt(compiled, assumptions);
  for (;;) {
    const found = new Searching(attempt, budget, options).run();
    if (found.cutShort !== null || assumptions.broken.every((b) => b === 0)) return found;
    if (assumptions.broken[1] !== 0) {
      return search(model, { ...reductions, local: false }, budget, options);
    }
    settle(assumptions, compiled);
  }
}

/** The generated code with its surroundings; made once, since compiling it takes longest. */
class Attempt {
  readonly reported: Int32Array;
  readonly engine: Engine;
  failed: (flag: number, state: number) => void = () => undefined;

  constructor(
    readonly compiled: Compiled,
    readonly assumptions: Assumptions,
  ) {
    this.reported = new Int32Array(compiled.model.transitions.length * checkKinds.length);
    this.engine = compiled.engine(this.reported, assumptions, (flag, state) => {
      this.failed(flag, state);
    });
  }
}

class Searching {
  private readonly findings = new Map<Property, Finding>();
  private readonly levels: number[] = [0];
  private readonly reported: Int32Array;
  private readonly store: Store;
  private readonly batch: Int32Array;
  private readonly model: Model;
  private readonly engine: Engine;
  private readonly compiled: Compiled;
  private readonly assumptions: Assumptions;
  private transitions = 0;
  /** How many states are seen before a search whose assumptions failed starts again. */
  private enough = Infinity;

  constructor(
    attempt: Attempt,
    private readonly budget: Budget,
    private readonly options: ExploreOptions,
  ) {
    const { compiled, assumptions, reported, engine } = attempt;
    const { stride, packing, maxSuccessors, model } = compiled;
    this.compiled = compiled;
    this.assumptions = assumptions;
    this.model = model;
    this.reported = reported.fill(0);
    this.engine = engine;
    this.store = new Store(packing.words, stride, batchSize + maxSuccessors);
    this.batch = new Int32Array((batchSize + maxSuccessors + 1) * stride);
    attempt.failed = (flag, state) => {
      this.failed(flag, state);
    };
  }

  run(): Search {
    const { compiled, store, batch, levels } = this;
    const { expand, finish } = this.engine;
    const { stride, packing, firstBroken } = compiled;
    const quiet = new Int32Array(1);
    batch.set(pack(packing, initialState(this.model)));
    batch.set([-1, 0], packing.words);
    finish(batch, 0, stride);
    store.insert(batch, stride);
    const watched = this.model.always.length > 0;
    const reduced = stride > packing.words + 2;
    const limit = batchSize * stride;
    let cutShort: CutShort | null = null;
    let from = 0;
    while (from < store.count && cutShort === null && !this.startAgain()) {
      const end = store.count;
      let filled = 0;
      for (let id = from; id < end; id++) {
        const at = id * packing.words;
        if (watched) {
          const broken = firstBroken(store.words, at);
          if (broken >= 0) this.broken(broken, id);
        }
        const before = filled;
        filled = expand(store.words, at, id, batch, filled, quiet);
        if (reduced) finish(batch, before, filled);
        this.transitions += (filled - before) / stride;
        if (quiet[0] !== 0) this.quiescent(id);
        if (filled < limit) continue;
        store.insert(batch, filled);
        filled = 0;
        cutShort = this.check();
        if (cutShort !== null || this.startAgain()) break;
      }
      store.insert(batch, filled);
      from = end;
      if (store.count > end) levels.push(end);
      cutShort ??= this.check();
    }
    this.reported.fill(1);
    return {
      compiled,
      store,
      engine: this.engine,
      findings: this.findings,
      transitions: this.transitions,
      depth: levels.length - 1,
      cutShort,
      levels,
    };
  }

  private check(): CutShort | null {
    const { store, transitions, levels } = this;
    return this.budget.check(store.count, transitions, levels.length - 1, store.bytes);
  }

  /** After a wrong assumption, some more is learnt, so that the next attempt may be the last. */
  private startAgain(): boolean {
    if (this.enough === Infinity && this.assumptions.broken.some((b) => b !== 0)) {
      this.enough = this.store.count * 2 + 1000;
    }
    return this.store.count > this.enough;
  }

  private stateAt(id: number): State {
    const { packing } = this.compiled;
    return unpack(packing, this.store.words, id * packing.words);
  }

  private report(property: Property, message: string, state: number, transition: number | null) {
    const { properties } = this.options;
    if (this.findings.has(property) || properties?.includes(property) === false) return;
    const depth = this.levels.length - 1 + (transition === null ? 0 : 1);
    this.findings.set(property, { property, message, state, transition, depth });
  }

  /** A check failed; it is not asked again about this kind. */
  private failed(flag: number, state: number): void {
    const kinds = checkKinds.length;
    const transition = Math.floor(flag / kinds);
    const kind = checkKinds[flag % kinds];
    if (kind !== undefined) this.report(kind, "", state, transition);
    for (let other = flag % kinds; other < this.reported.length; other += kinds) {
      this.reported[other] = 1;
    }
  }

  private broken(condition: number, id: number): void {
    const name = this.model.always[condition]?.name ?? "";
    this.report("invariant", name, id, null);
  }

  private quiescent(id: number): void {
    const state = this.stateAt(id);
    for (const { name, holds } of this.model.quiescent) {
      if (evaluate(holds, state) === 0) this.report("lost-wakeup", name, id, null);
    }
  }
}
