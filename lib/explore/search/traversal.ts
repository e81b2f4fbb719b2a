/** One search over packed states, with the code that it is given. */
import { initialState } from "../../machine/index.js";
import type { Assumptions } from "../analysis/learned-guards.js";
import type { Compiled } from "../codegen/compile.js";
import type { Engine } from "../codegen/engine-functions.js";
import { SearchContext } from "../codegen/layout/search-context.js";
import { pack, unpack } from "../codegen/layout/packing.js";
import { type SuccessorRecord, batchSize } from "../codegen/layout/successor-record.js";
import type { CutShort, ExploreOptions, Property } from "../result/result.js";
import { type Slot, eventKinds, eventLength, slotHead } from "../parallel/slots.js";
import type { Threads } from "../parallel/threads.js";
import type { Learnt } from "../codegen/kept-code.js";
import { mapped } from "../../primitives/mapped.js";
import { breadthFirst } from "./breadth-first.js";
import type { Budget } from "./budget.js";
import { Moves } from "./can-move.js";
import { depthFirst } from "./depth-first.js";
import { SeenCode } from "./seen-code.js";
import { type Finding, Findings } from "./findings.js";
import { Store } from "./state-store.js";
import type { StateSpace } from "./strategy.js";
import { Team } from "./team.js";

/** What a search leaves behind. */
export interface Search {
  readonly compiled: Compiled;
  readonly store: Store;
  /** The generated code, made for what the search has learnt. */
  readonly engine: Engine;
  readonly assumptions: Assumptions;
  readonly findings: ReadonlyMap<Property, Finding>;
  /** Who moves where; null unless deadlocks or livelocks are looked for. */
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

/** Other threads for a search. */
export interface Crew {
  readonly threads: Threads;
  /** How many there are then, the search's own among them. */
  readonly jobs: number;
  /** What the engine was made for; null if for none. */
  readonly guards: Int32Array | null;
}

/** Goes through the states that the code of a model leads to, and notes what is wrong in them. */
export class Traversal implements StateSpace {
  private readonly findings: Findings;
  private readonly context: SearchContext;
  readonly store: Store;
  readonly batch: Int32Array;
  readonly record: SuccessorRecord;
  private readonly moves: Moves | null;
  private readonly isWatched: boolean;
  private transitions = 0;
  private looked = 0;
  private isFull = false;
  /** Whether the search ended to start again with what it has learnt. */
  stopped = false;
  /** Whether other threads found that something was assumed wrongly. */
  get isMistaken(): boolean {
    return this.others?.isMistaken === true;
  }
  private others: Team | null = null;

  constructor(
    private readonly compiled: Compiled,
    private readonly engine: Engine,
    private readonly assumptions: Assumptions,
    private readonly budget: Budget,
    private readonly options: ExploreOptions,
    /** How many states are seen before the search starts again. */
    private enough: number,
    /** Other threads, if some are to be used. */
    private readonly crew: Crew | null,
  ) {
    const { record, maxSuccessors, model } = compiled;
    this.record = record;
    this.isWatched = model.always.length > 0;
    this.findings = new Findings(model, options.properties);
    const { reported, failed } = this.findings;
    this.context = new SearchContext(assumptions, reported, failed);
    const expected = expectedBy(compiled, options);
    const most = batchSize + maxSuccessors;
    const lengths = {
      ...Store.lengths(record, most, expected.states),
      ...Moves.lengths(compiled.moves, most, expected.states, expected.edges),
    };
    // What other threads find does not come by the engine's own batch.
    const home = expected.states > 0 && crew === null ? engine.home(lengths) : null;
    const arrays = home?.arrays ?? arraysOf(lengths);
    const code = new SeenCode(home?.functions ?? null, compiled.seen);
    this.store = new Store(record, arrays, code);
    const { properties = ["deadlock"] } = options;
    const asksWhoIsStuck = properties.includes("deadlock") || properties.includes("livelock");
    this.moves = asksWhoIsStuck ? new Moves(compiled.moves, arrays, code) : null;
    this.batch = engine.batch(compiled.batch);
  }

  run(): Search {
    const { compiled, engine, assumptions, store, batch, context, options } = this;
    const { record, packing, model } = compiled;
    batch.set(pack(packing, initialState(model)));
    batch.set([-1, 0], record.transition);
    engine.finish(batch, 0, record.stride, context);
    store.insert(batch, record.stride);
    const { maxDepth = Infinity } = options;
    const strategy = options.strategy === "depth" ? depthFirst : breadthFirst;
    const { cutShort, depth, levels, bytes } = strategy(this, maxDepth);
    return {
      compiled,
      store,
      engine,
      assumptions,
      findings: this.findings.all,
      moves: this.moves,
      deadEnd: this.findings.deadEnd,
      transitions: this.transitions,
      bytes: this.bytes + bytes,
      // A level more is seen, to know whether there is one.
      depth: Math.min(depth, maxDepth),
      cutShort,
      levels,
    };
  }

