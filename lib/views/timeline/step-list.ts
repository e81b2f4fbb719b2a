/** The steps of a timeline in words. */
import type { Drawing } from "../draw/card.js";
import type { SvgNode } from "../draw/svg.js";
import { labelLines, type TextStyle, wrap } from "../draw/text.js";
import type { Trace } from "../trace/trace.js";

/** How the list and the legend are set. */
export const listStyle: TextStyle = { size: 11.5 };
const most = 100;
/** Where the second line of a step begins, so that the eye finds the numbers. */
const hanging = 14;

/** Returns a step in words: number, CPU, process, place, label, what it changed. */
export function stepText(trace: Trace, i: number): string {
  const step = trace.steps[i];
  if (step === undefined) return "";
  const where = step.cpu === null ? "" : `CPU ${step.cpu} `;
  const changed = changedValues(trace, i);
  const now = changed.length === 0 ? "" : ` (${changed.join(", ")})`;
  const place = step.at === null ? "" : `${step.at.file}:${step.at.line} `;
  const mark = trace.certain === i + 1 ? ` — ${fromHereOn}` : "";
  return `${i + 1}  ${where}${step.by}: ${place}${step.label}${now}${mark}`;
}

/** What is said of the step that makes a deadlock certain. */
const fromHereOn = "from here on nobody can get out";

/** More changes than these say too much for a line. */
const mostChanged = 2;

/** The variables that a step changed, with their values after it: `count = 1`. */
function changedValues(trace: Trace, i: number): readonly string[] {
  const before = new Map((trace.steps[i - 1]?.after ?? trace.start).values);
  const after = trace.steps[i]?.after.values ?? [];
  const changed = after.filter(([name, value]) => before.get(name) !== value);
  return changed.length > mostChanged ? [] : changed.map(([name, value]) => `${name} = ${value}`);
}

/** The steps in words, in two columns, so that the picture can be read without a pointer. */
export function drawList(trace: Trace, width: number): Drawing {
  const shown = Math.min(trace.steps.length, most);
  const half = width / 2 - 12;
  const texts = Array.from({ length: shown }, (_, i) =>
    wrap(stepText(trace, i), half - hanging, listStyle),
  );
  if (shown < trace.steps.length) texts.push([`… and ${trace.steps.length - shown} more steps`]);
  const total = texts.reduce((sum, lines) => sum + lines.length, 0);
  const nodes: SvgNode[] = [];
  let [used, column, y, deepest] = [0, 0, 0, 0];
  for (const lines of texts) {
    if (column === 0 && used >= total / 2) [column, y] = [1, 0];
    const x = column * (half + 24);
    nodes.push(
      ...labelLines(lines.slice(0, 1), x, y + 12, listStyle),
      ...labelLines(lines.slice(1), x + hanging, y + 28, listStyle, 16),
    );
    y += 16 * lines.length;
    used += lines.length;
    deepest = Math.max(deepest, y);
  }
  return { width, height: deepest, nodes };
}
