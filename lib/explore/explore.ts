/** Every interleaving of a scenario. */
import { type Model, type Scenario, translate } from "../machine/index.js";
import { expectOptions } from "../primitives/option-names.js";
import { boundWarnings } from "./result/bound-warnings.js";
import { Budget } from "./search/budget.js";
import { type Reductions, chosen, unreduced } from "./result/reductions.js";
import { scheduleTo } from "./counterexample/reconstruct.js";
import { hostThreads } from "./parallel/threads.js";
import { replay } from "../machine/run/replay.js";
import {
  type Counterexample,
  type Violations,
  type ExploreOptions,
  type Result,
  properties as allProperties,
} from "./result/result.js";
import { type Finding, type Search, depthsOf, search } from "./search/search.js";
import { describeStuck, firstStuck } from "./deadlock/deadlock.js";
import { firstOf, outOfBoundsWarnings } from "./counterexample/out-of-bounds.js";
import { starvationWarnings } from "./deadlock/starvation.js";
import { leftOutWarnings } from "./result/left-out-warnings.js";
import { signalWarnings } from "./result/signal-warnings.js";
import { unreadWarnings } from "./result/unread-warnings.js";
import { waysToBe } from "./analysis/places.js";
import { reductionsUsed, symmetryWarnings } from "./analysis/symmetry-left-out.js";
import { summaryOf } from "./result/summary.js";

/** A second search, for shortest counterexamples, gives up beyond this many states. */
const mostStatesForShortest = 8_000_000;

/** A graph that turns out no larger than this is explored as it is: counts are the scenario's own. */
const smallGraph = 10_000;

/**
 * Where processes can be in more ways than this, it is not tried: the KVM case with two CPUs and two vCPUs
 * has a tenth of it, with three CPUs the thirtyfold.
 */
const mostPlaces = 1e9;

const strategies: readonly string[] = ["breadth", "depth"];

/** Every option that there is. */
export const exploreOptionNames: Record<keyof ExploreOptions, true> = {
  properties: true,
  reductions: true,
  strategy: true,
  shortest: true,
  jobs: true,
  depths: true,
  maxStates: true,
  maxMegabytes: true,
  maxDepth: true,
  maxSeconds: true,
  onProgress: true,
  signal: true,
};

/**
 * Returns what can happen in a scenario: verdict, counterexamples, counts and bounds.
 *
 * A graph that turns out small is searched as it is. A larger one is searched reduced, which gives the
 * verdict; if something is violated, another search, which merges no steps and goes breadth first, finds
 * the shortest counterexamples.
 *
 * @throws TypeError that names the place where the scenario, a property or an option makes no sense
 * @throws RangeError if a limit is negative or no number
 * @example
 * explore(abba()).verdict // "deadlock"
 */
export function explore(scenario: Scenario, options: ExploreOptions = {}): Result {
  return exploreModel(translate(scenario), options);
}

/** Returns the same of a scenario that was translated already. */
export function exploreModel(model: Model, options: ExploreOptions): Result {
  expectOptions("explore()", options, exploreOptionNames);
  if (options.properties?.length === 0) {
    throw new TypeError(`no property is asked for; there are ${allProperties.join(", ")}`);
  }
  if (!strategies.includes(options.strategy ?? "breadth")) {
    throw new TypeError(
      `no strategy is called "${String(options.strategy)}"; there are breadth, depth`,
    );
  }
  const { jobs = 1 } = options;
  if (!Number.isInteger(jobs) || jobs < 1) {
    throw new RangeError(`jobs is ${String(jobs)}; a whole number from 1 on is wanted`);
  }
  if (jobs > 1 && options.strategy === "depth") {
    throw new TypeError("jobs go with breadth first; depth first is one way after another");
  }
  for (const name of options.properties ?? []) {
    if (allProperties.includes(name)) continue;
    throw new TypeError(`no property is called "${name}"; there are ${allProperties.join(", ")}`);
  }
  const reductions = chosen(options.reductions, model);
  const budget = new Budget(options);
  const { maxStates = Infinity } = options;
  if (options.reductions === undefined && mayBeSmall(model)) {
    const limited = { ...options, maxStates: Math.min(smallGraph, maxStates) };
    const small = search(model, unreduced, budget.within(limited, "small"), limited);
    if (small.cutShort !== "states" || maxStates <= smallGraph) {
      return finished(small, budget, options);
    }
  }
  return finished(search(model, reductions, budget, options), budget, options);
}