  insert(end: number): void {
    this.keep(this.batch, end);
  }

  /** Adds successors to the store; where no memory is left for them, the search ends at the next check. */
  private keep(batch: Int32Array, end: number): void {
    const { store } = this;
    try {
      store.insert(batch, end);
      this.moves?.note(batch, end, this.record.stride, store.numbers, store);
    } catch (error) {
      // What V8 throws where an array cannot be had, or not as long.
      if (!(error instanceof RangeError)) throw error;
      this.isFull = true;
    }
  }

  check(depth: number, bytes: number): CutShort | null {
    if (this.isFull) return "memory";
    return this.budget.check(this.store.count, this.transitions, depth, this.bytes + bytes);
  }

  get next(): number {
    return this.looked;
  }

  visitFrom(id: number, last: number, end: number, limit: number): number {
    const { batch, store, compiled, engine, context, findings } = this;
    const { record, packing } = compiled;
    if (this.isWatched) {
      this.looked = id + 1;
      return this.visit(id, end);
    }
    const after = engine.expandAll(store.words, id, last, batch, end, limit, context);
    const [quiet = 0, next = 0] = context.quiet;
    this.looked = next;
    this.transitions += (after - end) / record.stride;
    const at = (next - 1) * packing.words;
    if (quiet !== 0) findings.quiescent(next - 1, unpack(packing, store.words, at));
    return after;
  }

  visit(id: number, end: number): number {
    const { batch, store, compiled, engine, context, findings } = this;
    const { record, packing, firstBroken } = compiled;
    const at = id * packing.words;
    if (this.isWatched) {
      const broken = firstBroken(store.words, at);
      if (broken >= 0) findings.broken(broken, id);
    }
    const after = engine.expand(store.words, at, id, batch, end, context);
    if (record.merged !== null) engine.finish(batch, end, after, context);
    this.transitions += (after - end) / record.stride;
    if (context.quiet[0] !== 0) findings.quiescent(id, unpack(packing, store.words, at));
    return after;
  }

  team(from: number): Team | null {
    const { crew, compiled, engine, enough } = this;
    if (crew === null || from < crew.threads.enough || enough !== Infinity) return null;
    this.others = new Team(crew.threads, crew.jobs, compiled, engine, crew.guards);
    return this.others;
  }

  add({ head, batch, events }: Slot): number {
    const { store, compiled, findings } = this;
    const { packing, record, firstBroken } = compiled;
    const first = head[slotHead.first] ?? 0;
    const count = head[slotHead.count] ?? 0;
    const end = head[slotHead.end] ?? 0;
    for (let id = first; this.isWatched && id < first + count; id++) {
      const broken = firstBroken(store.words, id * packing.words);
      if (broken >= 0) findings.broken(broken, id);
    }
    const eventsEnd = head[slotHead.events] ?? 0;
    for (let at = 0; at < eventsEnd; at += eventLength) {
      const id = events[at + 1] ?? 0;
      if (events[at] === eventKinds.failed) findings.failed(events[at + 2] ?? 0, id);
      else findings.quiescent(id, unpack(packing, store.words, id * packing.words));
    }
    this.keep(batch, end);
    this.transitions += end / record.stride;
    return count;
  }

  private get bytes(): number {
    return this.store.bytes + (this.moves?.size ?? 0);
  }

  /** After a wrong assumption, some more is learnt, so that the next attempt may be the last. */
  isToStartAgain(): boolean {
    if (this.enough === Infinity && this.assumptions.broken.some((b) => b !== 0)) {
      this.enough = this.store.count * 2 + 1000;
    }
    this.stopped = this.store.count > this.enough;
    return this.stopped;
  }
}

/** More memory than this is not taken before it is needed, in bytes. */
const mostAtOnce = 256 * 2 ** 20;

/** How many states an earlier search of the model has seen, and edges, if this one may see as many; else 0. */
function expectedBy(
  { learnt, record, moves }: Compiled,
  { maxStates = Infinity, maxDepth = Infinity, maxMegabytes = Infinity }: ExploreOptions,
): Pick<Learnt, "states" | "edges"> {
  const known = learnt();
  if (known === null || known.states > maxStates || known.depth > maxDepth) return none;
  const { states, edges } = known;
  // Its words, where it came from, who moves, and up to four numbers of the table.
  const bytes = (states * (record.words + 8 + moves.groups) + edges * 2) * 4;
  return bytes > Math.min(mostAtOnce, maxMegabytes * 2 ** 19) ? none : { states, edges };
}

const none = { states: 0, edges: 0 };

/** Returns new arrays of some lengths. */
const arraysOf = <Name extends string>(
  lengths: Readonly<Record<Name, number>>,
): Readonly<Record<Name, Int32Array>> => mapped(lengths, (length) => new Int32Array(length));
