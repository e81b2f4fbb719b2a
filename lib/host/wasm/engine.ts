/** An engine whose functions are those of a WebAssembly module, with the arrays of a search in its memory. */
import type { Engine } from "../../explore/codegen/engine-functions.js";
import type { EngineSize } from "../../explore/codegen/kept-code.js";
import type { SearchContext } from "../../explore/codegen/layout/search-context.js";
import { memoryOf } from "./memory.js";

/** What a module exports. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
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
  private readonly batchAt: number;
  private readonly own: Int32Array;
  private readonly state: Int32Array;
  private readonly guards: Int32Array;
  private readonly broken: Int32Array;
  private readonly quiet: Int32Array;
  private readonly reported: Int32Array;
  private readonly log: Int32Array;
  /** Whose arrays are in memory. */
  private bound: SearchContext | null = null;

  constructor(instantiate: (fail: Exports["finish"] | Fail) => object, size: EngineSize) {
    const functions = instantiate((check: number, state: number) => {
      this.failed(check, state);
    });
    if (!areExports(functions)) throw new TypeError("a module without expand()");
    this.functions = functions;
    const { state, context, batch, tables } = memoryOf(size);
    const { buffer } = functions.memory;
    const array = (from: number, to: number): Int32Array =>
      new Int32Array(buffer, from, (to - from) / 4);
    this.batchAt = batch;
    this.own = array(batch, tables);
    this.state = array(state, context.guards);
    this.guards = array(context.guards, context.broken);
    this.broken = array(context.broken, context.quiet);
    this.quiet = array(context.quiet, context.reported);
    this.reported = array(context.reported, context.log);
    this.log = array(context.log, batch);
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
    const { state, own, functions, batchAt } = this;
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
    const { own, functions, batchAt } = this;
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
