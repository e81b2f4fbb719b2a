/** Folds the stacks among a report's lines to the first few functions that matter. */
import { readFrame } from "../../splat/read/draft/site.js";
import type { Line } from "../../splat/read/input/line.js";
import type { PartRole, ReportPart } from "../../splat/read/parts.js";
import { acquiring, plainName, reporting } from "../../splat/stacks/functions.js";

/** A line of a report, or lines folded into one. */
export type SplatPartRow = string | { readonly folded: readonly string[] };

/** Parts that end in a stack. */
const stacks: readonly PartRole[] = [
  "backtrace",
  "chain",
  "connected",
  "registered",
  "usage-block",
];

type Rank = "text" | "hidden" | "function";

function rankOf({ role }: ReportPart, line: Line): Rank {
  // The lab prints the functions of its models without offsets.
  const frame = readFrame(line, stacks.includes(role) && line.text.startsWith(" "));
  if (frame !== null) {
    const name = plainName(frame.symbol ?? "");
    const own = !frame.unsure && !reporting.test(name) && !acquiring.test(name);
    return own ? "function" : "hidden";
  }
  if (/^\s*<\/?(?:IRQ|TASK|NMI)>/.test(line.text)) return "hidden";
  // Registers, modules and code stand among the last stack.
  const machine = role === "machine" || (role === "backtrace" && !line.text.trim().endsWith(":"));
  return machine || /^\s*Call [Tt]race:/.test(line.text) ? "hidden" : "text";
}

/**
 * Returns the lines of a part, its stacks folded.
 *
 * @param keep functions shown of each stack, 1 or more
 */
export function foldLines(part: ReportPart, keep: number): readonly SplatPartRow[] {
  const rows: SplatPartRow[] = [];
  let run: (readonly [Rank, string])[] = [];
  const flush = (): void => {
    const shown = run.filter(([rank]) => rank === "function").slice(0, keep);
    const hidden = run.filter((each) => !shown.includes(each)).map(([, text]) => text);
    rows.push(...shown.map(([, text]) => text));
    if (hidden.length > 0) rows.push({ folded: hidden });
    run = [];
  };
  for (const line of part.lines) {
    const text = line.text.trimEnd();
    if (text === "" || /^[=-]{8,}$/.test(text)) continue;
    const rank = rankOf(part, line);
    if (rank === "text") {
      flush();
      rows.push(text);
    } else run.push([rank, text]);
  }
  flush();
  return rows;
}
