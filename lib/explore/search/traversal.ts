/** One search over packed states, breadth first or depth first, with the code that it is given. */
import {
  type Instance,
  type Model,
  type State,
  evaluate,
  initialState,
  isAtEnd,
} from "../../machine/index.js";
import type { Budget } from "./budget.js";
import type { Compiled } from "../codegen/compile.js";
import { checkKinds } from "../codegen/effects.js";
import type { Assumptions } from "../analysis/learned-guards.js";
import type { Engine } from "../codegen/engine.js";
import { Moves } from "./can-move.js";
import { pack, unpack } from "../codegen/packing.js";
import type { CutShort, ExploreOptions, Property } from "../result/result.js";
import { Store } from "./state-store.js";
import { Trail } from "./dfs-stack.js";

/** Where a violation is: a state reached, and the transition that fails there if it is one. */
export interface Finding {
  readonly property: Property;
  readonly message: string;
  readonly state: number;
  readonly transition: number | null;
}

/** What a search leaves behind. */
export interface Search {
  readonly compiled: Compiled;
  readonly store: Store;
  /** Returns the generated code, with what the search has learnt; its checks report no more. */
  readonly engine: () => Engine;
  readonly findings: ReadonlyMap<Property, Finding>;
  /** Who moves where; null unless deadlocks are looked for. */
  readonly moves: Moves | null;
  /** The first state in which devices alone can move and somebody is not at an end, if one was seen. */
  readonly deadEnd: number | null;
  readonly transitions: number;
  /** Bytes in use at its end. */
  readonly bytes: number;
  readonly cutShort: CutShort | null;
  /** The steps from the initial state to the farthest, on the ways that were searched. */
  readonly depth: number;
  /** The first state of each depth; null unless breadth first. */
  readonly levels: readonly number[] | null;
}

const batchSize = 512;

/** Goes through the states that the code of a model leads to, and notes what is wrong in them. */
export class Searching {
  private readonly findings = new Map<Property, Finding>();
  private readonly levels: number[] = [0];
  private readonly reported: Int32Array;
  private readonly store: Store;
  private readonly batch: Int32Array;
  private readonly model: Model;
  private readonly trail = new Trail();
  private readonly moves: Moves | null;
  private readonly quiet = new Int32Array(1);
  private readonly watched: boolean;
  private readonly reduced: boolean;
  private deadEnd: number | null = null;
  private transitions = 0;
  private depth = 0;
  /** Whether the search ended to start again with what it has learnt. */
  stopped = false;

  constructor(
    private readonly compiled: Compiled,
    private readonly engine: Engine,
    private readonly assumptions: Assumptions,
    private readonly budget: Budget,
    private readonly options: ExploreOptions,
    /** How many states are seen before the search starts again. */
    private enough: number,
  ) {
    const { stride, packing, maxSuccessors, model } = compiled;
    this.model = model;
    this.watched = model.always.length > 0;
    this.reduced = stride > packing.words + 2;
    this.reported = new Int32Array(model.transitions.length * checkKinds.length);
    this.store = new Store(packing.words, stride, batchSize + maxSuccessors, compiled.insert);
    this.moves = options.properties?.includes("deadlock") === false ? null : new Moves(compiled);
    this.batch = new Int32Array((batchSize + maxSuccessors + 1) * stride);
  }

  /** The generated code, working for this search: another may have had it in between. */
  private readonly bound = (): Engine => {
    this.engine.bind(this.reported, this.assumptions, (flag, state) => {
      this.failed(flag, state);
    });
    return this.engine;
  };

  run(): Search {
    const { compiled, store, batch, levels } = this;
    const { stride, packing } = compiled;
    batch.set(pack(packing, initialState(this.model)));
    batch.set([-1, 0], packing.words);
    this.bound().finish(batch, 0, stride);
    store.insert(batch, stride);
    const deep = this.options.strategy === "depth";
    const cutShort = deep ? this.depthFirst() : this.breadthFirst();
    this.reported.fill(1);
    return {
      compiled,
      store,
      engine: this.bound,
      findings: this.findings,
      moves: this.moves,
      deadEnd: this.deadEnd,
      transitions: this.transitions,
      bytes: this.bytes,
      // A level more is seen, to know whether there is one.
      depth: Math.min(this.depth, this.options.maxDepth ?? Infinity),
      cutShort,
      levels: deep ? null : levels,
    };
  }

