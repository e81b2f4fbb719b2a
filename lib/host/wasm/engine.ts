/** An engine whose functions are those of a WebAssembly module, with the arrays of a search in its memory. */
import { mapped } from "../../primitives/mapped.js";
import type { Engine, Home } from "../../explore/codegen/engine-functions.js";
import type { EngineSize } from "../../explore/codegen/kept-code.js";
import type { SearchContext } from "../../explore/codegen/layout/search-context.js";
import type { SeenFunctions } from "../../explore/codegen/seen/seen-functions.js";
import { pageBytes } from "./binary.js";
import { type Memory, memoryOf } from "./memory.js";

/** An array is the number of its first byte. */
type Addressed<F> = F extends (...given: infer Given) => infer Result
  ? (...given: { [At in keyof Given]: number }) => Result
  : never;

/** What a module exports. */
interface Exports extends Readonly<{
  [name in keyof SeenFunctions]: Addressed<SeenFunctions[name]>;
}> {
  readonly memory: { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number };
  readonly expandAll: (
    states: number,
    first: number,
    last: number,
    batch: number,
    end: number,
    limit: number,
  ) => number;
  readonly expand: (state: number, at: 0, id: number, batch: number, end: number) => number;
  readonly finish: (batch: number, first: number, end: number) => void;
}

/** Node's WebAssembly, whose types Node's own do not have. */
interface WebAssembly {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, given: object) => { readonly exports: object };
}

const hasWebAssembly = (of: unknown): of is WebAssembly =>
  typeof of === "object" && of !== null && "Module" in of && "Instance" in of;

const areExports = (of: object): of is Exports => "memory" in of && "expand" in of;

/** Makes engines of one module: compiled once, and each with a memory of its own. */
export class ModuleEngines {
  private readonly webAssembly: WebAssembly;
  private readonly module: object;

  constructor(bytes: Uint8Array) {
    const found: unknown = Reflect.get(globalThis, "WebAssembly");
    if (!hasWebAssembly(found)) throw new TypeError("this Node was built without WebAssembly");
    this.webAssembly = found;
    this.module = new found.Module(bytes);
  }

  /** Returns an engine for one search of that size; two that run in turn must not share one. */
  engine(size: EngineSize): Engine {
    return new ModuleEngine(
      (fail) => new this.webAssembly.Instance(this.module, { search: { fail } }).exports,
      size,
    );
  }
}

class ModuleEngine implements Engine {
  private readonly functions: Exports;
  private readonly places: Memory;
  private own: Int32Array;
  private state: Int32Array;
  private guards: Int32Array;
  private broken: Int32Array;
  private quiet: Int32Array;
  private reported: Int32Array;
  private log: Int32Array;
  /** Whose arrays are in memory. */
  private bound: SearchContext | null = null;

  constructor(instantiate: (fail: Exports["finish"] | Fail) => object, size: EngineSize) {
    const functions = instantiate((check: number, state: number) => {
      this.failed(check, state);
    });
    if (!areExports(functions)) throw new TypeError("a module without expand()");
    this.functions = functions;
    this.places = memoryOf(size);
    ({
      own: this.own,
      state: this.state,
      guards: this.guards,
      broken: this.broken,
      quiet: this.quiet,
      reported: this.reported,
      log: this.log,
    } = this.views());
  }

  /** The arrays in memory, as it is now. */
  private views() {
    const { state, context, batch, tables } = this.places;
    const array = (from: number, to: number): Int32Array => this.array(from, (to - from) / 4);
    return {
      own: array(batch, tables),
      state: array(state, context.guards),
      guards: array(context.guards, context.broken),
      broken: array(context.broken, context.quiet),
      quiet: array(context.quiet, context.reported),
      reported: array(context.reported, context.log),
      log: array(context.log, batch),
    };
  }

  private array(at: number, length: number): Int32Array {
    return new Int32Array(this.functions.memory.buffer, at, length);
  }

  home<Name extends string>(lengths: Readonly<Record<Name, number>>): Home<Name> | null {
    const { memory } = this.functions;
    const first = memory.buffer.byteLength;
    let end = first;
    const places = mapped(lengths, (length) => {
      const at = end;
      end += length * 4;
      return { at, length };
    });
    if (end > mostBytes || !grows(memory, Math.ceil((end - first) / pageBytes))) return null;
    // Memory that has grown is another buffer.
    Object.assign(this, this.views());
    this.bound = null;
    return {
      arrays: mapped(places, ({ at, length }) => this.array(at, length)),
      functions: this.seenFunctions(),
    };
  }

