/** Lockdep's verdict beside the explorer's: the quadrant. */
import { expectOptions } from "../primitives/option-names.js";
import type { LockdepOptions, Report } from "../lockdep/index.js";
import type { Scenario } from "../machine/index.js";
import { explore, exploreOptionNames } from "../explore/explore.js";
import type { InTurnOptions } from "../machine/run/sequential.js";
import type { ExploreOptions, Result } from "../explore/result/result.js";
import { lockdepOn } from "./witness.js";

/** How the two verdicts stand to each other; `inconclusive` where the explorer was cut short. */
export type Quadrant =
  "agree-clean" | "agree-bug" | "false positive" | "false negative" | "inconclusive";

/** Both verdicts on one scenario. */
export interface Verdicts {
  readonly scenario: Scenario;
  /** What lockdep said first when each path had run once. */
  readonly report: Report | null;
  readonly result: Result;
  readonly quadrant: Quadrant;
}

/** Returns where two verdicts meet; only a complete search makes code clean. */
export function quadrantOf(report: Report | null, { verdict }: Pick<Result, "verdict">): Quadrant {
  if (verdict === "inconclusive") return "inconclusive";
  if (verdict === "safe") return report === null ? "agree-clean" : "false positive";
  return report === null ? "false negative" : "agree-bug";
}

const optionNames: Record<keyof (InTurnOptions & LockdepOptions & ExploreOptions), true> = {
  ...exploreOptionNames,
  order: true,
  most: true,
  kernel: true,
  limits: true,
  keepGoing: true,
  shortcuts: true,
};

/**
 * Returns what lockdep and the explorer say of a scenario.
 *
 * @example
 * bothOn(abba).quadrant // "agree-bug"
 */
export function bothOn(
  scenario: Scenario,
  options: InTurnOptions & LockdepOptions & ExploreOptions = {},
): Verdicts {
  expectOptions("bothOn()", options, optionNames);
  const { report } = lockdepOn(scenario, options);
  const search = Object.entries(options).filter(([name]) => name in exploreOptionNames);
  const result = explore(scenario, Object.fromEntries(search));
  return { scenario, report, result, quadrant: quadrantOf(report, result) };
}
