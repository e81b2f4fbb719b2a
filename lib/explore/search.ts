/** Breadth-first search over packed states. */
import { type Model, type State, evaluate, initialState, takeStep } from "../machine/index.js";
import type { Budget } from "./budget.js";
import { type Compiled, compile } from "./compile.js";
import { checkKinds } from "./emit-changes.js";
import { pack, unpack } from "./packing.js";
import type { CutShort, ExploreOptions, Property } from "./result.js";
import { Store } from "./store.js";

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
  readonly findings: ReadonlyMap<Property, Finding>;
  readonly transitions: number;
  readonly depth: number;
  readonly cutShort: CutShort | null;
  /** The first state of each depth. */
  readonly levels: readonly number[];
}

const batchSize = 512;

/** Returns all states that a model can reach, in the order of their distance. */
export function search(model: Model, budget: Budget, options: ExploreOptions = {}): Search {
  return new Searching(compile(model), budget, options).run();
}

class Searching {
  private readonly findings = new Map<Property, Finding>();
  private readonly levels: number[] = [0];
  private readonly reported: Int32Array;
  private readonly store: Store;
  private readonly batch: Int32Array;
  private readonly model: Model;
  private transitions = 0;

  constructor(
    private readonly compiled: Compiled,
    private readonly budget: Budget,
    private readonly options: ExploreOptions,
  ) {
    this.model = compiled.model;
    const { stride, packing, maxSuccessors } = compiled;
    this.reported = new Int32Array(this.model.transitions.length * checkKinds.length);
    this.store = new Store(packing.words, stride, batchSize + maxSuccessors);
    this.batch = new Int32Array((batchSize + maxSuccessors + 1) * stride);
    this.reported.fill(0);
  }

  run(): Search {
    const { compiled, store, batch, levels, budget } = this;
    const { stride, packing, firstBroken } = compiled;
    const expand = compiled.expander(this.reported, (flag, state) => {
      this.failed(flag, state);
    });
    const quiet = new Int32Array(1);
    const first = [...pack(packing, initialState(this.model)), -1, -1];
    batch.set(first);
    store.insert(batch, stride);
    const watched = this.model.always.length > 0;
    const limit = batchSize * stride;
    let cutShort: CutShort | null = null;
    let from = 0;
    while (from < store.count && cutShort === null) {
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
        this.transitions += (filled - before) / stride;
        if (quiet[0] !== 0) this.quiescent(id);
        if (filled < limit) continue;
        store.insert(batch, filled);
        filled = 0;
        cutShort = budget.check(store.count, this.transitions, levels.length - 1, store.bytes);
        if (cutShort !== null) break;
      }
      store.insert(batch, filled);
      from = end;
      if (store.count > end) levels.push(end);
      cutShort ??= budget.check(store.count, this.transitions, levels.length - 1, store.bytes);
    }
    return {
      compiled,
      store,
      findings: this.findings,
      transitions: this.transitions,
      depth: levels.length - 1,
      cutShort,
      levels,
    };
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

  /** A check failed: the readable step says which, and it is not asked again about this kind. */
  private failed(flag: number, state: number): void {
    const kinds = checkKinds.length;
    const transition = this.model.transitions[Math.floor(flag / kinds)];
    const kind = checkKinds[flag % kinds];
    if (transition === undefined || kind === undefined) return;
    const { violations } = takeStep(this.model, this.stateAt(state), transition);
    const violation = violations.find((v) => v.kind === kind);
    if (violation !== undefined) this.report(kind, violation.message, state, transition.id);
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
