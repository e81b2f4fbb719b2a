/** The shortest way to a violation, as a timeline. */
import type { Counterexample, Property, Result } from "../../explore/index.js";
import { untilClosed } from "../../machine/run/until-cycle.js";
import type { Figure } from "../draw/figure.js";
import { timeline } from "./timeline.js";
import { traceOf } from "../trace/trace.js";

/**
 * Returns the timeline of a shortest schedule that violates a property; one to a deadlock goes on
 * until those in it wait for each other, and its heading says from which step on it is certain.
 *
 * @param result what the explorer found
 * @param property which violation; the one that is the verdict, if left out
 * @param title what it shows, as a sentence; the scenario's name and what happens, if left out
 * @throws Error if the property was not violated, with the verdict and its bounds
 * @example
 * show(counterexample(explore(abba())))
 */
export function counterexample(result: Result, property?: Property, title?: string): Figure {
  const { verdict, violations, scenario, summary } = result;
  const wanted = property ?? (verdict === "safe" || verdict === "inconclusive" ? null : verdict);
  const found = wanted === null ? undefined : violations[wanted];
  if (found === undefined) {
    throw new Error(`there is no counterexample${property ? ` to "${property}"` : ""}: ${summary}`);
  }
  const { schedule } = found;
  const shown = found.property === "deadlock" ? untilClosed(scenario, schedule) : schedule;
  const certain =
    shown.length > schedule.length ? `, certain after step ${String(schedule.length)}` : "";
  return timeline(
    traceOf(scenario, shown, `${title ?? `${scenario.name}: ${happens(found)}`}${certain}`),
  );
}

/** What happens, as the end of a sentence. */
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
