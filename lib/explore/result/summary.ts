/** A result in a sentence, with its bounds. */
import type { Scenario } from "../../machine/index.js";
import { counted, grouped } from "../../primitives/counted.js";
import { merges } from "./reductions.js";
import { type Property, type Result, properties as allProperties } from "./result.js";

/**
 * Returns the verdict and what it is about.
 *
 * @param asked the properties that were looked for
 * @example
 * summaryOf(explore(abba()), ["deadlock"]) // "deadlock in 2 steps (10 states of 2 CPUs)"
 */
export function summaryOf(
  result: Pick<
    Result,
    | "verdict"
    | "violations"
    | "states"
    | "reductions"
    | "scenario"
    | "cutShort"
    | "complete"
    | "depth"
  >,
  asked: readonly Property[] = allProperties,
): string {
  const { verdict, violations, states, reductions, scenario, cutShort, complete } = result;
  const kind = `${merges(reductions) ? "reduced " : ""}${states === 1 ? "state" : "states"}`;
  const where = `${grouped(states)} ${kind} of ${sizesOf(scenario)}`;
  if (verdict === "inconclusive") {
    const deep = `${counted(result.depth, "step")} deep`;
    return `inconclusive: cut short (${cutShort ?? "?"}) after ${where}, ${deep}${wayOn(cutShort)}`;
  }
  if (verdict === "safe") {
    const nothing = asked.length === allProperties.length ? "nothing wrong" : noneOf(asked);
    return `${nothing} in all ${where}`;
  }
  const steps = violations[verdict]?.schedule.length ?? 0;
  const looked = complete ? where : `after ${where}, cut short`;
  return `${verdict} in ${counted(steps, "step")} (${looked})`;
}

/** Which budget was too small, and what else there is. */
function wayOn(cutShort: Result["cutShort"]): string {
  const budget = budgets[cutShort ?? "cancelled"];
  if (budget === null) return "";
  const further = `; a larger ${budget} goes further`;
  return cutShort === "memory"
    ? `${further}, and SPIN on many cores does (npx lab promela); there are more states than these`
    : further;
}

const budgets = {
  states: "maxStates",
  memory: "maxMegabytes",
  depth: "maxDepth",
  time: "maxSeconds",
  cancelled: null,
} as const;

const noneOf = (asked: readonly Property[]): string => `no ${asked.join(", no ")}`;

const names: Readonly<Record<string, string>> = { cpu: "CPU", vcpu: "vCPU" };

/** The members of each set; without any, the processes. */
function sizesOf({ sizes, processes }: Pick<Scenario, "sizes" | "processes">): string {
  const all = Object.entries(sizes).map(([set, n]) => counted(n, names[set] ?? set));
  return all.length === 0 ? counted(processes.length, "process", "processes") : all.join(" and ");
}
