/** Lockdep's verdict beside the explorer's: the quadrant. */
import { expectOptions } from "../primitives/option-names.js";
import type { LockdepOptions, Report } from "../lockdep/index.js";
import type { Scenario } from "../machine/index.js";
import { explore, exploreOptionNames } from "../explore/explore.js";
import type { CoveringOptions } from "../machine/run/covering-runs.js";
import type { ExploreOptions, Result } from "../explore/result/result.js";
import { orderWarnings } from "./lock-orders.js";
import { type Finding, type Found, findingsOf, subjectOf } from "./subject.js";
import { watched } from "./witness.js";

/** How the two verdicts stand to each other. */
export type Quadrant =
  | "both find nothing"
  /** Of the same thing, lockdep says that it could happen, and the explorer that it can. */
  | "both find it"
  /** Lockdep complains of an order that cannot deadlock here. */
  | "false positive"
  /** Lockdep is silent about locks that deadlock. */
  | "false negative"
  /** The explorer found what lockdep does not claim to look for: a race, an assertion, a lost wakeup. */
  | "not lockdep's question"
  /** Lockdep complains of what is wrong on another kernel, or of a rule that has no state: PREEMPT_RT's, say. */
  | "not the explorer's question"
  /** Each complains, of another thing than the other. */
  | "different complaints"
  /** The explorer was cut short. */
  | "inconclusive";

/** Both verdicts on one scenario. */
export interface Verdicts {
  readonly scenario: Scenario;
  /** What lockdep said first when each path had run. */
  readonly report: Report | null;
  /** The steps that no run came to, as `process: step`: of them lockdep heard nothing. */
  readonly neverRan: readonly string[];
  /** What is wrong with an order of locks that lockdep was given. */
  readonly warnings: readonly string[];
  readonly result: Result;
  readonly quadrant: Quadrant;
}

/**
 * Returns where two verdicts meet; only a complete search makes code clean.
 *
 * @param found the explorer's; without its violations, a deadlock is taken to be one of the locks that the
 *   report is about
 * @example
 * quadrantOf(null, explore(peterson())) // "both find nothing"
 */
export function quadrantOf(report: Report | null, found: Found): Quadrant {
  if (found.verdict === "inconclusive") return "inconclusive";
  const said = report === null ? null : subjectOf(report);
  if (found.verdict === "safe") {
    if (said === null) return "both find nothing";
    return said === "order" ? "false positive" : "not the explorer's question";
  }
  const findings = findingsOf(found);
  if (report === null) {
    const missed = findings.some(({ subject }) => subject === "order" || subject === "use");
    return missed ? "false negative" : "not lockdep's question";
  }
  return findings.some((one) => isAbout(one, report)) ? "both find it" : "different complaints";
}

/** Whether a report is about what was found: the same question, and a lock or a wait's map in common. */
function isAbout({ subject, classes, maps }: Finding, report: Report): boolean {
  const asked = subjectOf(report);
  if (subject === asked && classes === null) return true;
  const common = subject === asked ? [...(classes ?? []), ...maps] : [];
  const waited = subject === "wait" && asked === "order" ? maps : [];
  const text = JSON.stringify(report);
  return [...common, ...waited].some((name) => text.includes(JSON.stringify(name)));
}

const optionNames: Record<keyof (CoveringOptions & LockdepOptions & ExploreOptions), true> = {
  ...exploreOptionNames,
  order: true,
  most: true,
  runs: true,
  kernel: true,
  limits: true,
  keepGoing: true,
  shortcuts: true,
};

/**
 * Returns what lockdep and the explorer say of a scenario.
 *
 * @example
 * bothOn(abba()).quadrant // "both find it"
 */
export function bothOn(
  scenario: Scenario,
  options: CoveringOptions & LockdepOptions & ExploreOptions = {},
): Verdicts {
  expectOptions("bothOn()", options, optionNames);
  const { model, lockdep, neverRan } = watched(scenario, options);
  const { report } = lockdep;
  const search = Object.entries(options).filter(([name]) => name in exploreOptionNames);
  const result = explore(scenario, Object.fromEntries(search));
  return {
    scenario,
    report,
    neverRan,
    warnings: orderWarnings(model),
    result,
    quadrant: quadrantOf(report, result),
  };
}
