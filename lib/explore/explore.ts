/** Every interleaving of a scenario, breadth first. */
import { type Scenario, translate } from "../machine/index.js";
import { Budget } from "./budget.js";
import {
  type Counterexample,
  type ExploreOptions,
  type Property,
  type Result,
  properties as allProperties,
} from "./result.js";
import { type Finding, type Search, search } from "./search.js";
import { summaryOf } from "./summary.js";
import { describeStuck, firstStuck } from "./stuck.js";

/**
 * Returns what can happen in a scenario: verdict, shortest counterexamples, counts and bounds.
 *
 * @example
 * explore(abba).verdict // "deadlock"
 */
export function explore(scenario: Scenario, options: ExploreOptions = {}): Result {
  const model = translate(scenario);
  const budget = new Budget(options);
  const done = search(model, budget, options);
  const violations: Partial<Record<Property, Counterexample>> = {};
  const { properties = allProperties } = options;
  if (properties.includes("deadlock") && done.cutShort === null) {
    const stuck = firstStuck(done);
    if (stuck !== null) {
      const message = describeStuck(stuck, done);
      const { state } = stuck;
      const at = { property: "deadlock", message, state, transition: null, depth: 0 } as const;
      violations.deadlock = counterexample(at, done);
    }
  }
  for (const [property, finding] of done.findings) {
    violations[property] = counterexample(finding, done);
  }
  const violated = allProperties.find((p) => violations[p] !== undefined);
  const complete = done.cutShort === null;
  const verdict = violated ?? (complete ? "safe" : "inconclusive");
  const result: Omit<Result, "summary"> = {
    scenario,
    verdict,
    violations,
    complete,
    cutShort: done.cutShort,
    states: done.store.count,
    transitions: done.transitions,
    depth: done.depth,
    seconds: budget.seconds,
    megabytes: done.store.bytes / 2 ** 20,
  };
  return { ...result, summary: summaryOf(result, properties) };
}

function counterexample(finding: Finding, { store }: Search): Counterexample {
  const { property, message, state, transition } = finding;
  const schedule: number[] = transition === null ? [] : [transition];
  for (let at = state; at > 0; at = store.parents[at] ?? 0) {
    schedule.push(store.transitions[at] ?? 0);
  }
  return { property, message, schedule: schedule.reverse() };
}
