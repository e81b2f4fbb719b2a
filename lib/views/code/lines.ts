/** Which lines of a text are shown, and what a patch has made of each. */
import { type MarkedLine, markedLines } from "../../kernel-c/index.js";
import { type Token, tokensOf } from "./tokens.js";

/** A line as it is shown; null where lines are left out. */
export type SourceLine = (MarkedLine & { readonly tokens: readonly Token[] }) | null;

/** A text of so many lines is shown whole, patched or not. */
const mostWhole = 60;
/** Lines around one that a patch changes. */
const around = 4;

/** Returns the line above the lines of a file, where there are several. */
export const headLine = (file: string): SourceLine => ({
  kind: "kept",
  text: file,
  line: null,
  tokens: [{ text: file, tone: "muted" }],
});

/** Returns the lines of a text that became another; of a long one those around what was changed. */
export function shownLines(before: string, after: string): readonly SourceLine[] {
  const [old, made] = [tokensOf(before), tokensOf(after)];
  let dropped = 0;
  const all = markedLines(before, after).map((line) => {
    // A dropped line stands in the old text where so many kept and dropped ones were before it.
    const tokens = line.kind === "dropped" ? old[dropped] : made[(line.line ?? 1) - 1];
    if (line.kind !== "added") dropped += 1;
    return { ...line, tokens: tokens ?? [] };
  });
  // The first line of a template is empty, and counts.
  if (all[0]?.kind === "kept" && all[0].text.trim() === "") all.shift();
  const marks = all.flatMap(({ kind }, at) => (kind === "kept" ? [] : [at]));
  if (all.length <= mostWhole || marks.length === 0) return all;
  const isNear = (at: number): boolean => marks.some((mark) => Math.abs(mark - at) <= around);
  return all.flatMap((line, at): readonly SourceLine[] =>
    isNear(at) ? [line] : isNear(at - 1) || at === 0 ? [null] : [],
  );
}