  /** The oldest state first, so that each is reached by a shortest way. */
  private breadthFirst(): CutShort | null {
    const { store, levels } = this;
    const limit = batchSize * this.compiled.stride;
    let cutShort: CutShort | null = null;
    let from = 0;
    while (from < store.count && cutShort === null && !this.startAgain()) {
      const end = store.count;
      let filled = 0;
      for (let id = from; id < end; id++) {
        filled = this.visit(id, filled);
        if (filled < limit) continue;
        this.insert(filled);
        filled = 0;
        cutShort = this.check();
        if (cutShort !== null || this.startAgain()) break;
      }
      this.insert(filled);
      from = end;
      if (store.count > end) {
        levels.push(end);
        this.depth++;
      }
      cutShort ??= this.check();
    }
    return cutShort;
  }

  /**
   * One way to its end before the next: the steps of a state are followed before those of the states
   * beside it, and each state is known by the way on which it was entered. What a reduction merges depends
   * on the state alone and not on that way, and every cycle has a stored state, so any order sees the same.
   */
  private depthFirst(): CutShort | null {
    const { store, trail, batch } = this;
    const { stride, packing } = this.compiled;
    const { maxDepth = Infinity } = this.options;
    trail.add(0, 0, -1, -1);
    let cutShort: CutShort | null = null;
    let entered = 0;
    while (trail.next()) {
      const { state, depth } = trail;
      // Perhaps there is a shorter way.
      if (depth > maxDepth) continue;
      trail.enter();
      entered++;
      store.parents[state] = trail.from;
      store.transitions[state] = trail.transition;
      this.depth = Math.max(this.depth, depth);
      const end = this.visit(state, 0);
      this.insert(end);
      // The first step is to be followed first.
      for (let b = end - stride; b >= 0; b -= stride) {
        const to = store.numbers[b / stride] ?? 0;
        trail.add(to, depth + 1, state, batch[b + packing.words] ?? -1);
      }
      if (entered % batchSize !== 0) continue;
      cutShort = this.check();
      if (cutShort !== null || this.startAgain()) break;
    }
    return cutShort ?? this.check() ?? (entered < store.count ? "depth" : null);
  }

  /** Looks at a state and adds its successors to the batch; returns how far the batch is filled then. */
  private visit(id: number, filled: number): number {
    const { batch, store, quiet } = this;
    const { stride, packing, firstBroken } = this.compiled;
    const at = id * packing.words;
    if (this.watched) {
      const broken = firstBroken(store.words, at);
      if (broken >= 0) this.broken(broken, id);
    }
    const end = this.engine.expand(store.words, at, id, batch, filled, quiet);
    if (this.reduced) this.engine.finish(batch, filled, end);
    this.transitions += (end - filled) / stride;
    if (quiet[0] !== 0) this.quiescent(id);
    return end;
  }

  private insert(end: number): void {
    const { store, batch, moves } = this;
    store.insert(batch, end);
    moves?.note(batch, end, store.numbers, store);
  }

  private check(): CutShort | null {
    const { store, transitions, depth } = this;
    const cutShort = this.budget.check(store.count, transitions, depth, this.bytes);
    this.bound();
    return cutShort;
  }

  private get bytes(): number {
    return this.store.bytes + this.trail.bytes + (this.moves?.size ?? 0);
  }

  /** After a wrong assumption, some more is learnt, so that the next attempt may be the last. */
  private startAgain(): boolean {
    if (this.enough === Infinity && this.assumptions.broken.some((b) => b !== 0)) {
      this.enough = this.store.count * 2 + 1000;
    }
    this.stopped = this.store.count > this.enough;
    return this.stopped;
  }

  private stateAt(id: number): State {
    const { packing } = this.compiled;
    return unpack(packing, this.store.words, id * packing.words);
  }

  private report(property: Property, message: string, state: number, transition: number | null) {
    const { properties } = this.options;
    if (this.findings.has(property) || properties?.includes(property) === false) return;
    this.findings.set(property, { property, message, state, transition });
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
    if (this.deadEnd === null && this.model.processes.some((p) => rests(p, state))) {
      this.deadEnd = id;
    }
    for (const { name, holds } of this.model.quiescent) {
      if (evaluate(holds, state) === 0) this.report("lost-wakeup", name, id, null);
    }
  }
}

/** Whether a process that cannot move should go on. */
const rests = (process: Instance, state: State): boolean =>
  process.kind !== "device" && !isAtEnd(process, state);
