/**
 * The generated functions of a search, in two parts: the steps, with what renames states, which are the
 * same whatever is known of guards; and what moves them, which tests the guards.
 */
import type { Assumptions } from "../analysis/learned-guards.js";
import type { Target } from "./target.js";
import { canonicalSource } from "./canonical.js";
import { expandSource } from "./successors.js";
import { ReducedWriter, type Touched, longestRun, touchedBy } from "./local-steps.js";
import { runSource } from "./local-run.js";
import { stepsSource } from "./steps.js";
import { swapsSource } from "./swaps.js";
import { fromSource } from "./instantiate.js";

/**
 * Writes the successors of the state at `A[s]` to `B` from `b` on, each as its words, the transition
 * and the state it came from; returns the end. `quiet[0]` becomes 1 if only devices can move.
 */
export type Expand = (
  A: Int32Array,
  s: number,
  id: number,
  B: Int32Array,
  b: number,
  quiet: Int32Array,
) => number;

/** Tells of a failed check: its flag, and the state in which it failed. */
export type Fail = (flag: number, state: number) => void;

/** The generated functions; searches of models that move alike share them, one at a time. */
export interface Engine {
  /**
   * Says for whom the functions work from now on: `reported` silences the checks of flags that are set,
   * `fail` is told of the others.
   */
  readonly bind: (reported: Int32Array, assumptions: Assumptions, fail: Fail) => void;
  readonly expand: Expand;
  /** Runs through unseen steps and renames, for all successors from `b` to `end`; a no-op unreduced. */
  readonly finish: (B: Int32Array, b: number, end: number) => void;
  /** Runs one successor through its unseen steps, listed in `log`. */
  readonly runOne: (B: Int32Array, b: number) => void;
  /** `log[0]` steps, their transitions following. */
  readonly log: Int32Array;
}

const isObject = (of: unknown): of is object => typeof of === "object" && of !== null;
const isEngine = (of: unknown): of is Engine => isObject(of) && "expand" in of;

/** Makes the functions for one target. */
export class EngineSource {
  private readonly touched: Touched | null;
  private readonly base: object;
  private readonly renames: boolean;
  private readonly codes: readonly number[];
  /** What was made, by the guards that it was told. */
  private readonly made = new Map<string, Engine>();

  constructor(private readonly target: Target) {
    const { model, packing, reductions, symmetry, frames, stride } = target;
    this.touched = reductions.local ? touchedBy(model, packing, frames) : null;
    this.renames = frames.length > 1;
    const framed = frames.flatMap(({ processes }) => processes);
    this.codes = [...new Set(framed.map(({ code }) => code))];
    const owners = this.touched?.owners ?? null;
    const rename = this.renames
      ? swapsSource(model, packing, symmetry) + canonicalSource(model, packing, symmetry, stride)
      : "";
    this.base = fromSource(
      isObject,
      `let F,D,fail;${stepsSource(target, this.codes, owners)}${rename}` +
        `return {${this.shared().join(",")},bind(f,d,told){F=f;D=d;fail=told;}};`,
    );
  }

  /** The functions, for guards as far as they are known; null while they are learnt. */
  engine(guards: Int32Array | null): Engine {
    const key = this.touched === null ? "" : String(guards?.join());
    const engine = this.made.get(key) ?? this.fresh(guards);
    this.made.set(key, engine);
    return engine;
  }

  private fresh(guards: Int32Array | null): Engine {
    const { target, touched, renames } = this;
    const { model, packing, rounds } = target;
    const reducer =
      touched === null ? null : new ReducedWriter(model, packing, rounds, touched, guards);
    const run =
      reducer === null
        ? "function run(){}function runAll(){}"
        : reducer.guards.functions(this.codes) + runSource(target, reducer);
    const body =
      `const {${this.shared().join(",")}}=Z;let F,G,D,fail;` +
      `const L=new Int32Array(${String(longestRun * 2 + 2)});` +
      `${expandSource(target, this.codes, reducer)}${run}` +
      `function finish(B,b,end){runAll(B,b,end);${renames ? "canonicalAll(B,b,end);" : ""}}` +
      `return {expand,finish,runOne:run,log:L,` +
      `bind(f,{guards,broken},told){F=f;G=guards;D=broken;fail=told;Z.bind(f,broken,told);}};`;
    return fromSource(isEngine, body, this.base);
  }

  /** The names of what the steps' part gives to the other. */
  private shared(): string[] {
    const { frames, reductions } = this.target;
    return [
      ...this.codes.map((code) => `p${String(code)}`),
      ...(reductions.local ? this.codes.map((code) => `t${String(code)}`) : []),
      ...(this.target.stride > this.target.packing.words + 2 ? ["X"] : []),
      ...(this.renames
        ? ["R", "canonicalAll", ...frames.slice(1).map((_, f) => `g${String(f + 1)}`)]
        : []),
    ];
  }
}