/** Whether it is worth trying to explore the graph as it is. */
const mayBeSmall = (model: Model): boolean => waysToBe(model) <= mostPlaces;

/** The result of a search, with a second search if its counterexamples may not be shortest. */
function finished(done: Search, budget: Budget, options: ExploreOptions): Result {
  const { model, reductions } = done.compiled;
  const violations = violationsOf(done, options);
  const found = Object.keys(violations).length > 0;
  if (found && !findsShortest(done) && options.shortest !== false) {
    for (const better of Object.values(shorter(model, reductions, budget, options))) {
      const known = violations[better.property];
      const longer = known !== undefined && known.schedule.length < better.schedule.length;
      if (!longer) violations[better.property] = better;
    }
  }
  return resultOf(done, violations, budget, options);
}

function resultOf(
  done: Search,
  violations: Violations,
  budget: Budget,
  options: ExploreOptions,
): Result {
  const complete = done.cutShort === null;
  const { model, symmetry } = done.compiled;
  const reductions = reductionsUsed(done.compiled.reductions, symmetry);
  const violated = firstOf(model, violations);
  const result = {
    scenario: model.scenario,
    verdict: violated ?? (complete ? "safe" : "inconclusive"),
    violations,
    complete,
    cutShort: done.cutShort,
    states: done.store.count,
    transitions: done.transitions,
    depth: done.depth,
    depths: options.depths === true ? depthsOf(done) : null,
    seconds: budget.seconds,
    megabytes: done.bytes / 2 ** 20,
    reductions,
  } as const;
  const summary = summaryOf(result, options.properties);
  const warnings = [
    ...boundWarnings(result, model, options.properties),
    ...symmetryWarnings(symmetry),
    ...outOfBoundsWarnings(model, violations),
    ...unreadWarnings(model),
    ...leftOutWarnings(model.scenario),
    ...signalWarnings(model),
    ...((options.jobs ?? 1) > 1 && hostThreads() === null
      ? ["there are no other threads where this runs, so that it was one job"]
      : []),
    ...(result.verdict === "safe" ? starvationWarnings(model, done.store.count) : []),
  ];
  return { ...result, summary, warnings };
}

/** Shortest counterexamples, as far as the budget lets them be found. */
function shorter(
  model: Model,
  reductions: Reductions,
  budget: Budget,
  options: ExploreOptions,
): Violations {
  const { maxStates = mostStatesForShortest } = options;
  const most = Math.min(maxStates, mostStatesForShortest);
  const limited = { ...options, strategy: "breadth", maxStates: most } as const;
  const exact = { ...reductions, local: false };
  const done = search(model, exact, budget.within(limited, "shortest"), limited);
  return violationsOf(done, options);
}

/** Whether what a search finds first is nearest. */
const findsShortest = ({ compiled, levels }: Search): boolean =>
  !compiled.reductions.local && levels !== null;

function violationsOf(done: Search, options: ExploreOptions): Violations {
  const violations: Violations = {};
  const { properties = allProperties } = options;
  for (const finding of done.findings.values()) {
    violations[finding.property] = counterexample(finding, done);
  }
  if (done.moves !== null) {
    const stuck = firstStuck(done);
    if (stuck === null || !properties.includes(stuck.property)) return violations;
    const { state, property } = stuck;
    const at = { property, message: "", state, transition: null } as const;
    const found = counterexample(at, done);
    violations[property] = { ...found, message: describeStuck(stuck, done, found.schedule) };
  }
  return violations;
}

function counterexample(finding: Finding, done: Search): Counterexample {
  const { property } = finding;
  const schedule = scheduleTo(finding, done);
  const { steps } = replay(done.compiled.model, schedule);
  const failed = steps[steps.length - 1]?.violations.find(({ kind }) => kind === property);
  const message = failed?.message ?? finding.message;
  // A partial deadlock shows only when all is known.
  const nearest = (property !== "deadlock" && property !== "livelock") || done.cutShort === null;
  return { property, message, schedule, shortest: nearest && findsShortest(done) };
}
