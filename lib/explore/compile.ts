/** Compiles a model to JavaScript that works on packed words; no allocation per transition. */
import type { Instance, Model, Transition } from "../machine/index.js";
import { ChangeWriter } from "./emit-changes.js";
import { fromSource } from "./from-source.js";
import { ValueWriter } from "./emit-value.js";
import { type Packing, packingOf } from "./packing.js";

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

/** A model compiled. */
export interface Compiled {
  readonly model: Model;
  readonly packing: Packing;
  /** Int32 per successor: its words, the transition, the state before. */
  readonly stride: number;
  /** The most that one state can have. */
  readonly maxSuccessors: number;
  /** Makes the function that expands states; `reported` silences the checks of flags that are set. */
  readonly expander: (reported: Int32Array, fail: Fail) => Expand;
  /** The conditions that hold in every state, compiled: the first that fails, or -1. */
  readonly firstBroken: (A: Int32Array, s: number) => number;
}

const isExpand = (of: unknown): of is Expand => typeof of === "function";
const isTest = (of: unknown): of is Compiled["firstBroken"] => typeof of === "function";

/** Returns the compiled form of a model. */
export function compile(model: Model): Compiled {
  const packing = packingOf(model);
  const order = [...model.processes.keys()].sort((a, b) => rank(model, a) - rank(model, b));
  const functions = order.map((at) => processFunction(model, packing, at));
  const words = wordNames("w", packing.words);
  const load = words.map((w, at) => `const ${w}=A[s+${String(at)}];`).join("");
  const devices = order.findIndex((at) => model.processes[at]?.kind === "device");
  const calls = order.map((at, position) => {
    const mark = position === devices ? "quiet[0]=b===first?1:0;" : "";
    return `${mark}b=p${String(at)}(${words.join(",")},id,B,b);`;
  });
  const mark = devices < 0 ? "quiet[0]=b===first?1:0;" : "";
  const body =
    `"use strict";${functions.join("\n")}\n` +
    `return function expand(A,s,id,B,b,quiet){const first=b;${load}${calls.join("")}${mark}return b;}`;
  return {
    model,
    packing,
    stride: packing.words + 2,
    maxSuccessors: model.processes.reduce((sum, { leaving }) => sum + mostLeaving(leaving), 0),
    expander: (reported, fail) => fromSource(isExpand, ["F", "fail"], [reported, fail], body),
    firstBroken: compileConditions(model, packing),
  };
}

/** Returns the names `w0`, `w1`, ... of the words of a state. */
export function wordNames(prefix: string, words: number): string[] {
  return Array.from({ length: words }, (_, at) => `${prefix}${String(at)}`);
}

function rank(model: Model, at: number): number {
  return model.processes[at]?.kind === "device" ? 1 : 0;
}

function mostLeaving(leaving: Instance["leaving"]): number {
  return Math.max(0, ...leaving.map(({ length }) => length));
}

function processFunction(model: Model, packing: Packing, at: number): string {
  const process = model.processes[at];
  if (process === undefined) return "";
  const old = new ValueWriter(packing, "w");
  const cases = process.leaving.map((leaving, location) => {
    const code = leaving.map((t) => push(t, process.slot, packing, old)).join("");
    return code === "" ? "" : `case ${String(location)}:${code}break;`;
  });
  const location = old.number({ op: "slot", slot: process.slot });
  const words = wordNames("w", packing.words).join(",");
  const name = `p${String(at)}`;
  return `function ${name}(${words},id,B,b){switch(${location}){${cases.join("")}}return b;}`;
}

function push(t: Transition, location: number, packing: Packing, old: ValueWriter): string {
  const { words } = packing;
  const fresh = new ValueWriter(packing, "n");
  const copy = `let ${wordNames("n", words)
    .map((n, at) => `${n}=w${String(at)}`)
    .join(",")};`;
  const body = new ChangeWriter(fresh, t.id).transitionBody(t, location);
  const store = wordNames("n", words).map((n, at) => `B[b+${String(at)}]=${n};`);
  const rest = `B[b+${String(words)}]=${String(t.id)};B[b+${String(words + 1)}]=id;`;
  const all = `${copy}${body}${store.join("")}${rest}b+=${String(words + 2)};`;
  const test = old.test(t.guard);
  return test === "true" ? `{${all}}` : `if(${test}){${all}}`;
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
