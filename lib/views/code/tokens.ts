/** Kernel C in colours: which stretches of each line are keywords, types, comments. */
import { parser } from "@lezer/cpp";
import { highlightTree, tagHighlighter, tags } from "@lezer/highlight";
import type { Tone } from "../draw/palette.js";

/** A stretch of a line; null where it has no colour of its own. */
export interface Token {
  readonly text: string;
  readonly tone: Tone | null;
}

/** The class that a tag gets is the tone that it has. */
const highlighter = tagHighlighter([
  ...(
    [
      [tags.keyword, "purple"],
      [tags.modifier, "purple"],
      [tags.controlKeyword, "purple"],
      [tags.comment, "muted"],
      [tags.string, "green"],
      [tags.character, "green"],
      [tags.number, "amber"],
      [tags.bool, "amber"],
      [tags.typeName, "blue"],
      [tags.standard(tags.typeName), "blue"],
      [tags.processingInstruction, "red"],
      [tags.labelName, "red"],
    ] as const
  ).map(([tag, tone]) => ({ tag, class: tone satisfies Tone })),
]);

const isTone = (given: string): given is Tone =>
  ["purple", "muted", "green", "amber", "blue", "red"].includes(given);

/** Returns each line of a text as its tokens; a tab is four blanks. */
export function tokensOf(text: string): readonly (readonly Token[])[] {
  const lines: Token[][] = [[]];
  const put = (piece: string, tone: Tone | null): void => {
    for (const [k, part] of piece.split("\n").entries()) {
      if (k > 0) lines.push([]);
      if (part !== "") lines[lines.length - 1]?.push({ text: part.replaceAll("\t", "    "), tone });
    }
  };
  let done = 0;
  highlightTree(parser.parse(text), highlighter, (from, to, classes) => {
    if (from < done) return;
    if (from > done) put(text.slice(done, from), null);
    put(text.slice(from, to), isTone(classes) ? classes : null);
    done = to;
  });
  put(text.slice(done), null);
  return lines;
}
