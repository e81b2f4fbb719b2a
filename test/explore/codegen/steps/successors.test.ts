import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stories } from "../../../../lib/atlas/stories/index.js";
import { checkKinds } from "../../../../lib/explore/codegen/expressions/effects.js";
import { pack, unpack } from "../../../../lib/explore/codegen/layout/packing.js";
import { unreduced } from "../../../../lib/explore/result/reductions.js";
import { Budget } from "../../../../lib/explore/search/budget.js";
import { search } from "../../../../lib/explore/search/search.js";
import { SearchContext } from "../../../../lib/explore/codegen/layout/search-context.js";
import { kvm } from "../../../../lib/kvm/index.js";
import {
  type Model,
  type Scenario,
  type State,
  enabled,
  isQuiescent,
  takeStep,
  translate,
} from "../../../../lib/machine/index.js";
import { make, makesSense, scenarios } from "../../random-scenarios.js";
import { loadKernelC } from "../../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

/** What the steps of the machine lead to: each step, the words after it, and the kinds of checks failed. */
function steppedFrom(model: Model, state: State, words: (state: State) => readonly number[]) {
  return enabled(model, state).map((transition) => {
    const { state: next, violations } = takeStep(model, state, transition);
    const failed = [...new Set(violations.map(({ kind }) => kind))].sort();
    return { transition: transition.id, words: words(next), failed };
  });
}

/** Expects of so many states that the generated code finds the steps of the machine, in their order. */
function expectSameSteps(of: Scenario, maxStates: number): number {
  const model = translate(of);
  const found = search(model, unreduced, new Budget({ maxStates }), { maxStates });
  const { compiled, store, engine } = found;
  const { record, packing, maxSuccessors } = compiled;
  const failed = new Map<number, Set<string>>();
  const unreported = new Int32Array(model.transitions.length * checkKinds.length);
  const context = new SearchContext(found.assumptions, unreported, (check) => {
    const transition = Math.floor(check / checkKinds.length);
    const kinds = failed.get(transition) ?? new Set();
    failed.set(transition, kinds.add(checkKinds[check % checkKinds.length] ?? ""));
  });
  const batch = new Int32Array((maxSuccessors + 1) * record.stride);
  for (let id = 0; id < store.count; id++) {
    const at = id * packing.words;
    const state = unpack(packing, store.words, at);
    failed.clear();
    const end = engine.expand(store.words, at, id, batch, 0, context);
    const generated = Array.from({ length: end / record.stride }, (_, n) => {
      const row = batch.subarray(n * record.stride, (n + 1) * record.stride);
      const transition = row[record.transition] ?? -1;
      return {
        transition,
        words: [...row.subarray(0, record.words)],
        failed: [...(failed.get(transition) ?? [])].sort(),
      };
    });
    const byNumber = <T extends { readonly transition: number }>(
      steps: readonly T[],
    ): readonly T[] => [...steps].sort((a, b) => a.transition - b.transition);
    const stepped = steppedFrom(model, state, (next) => pack(packing, next).map((w) => w | 0));
    expect(byNumber(generated)).toEqual(byNumber(stepped));
    expect(context.quiet[0] === 1).toBe(isQuiescent(model, state));
  }
  return store.count;
}

describe("the generated successor function", () => {
  it.each(stories)("equals step() in every state of $name", ({ scenario, states }) => {
    expect(expectSameSteps(scenario, 3000)).toBe(states);
  });

  it("equals step() in states of the KVM case, right and wrong", () => {
    expectSameSteps(kvm(kernelC, { fix: "final" }), 3000);
    expectSameSteps(kvm(kernelC, { fix: "none", mutant: "m2" }), 3000);
  });

  it("equals step() in every state of random scenarios", () => {
    fc.assert(
      fc.property(scenarios.map(make).filter(makesSense), (of) => {
        expectSameSteps(of, 500);
      }),
      { numRuns: 100 },
    );
  });
});
