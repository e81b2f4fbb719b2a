/** What is said of a patch that does not apply: each such hunk, beside the place that is nearest to it. */
import { type StructuredPatch, type StructuredPatchHunk, applyPatch, reversePatch } from "diff";
import { butForBlanks } from "./compare-lines.js";
import { mostFuzz } from "./fuzz.js";

/** Returns what to say of each hunk that does not apply by itself. */
export function failures(text: string, file: string, whole: StructuredPatch): readonly string[] {
  const { hunks } = whole;
  const said = hunks.flatMap((hunk, at) => {
    const alone = applyPatch(
      text,
      { ...whole, hunks: [hunk] },
      { fuzzFactor: mostFuzz, compareLine: butForBlanks },
    );
    return alone === false ? [failure(text, file, hunk, at, hunks.length)] : [];
  });
  if (said.length > 0) {
    const undone = applyPatch(text, reversePatch(whole), { compareLine: butForBlanks });
    const before = undone === false ? [] : [`${file}: it is applied already, as it seems.`];
    return [...said, ...before, "Nothing was applied."];
  }
  return [`${file}: each hunk fits somewhere, but not one after the other. Nothing was applied.`];
}

function failure(
  text: string,
  file: string,
  { oldStart, oldLines, newStart, newLines, lines }: StructuredPatchHunk,
  at: number,
  count: number,
): string {
  const wanted = lines
    .filter((line) => !line.startsWith("+") && !line.startsWith("\\"))
    .map((line) => line.slice(1));
  const all = text.split("\n");
  const near = nearestPlace(all, wanted);
  const head = `hunk ${String(at + 1)} of ${String(count)} (@@ -${String(oldStart)},${String(oldLines)} +${String(newStart)},${String(newLines)} @@) does not apply`;
  if (near === null) return `${file}: ${head}: nothing in the text is like it`;
  const rows = wanted.map((line, k) => {
    const found = all[near + k];
    const number = String(near + k + 1).padStart(5);
    if (found !== undefined && butForBlanks(0, found, " ", line)) return `${number} |   ${found}`;
    return `${number} | - ${line}   <- the patch\n      | + ${found ?? "(the end of the text)"}   <- the text`;
  });
  return [`${file}:${String(near + 1)}: ${head}; the nearest place:`, ...rows].join("\n");
}

/** The line, from 0, from which on most of the lines are as they are wanted. */
function nearestPlace(all: readonly string[], wanted: readonly string[]): number | null {
  let best = { at: -1, score: 0 };
  for (let at = 0; at < all.length; at++) {
    let score = 0;
    for (const [k, line] of wanted.entries()) {
      const found = all[at + k];
      // Braces and empty lines are everywhere.
      if (found !== undefined && line.trim().length > 1 && butForBlanks(0, found, " ", line))
        score += 1;
    }
    if (score > best.score) best = { at, score };
  }
  return best.at < 0 ? null : best.at;
}
