/** The shortest way to a violation, as a timeline. */
import {
  type Counterexample,
  type Property,
  type Result,
  untilAllStand,
} from "../../explore/index.js";
import type { Figure } from "../draw/figure.js";
import { timeline } from "./timeline.js";
import { traceOf, type Trace } from "../trace/trace.js";

/**
 * Returns the timeline of a shortest schedule that violates a property; one to a deadlock goes on
 * until all stand; a mark and its heading say from which step on it is certain.
 *
 * @param result what the explorer found
 * @param property which violation; the one that is the verdict, if left out
 * @param title what it shows, as a sentence; the scenario's name and what happens, if left out
 * @throws Error if the property was not violated, with the verdict and its bounds
 * @example
 * show(counterexample(explore(abba())))
 */
export function counterexample(result: Result, property?: Property, title?: string): Figure {
  return timeline(counterexampleTrace(result, property, title));
}

/**
 * Returns the same as a trace, for the step player and other figures.
 *
 * @param result what the explorer found
 * @param property which violation; the one that is the verdict, if left out
 * @param title what it shows, as a sentence; the scenario's name and what happens, if left out
 * @throws Error if the property was not violated, with the verdict and its bounds
 * @example
 * counterexampleTrace(explore(abba())).steps.length // 2
 */
export function counterexampleTrace(result: Result, property?: Property, title?: string): Trace {
  const { verdict, violations, scenario, summary } = result;
  const wanted = property ?? (verdict === "safe" || verdict === "inconclusive" ? null : verdict);
  const found = wanted === null ? undefined : violations[wanted];
  if (found === undefined) {
    throw new Error(`there is no counterexample${property ? ` to "${property}"` : ""}: ${summary}`);
  }
  const { schedule } = found;
  const shown = found.property === "deadlock" ? untilAllStand(scenario, schedule) : schedule;
  const certain =
    shown.length > schedule.length ? `, certain after step ${String(schedule.length)}` : "";
  const heading = `${title ?? `${scenario.name}: ${happens(found)}`}${certain}`;
  const mark = found.property === "deadlock" ? schedule.length : null;
  return traceOf(scenario, shown, heading, mark);
}

/** Returns what happens, as the end of a sentence. */
function happens({ property, message }: Counterexample): string {
  switch (property) {
    case "deadlock":
      return "it deadlocks";
    case "livelock":
      return message;
    case "lost-wakeup":
      return "a wakeup is lost";
    case "invariant":
      return `"${message}" breaks`;
    case "corruption":
    case "assert":
    case "misuse":
      return message;
  }
}