  private seenFunctions(): SeenFunctions {
    const { insertAll, noteMoves, settleMoves, firstResting, firstGoingRound } = this.functions;
    return {
      insertAll: addressed(insertAll),
      noteMoves: addressed(noteMoves),
      settleMoves: addressed(settleMoves),
      firstResting: addressed(firstResting),
      firstGoingRound: addressed(firstGoingRound),
    };
  }

  /** Its own records need no copying; they are as many as the size says. */
  batch(): Int32Array {
    return this.own;
  }

  expand(
    states: Int32Array,
    at: number,
    id: number,
    batch: Int32Array,
    end: number,
    search: SearchContext,
  ): number {
    const { state, own, functions } = this;
    const batchAt = this.places.batch;
    if (this.bound !== search) this.bind(search);
    for (let word = 0; word < state.length; word++) state[word] = states[at + word] ?? 0;
    const isOwn = batch === own;
    const after = functions.expand(0, 0, id, batchAt, isOwn ? end : 0);
    search.quiet[0] = this.quiet[0] ?? 0;
    this.tell(search);
    if (isOwn) return after;
    batch.set(own.subarray(0, after), end);
    return end + after;
  }

  finish(batch: Int32Array, first: number, end: number, search: SearchContext): void {
    const { own, functions } = this;
    const batchAt = this.places.batch;
    if (this.bound !== search) this.bind(search);
    if (batch === own) {
      functions.finish(batchAt, first, end);
      this.tell(search);
      return;
    }
    own.set(batch.subarray(first, end));
    functions.finish(batchAt, 0, end - first);
    batch.set(own.subarray(0, end - first), first);
    search.log.set(this.log);
    this.tell(search);
  }

  expandAll(
    states: Int32Array,
    first: number,
    last: number,
    batch: Int32Array,
    end: number,
    limit: number,
    search: SearchContext,
  ): number {
    const { own, functions, places } = this;
    if (states.buffer !== own.buffer || batch !== own) {
      return this.expandEach(states, first, last, batch, end, limit, search);
    }
    if (this.bound !== search) this.bind(search);
    const after = functions.expandAll(states.byteOffset, first, last, places.batch, end, limit);
    search.quiet.set(this.quiet);
    this.tell(search);
    return after;
  }

  /** The same for states or a batch that stand elsewhere. */
  private expandEach(
    states: Int32Array,
    first: number,
    last: number,
    batch: Int32Array,
    end: number,
    limit: number,
    search: SearchContext,
  ): number {
    const { quiet } = search;
    quiet[0] = 0;
    let id = first;
    let after = end;
    while (id < last && after < limit && quiet[0] === 0) {
      const from = after;
      after = this.expand(states, id * this.state.length, id, batch, from, search);
      this.finish(batch, from, after, search);
      id++;
    }
    quiet[1] = id;
    return after;
  }

  private bind(search: SearchContext): void {
    this.bound = search;
    this.guards.set(search.guards);
    this.broken.set(search.broken);
    this.reported.set(search.reported);
  }

  /** Tells what the search assumed wrongly. */
  private tell(search: SearchContext): void {
    if (this.broken[0] === 0 && this.broken[1] === 0) return;
    search.broken.set(this.broken);
    search.guards.set(this.guards);
  }

  private failed(check: number, state: number): void {
    this.bound?.fail(check, state);
    if (this.bound !== null) this.reported.set(this.bound.reported);
  }
}

type Fail = (check: number, state: number) => void;

/** Addresses are numbers below this: it is where they would no longer be positive. */
const mostBytes = 2 ** 31;

/** Returns whether there is so much more memory. */
function grows(memory: Exports["memory"], pages: number): boolean {
  try {
    memory.grow(pages);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Returns a function of arrays, of one that takes their addresses. */
const addressed =
  <Result>(of: (...given: number[]) => Result) =>
  (...given: readonly (number | Int32Array)[]): Result =>
    of(...given.map((one) => (typeof one === "number" ? one : one.byteOffset)));
