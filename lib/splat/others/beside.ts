/** What other tools said near a report: it may be the same fault, seen while it happened. */
import type { SplatReport } from "../report/index.js";
import type { OtherReport } from "./other-report.js";

/** So many lines after a report still belong to what it warned of. */
const near = 2000;

/**
 * Returns a sentence for each report of another tool after this one that names its task.
 *
 * @param report a report as read
 * @param others of the same text
 */
export function besideOf(report: SplatReport, others: readonly OtherReport[]): readonly string[] {
  const { task, firstLine, lastLine } = report;
  if (task === null) return [];
  const name = `${task.comm}/${String(task.pid)}`;
  return others
    .filter(({ line }) => line > firstLine && line < lastLine + near)
    .flatMap(({ line, title, task: by, owner }) => {
      const at = `Line ${String(line)} of the text`;
      if (owner === name && by !== name) {
        return [
          `${at}: ${by ?? "another task"} spins for a lock that ${name} has. What the report warned of may have happened.`,
        ];
      }
      return by === name ? [`${at}, of the same task: ${title}.`] : [];
    });
}
