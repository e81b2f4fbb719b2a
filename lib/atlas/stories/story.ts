/** What a story is: a scenario with the answers that it must give. */
import type { Property } from "../../explore/index.js";
import type { ReportKind } from "../../lockdep/index.js";
import type { Scenario } from "../../machine/index.js";

/** A scenario and its expected answer, unreduced. */
export interface Story {
  /** As `lab promela --case` knows it. */
  readonly name: string;
  readonly scenario: Scenario;
  readonly verdict: "safe" | Property;
  readonly states: number;
  /** Steps of a shortest counterexample; null if it is safe. */
  readonly steps: number | null;
  /** What lockdep says of it; null if it is silent. */
  readonly report: ReportKind | null;
}

/** Whether a story is told with its bug or without. */
export interface StoryOptions {
  readonly fixed?: boolean;
}

/** Returns what a scenario is called. */
export const title = (name: string, { fixed = false }: StoryOptions): string =>
  fixed ? `${name}, mended` : name;

/** Returns a story that ends well, in so many states. */
export const safe = (
  name: string,
  scenario: Scenario,
  states: number,
  report: ReportKind | null = null,
): Story => ({ name, scenario, verdict: "safe", states, steps: null, report });

/** Returns a story that ends badly. */
export const bad = (
  name: string,
  scenario: Scenario,
  verdict: Property,
  [states, steps]: readonly [states: number, steps: number],
  report: ReportKind | null = null,
): Story => ({ name, scenario, verdict, states, steps, report });
