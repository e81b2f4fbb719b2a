/** A schedule as maintainers write it into a changelog: a column a CPU, only the steps that matter, numbered. */
import { type Model, replay } from "../../machine/index.js";
import { untilAllStand } from "../counterexample/until-all-stand.js";
import { layOut, lineWidth } from "./layout.js";
import { whatMatters } from "./matters.js";
import { rowsOf } from "./rows.js";
import { sentencesOf } from "./sentences.js";
import { paragraph } from "../../primitives/paragraph.js";

/**
 * Returns a schedule as text for a changelog, in lines of at most 72 columns: who waits for which step, and the
 * steps that this hangs on, a column for each CPU.
 *
 * The form is that of kernel commit 44d174596260. A schedule to a deadlock goes on until all stand. More CPUs
 * than fit beside each other stand below each other.
 *
 * @param schedule transitions from the initial state, by `Transition.id`
 * @throws RangeError if the schedule is not one of the model
 * @example
 * const model = translate(abba());
 * const { schedule } = explore(abba()).violations.deadlock;
 * changelogTimeline(model, schedule)[0] // "CPU0 #3 waits for CPU1 #2 and CPU1 #4 waits for CPU0 #1."
 */
export function changelogTimeline(model: Model, schedule: readonly number[]): readonly string[] {
  const trace = replay(model, untilAllStand(model.scenario, schedule));
  if (trace.failedAt !== null) {
    throw new RangeError(
      `step ${String(trace.failedAt + 1)} of the schedule is not possible: is it of another scenario than "${model.scenario.name}"?`,
    );
  }
  const matters = whatMatters(trace);
  const rows = rowsOf(trace, matters);
  const prose = sentencesOf(trace, matters, rows).flatMap((text) => paragraph(text, lineWidth));
  return [...prose, "", ...layOut(rows.rows)];
}
