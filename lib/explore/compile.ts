/** Compiles a model to JavaScript that works on packed words; no allocation per transition. */
import type { Instance, Model } from "../machine/index.js";
import { canonicalSource } from "./emit-canonical.js";
import { ReducedWriter, longestRun, touchedBy } from "./emit-reduced.js";
import { StepWriter } from "./emit-steps.js";
import { fromSource } from "./from-source.js";
import { ValueWriter } from "./emit-value.js";
import { type Packing, packingOf } from "./packing.js";
import { type Symmetry, symmetryOf } from "./symmetry.js";
import { wordNames } from "./word-names.js";

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

/** Which reductions the code has built in; without any, the graph is the scenario's own. */
export interface Reductions {
  /** Run through steps that nobody else can see or disturb. */
  readonly local: boolean;
  /** Keep one state for all renamings of interchangeable CPUs and tasks. */
  readonly symmetry: boolean;
}

/** What the guards of slots are assumed to be, and whether that was wrong. */
export interface Assumptions {
  /** For each slot, a bit for each guard held at every access so far; then, at every write. */
  readonly guards: Int32Array;
  /** `[0]`: a guard was given up; `[1]`: a process lost its CPU against all expectation. */
  readonly broken: Int32Array;
}

/** The generated functions. */
export interface Engine {
  readonly expand: Expand;
  /** Runs through unseen steps and renames, for all successors from `b` to `end`; a no-op unreduced. */
  readonly finish: (B: Int32Array, b: number, end: number) => void;
  /** Runs one successor through its unseen steps, listed in `log`. */
  readonly runOne: (B: Int32Array, b: number) => void;
  /** `log[0]` steps, their transitions following. */
  readonly log: Int32Array;
}

/** A model compiled. */
export interface Compiled {
  readonly model: Model;
  readonly packing: Packing;
  readonly reductions: Reductions;
  readonly symmetry: Symmetry;
  /**
   * Int32 per successor: its words, the transition, the state before; when reduced, also the processes
   * that moved unseen and the renaming.
   */
  readonly stride: number;
  /** The most that one state can have. */
  readonly maxSuccessors: number;
  /**
   * Makes the functions; `reported` silences the checks of flags that are set. If told that the guards
   * are settled, the functions test only for those: faster, and with the same answers.
   */
  readonly engine: (
    reported: Int32Array,
    assumptions: Assumptions,
    fail: Fail,
    settled: boolean,
  ) => Engine;
  /** The conditions that hold in every state, compiled: the first that fails, or -1. */
  readonly firstBroken: (A: Int32Array, s: number) => number;
}

const isEngine = (of: unknown): of is Engine => typeof of === "object" && of !== null;
const isTest = (of: unknown): of is Compiled["firstBroken"] => typeof of === "function";

/** Returns the compiled form of a model. */
export function compile(model: Model, reductions: Reductions): Compiled {
  const packing = packingOf(model);
  const reduced = reductions.local || reductions.symmetry;
  const stride = packing.words + (reduced ? 4 : 2);
  const symmetry = symmetryOf(model);
  const renames = reductions.symmetry && symmetry.renamings.length > 1;
  const canonical = renames
    ? canonicalSource(model, packing, symmetry, stride)
    : "function canonical(){}function canonicalAll(){}";
  const touched = reductions.local ? touchedBy(model, packing) : null;
  return {
    model,
    packing,
    reductions,
    symmetry,
    stride,
    maxSuccessors: model.processes.reduce((sum, { leaving }) => sum + mostLeaving(leaving), 0),
    engine: (reported, { guards, broken }, fail, settled) => {
      const log = new Int32Array(longestRun * 2 + 2);
      const known = settled ? guards : null;
      const reducer = touched === null ? null : new ReducedWriter(model, packing, touched, known);
      const body =
        `"use strict";${new StepWriter(model, packing, stride, reducer).source()}\n${canonical}\n` +
        `function finish(B,b,end){runAll(B,b,end);canonicalAll(B,b,end);}` +
        `return {expand,finish,runOne:run,log:L};`;
      const values = [reported, guards, broken, log, fail];
      return fromSource(isEngine, ["F", "G", "D", "L", "fail"], values, body);
    },
    firstBroken: compileConditions(model, packing),
  };
}

function mostLeaving(leaving: Instance["leaving"]): number {
  return Math.max(0, ...leaving.map(({ length }) => length));
}

function compileConditions(model: Model, packing: Packing): Compiled["firstBroken"] {
  const values = new ValueWriter(packing, "w");
  const load = wordNames("w", packing.words).map((w, at) => `const ${w}=A[s+${String(at)}];`);
  const tests = model.always.map(
    ({ holds }, at) => `if(!${values.test(holds)})return ${String(at)};`,
  );
  const body = `"use strict";return function(A,s){${load.join("")}${tests.join("")}return -1;}`;
  return fromSource(isTest, [], [], body);
}
