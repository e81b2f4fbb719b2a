/** What a patch has made of a text, line by line. */
import { diffLines } from "diff";

/** A line of the patched text, or one that it lacks now. */
export interface MarkedLine {
  readonly kind: "kept" | "added" | "dropped";
  readonly text: string;
  /** Its number in the patched text, from 1; null of a line that is no longer there. */
  readonly line: number | null;
}

/** Returns the lines of a text that became another, the dropped before the added. */
export function markedLines(before: string, after: string): readonly MarkedLine[] {
  let line = 0;
  return diffLines(before, after).flatMap(({ value, added, removed }) => {
    const kind = added ? "added" : removed ? "dropped" : "kept";
    return value
      .replace(/\n$/, "")
      .split("\n")
      .map((text): MarkedLine => ({ kind, text, line: kind === "dropped" ? null : ++line }));
  });
}
