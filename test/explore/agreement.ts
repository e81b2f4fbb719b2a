/** Whether the reductions agree about a scenario: what none of them may change. */
import { expect } from "vitest";
import { type Reductions, exploreModel, properties } from "../../lib/explore/index.js";
import { replay } from "../../lib/machine/index.js";
import { CodeCache, codeCacheKey } from "../../lib/explore/codegen/code-cache.js";
import { Budget } from "../../lib/explore/search/budget.js";
import { type Search, search } from "../../lib/explore/search/search.js";
import { firstStuck } from "../../lib/explore/deadlock/deadlock.js";
import { terminals } from "./terminals.js";
import { type Model, type Scenario, translate } from "../../lib/machine/index.js";

const ways: readonly Reductions[] = [
  { local: false, symmetry: false },
  { local: true, symmetry: false },
  { local: false, symmetry: true },
  { local: true, symmetry: true },
  { local: true, partialOrder: false, symmetry: false },
];

/** Expects the same answers with each reduction on and off; returns the violated properties. */
export function agree(of: Scenario): readonly string[] {
  const sets = Object.keys(of.sizes);
  // Sets one by one are another symmetry only where there are several.
  const alone = sets.length < 2 ? [] : sets.map((set) => ({ local: true, symmetry: [set] }));
  const model = translate(of);
  const all = [...ways, ...alone];
  const [first, ...rest] = all.map((way) => withOneCode(() => essence(model, way)));
  for (const other of rest) expect(other).toEqual(first);
  return first?.violated ?? [];
}

/** Searches of one way differ in when they learn, and not in their code: that is made once. */
function withOneCode<T>(searches: () => T): T {
  Reflect.set(globalThis, codeCacheKey, new CodeCache(1));
  try {
    return searches();
  } finally {
    Reflect.deleteProperty(globalThis, codeCacheKey);
  }
}

function essence(model: Model, reductions: Reductions) {
  const found = search(model, reductions, new Budget({}));
  // Code made for guards of which almost nothing was learnt before has to learn, too.
  const hasty = search(model, reductions, new Budget({}), {}, 0);
  expect(outcome(hasty)).toEqual(outcome(found));
  const result = exploreModel(model, { reductions });
  for (const violation of Object.values(result.violations)) {
    expect(replay(model, violation.schedule).failedAt).toBeNull();
  }
  return {
    // What this search found by itself: `explore()` looks again where anything is violated.
    found: outcome(found),
    violated: properties.filter((p) => result.violations[p] !== undefined),
    lengths: properties.map((p) => result.violations[p]?.schedule.length ?? null),
    complete: found.cutShort === null,
  };
}

/** What does not depend on when a search took its guards as known. */
function outcome(found: Search) {
  const stuck = firstStuck(found) === null ? [] : ["deadlock"];
  return { violated: [...found.findings.keys(), ...stuck].sort(), terminals: terminals(found) };
}
