import { Script } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stories } from "../../../lib/atlas/stories/index.js";
import { CodeCache } from "../../../lib/explore/codegen/code-cache.js";
import { type Compiled, sizeOf } from "../../../lib/explore/codegen/compile.js";
import type { KeptCode, Learnt } from "../../../lib/explore/codegen/kept-code.js";
import { scheduleTo } from "../../../lib/explore/counterexample/reconstruct.js";
import { seenNames } from "../../../lib/explore/codegen/seen/seen-functions.js";
import { firstStuck } from "../../../lib/explore/deadlock/deadlock.js";
import { type Reductions, unreduced } from "../../../lib/explore/result/reductions.js";
import { Budget } from "../../../lib/explore/search/budget.js";
import { type Search, search } from "../../../lib/explore/search/search.js";
import { ModuleEngines } from "../../../lib/host/wasm/engine.js";
import { moduleOf } from "../../../lib/host/wasm/module.js";
import { loadParser } from "../../../lib/host/wasm/parser.js";
import { kvm } from "../../../lib/kvm/index.js";
import {
  type Model,
  int,
  le,
  mul,
  scenario,
  set,
  thread,
  translate,
  variable,
  wait_until,
} from "../../../lib/machine/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { make, makesSense, scenarios } from "../../explore/random-scenarios.js";

const kernelC = await loadKernelC();
const parse = loadParser();
const reduced = { local: true, symmetry: true };

/** Engines of the code for some guards. */
function enginesOf(compiled: Compiled, guards: Int32Array | null): ModuleEngines | null {
  const bytes = moduleOf(compiled.engineParts(guards), sizeOf(compiled), parse);
  return bytes === null ? null : new ModuleEngines(bytes);
}

/** What a search found, counterexamples too: a module's engine walks the way again. */
function found(done: Search) {
  const { store, transitions, depth, levels, findings, cutShort, assumptions, deadEnd } = done;
  const words = store.words.slice(0, store.count * done.compiled.packing.words);
  const schedules = [...findings.values()].map((finding) => scheduleTo(finding, done));
  const { guards, broken } = assumptions;
  const stuck = firstStuck(done);
  return {
    words,
    transitions,
    depth,
    levels,
    findings,
    schedules,
    cutShort,
    guards,
    broken,
    deadEnd,
    stuck: stuck === null ? null : { ...stuck, processes: stuck.processes.map(({ name }) => name) },
  };
}

/**
 * Expects that a search with modules, while guards are learnt and after, finds what one in JavaScript does; and so does
 * one that knows how much there is, and has all its arrays in the module's memory.
 */
function expectSame(model: Model, reductions: Reductions, maxStates: number): number {
  const options = { maxStates };
  const once = (cache: CodeCache | null): Search =>
    search(model, reductions, new Budget(options), options, 50, cache);
  const plain = once(null);
  expectSameWith(null, plain, once);
  const { assumptions, store, depth, moves, cutShort } = plain;
  if (cutShort !== null) return store.count;
  const guards = reductions.local ? Int32Array.from(assumptions.guards) : null;
  const edges = moves?.mostEdges ?? 0;
  const learnt = { guards, states: store.count, depth, edges };
  const inside = expectSameWith(learnt, plain, once);
  expect(inside.store.words.buffer).toBe(inside.engine.batch(1).buffer);
  // Where more comes than was expected, all goes on outside of the module.
  expectSameWith({ ...learnt, states: Math.ceil(store.count / 20), edges: 1 }, plain, once);
  return store.count;
}

function expectSameWith(
  learnt: Learnt | null,
  plain: Search,
  once: (cache: CodeCache) => Search,
): Search {
  let used = 0;
  const kept: KeptCode = {
    learnt,
    make: (_, text) => new Script(text()).runInThisContext() as unknown,
    textOf: () => null,
    moduleOf: () => null,
    engine: (name, size) => {
      const { compiled, assumptions } = plain;
      const isLearning = name === "search" || name === "search undefined";
      const isLast = name === `search ${assumptions.guards.join()}`;
      if (!isLearning && !isLast) return null;
      used++;
      const engines = enginesOf(compiled, isLearning ? null : assumptions.guards);
      if (engines === null) throw new TypeError("no module is made of this code");
      return engines.engine(size);
    },
    keep: () => undefined,
  };
  const done = once(new CodeCache(8, { open: () => kept }, 0));
  expect(found(done)).toEqual(found(plain));
  expect(used).toBeGreaterThan(0);
  return done;
}

describe("a module of generated code", () => {
  it.each(stories)("finds what JavaScript finds in $name", ({ scenario: of, states }) => {
    const model = translate(of);
    expect(expectSame(model, unreduced, 3000)).toBe(states);
    expectSame(model, reduced, 3000);
  });

  it("finds what JavaScript finds in the KVM case, right and wrong", () => {
    for (const of of [
      kvm(kernelC, { fix: "final", cpus: 3 }),
      kvm(kernelC, { fix: "none", mutant: "m2" }),
    ]) {
      expectSame(translate(of), reduced, 1500);
    }
  });

  it("finds what JavaScript finds in random scenarios", () => {
    fc.assert(
      fc.property(scenarios.map(make).filter(makesSense), (of) => {
        expectSame(translate(of), unreduced, 300);
        expectSame(translate(of), reduced, 300);
      }),
      { numRuns: 25 },
    );
  });

  it("is not made where a number may take more than 32 bits", () => {
    const x = variable("x", int(0, 2 ** 20));
    const of = scenario("wide", {
      sizes: { cpu: 1 },
      processes: [thread("T", 0, [set(x, 2 ** 20), wait_until(le(mul(x, x), 7))])],
    });
    const done = search(translate(of), unreduced, new Budget({}), {}, 50, null);
    expect(enginesOf(done.compiled, null)).toBeNull();
  });

  it("is not made of what it does not know, and says no wrong number instead", () => {
    const steps = '(function (base) {\n"use strict";\nreturn { };\n})';
    const others = ["finish", "expandAll", ...seenNames].map((name) => `function ${name}() {}`);
    const seen = `(function (base) { ${others.join(" ")} })`;
    const of = (body: string): Uint8Array | null =>
      moduleOf(
        {
          steps,
          search: `(function (base) { function expand(states, at, id, batch, end, search) { ${body} } })`,
          seen,
        },
        { words: 1, guards: 2, checks: 3, batch: 8 },
        parse,
      );
    expect(of("return end;")).not.toBeNull();
    for (const body of [
      "return end / 2;",
      "return end ** 2;",
      "return other(end);",
      "return search.more[0];",
      "return end++;",
      "const [a] = batch; return a;",
      "do { end--; } while (end > 0); return end;",
      "switch (end) { default: return 1; } return 2;",
      "return Math.max(end, 2);",
      "return `${end}`;",
    ]) {
      expect(of(body), body).toBeNull();
    }
  });
});
