/** Breaks text into lines. */
import { paragraph as inLines } from "../../../primitives/paragraph.js";

/** Letters of a line. */
export const width = 96;

/** Returns a paragraph in lines of that width; the first begins with `first`, the others with blanks. */
export const paragraph = (text: string, first = "", indent = first.length): readonly string[] =>
  inLines(text, width, first, indent);

/** The pieces of a word where it may be broken: behind `_`, `>`, `(` and `,`, else in the middle. */
function pieces(word: string, most: number): readonly string[] {
  if (word.length <= most) return [word];
  return (word.match(/[^_>(,]*[_>(,]+|[^_>(,]+/g) ?? []).flatMap(
    (piece) => piece.match(new RegExp(`.{1,${most}}`, "g")) ?? [],
  );
}

/** Cuts an item into lines of a column, the second and later ones two letters in. */
export function chop(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    for (const [at, piece] of pieces(word, most - 2).entries()) {
      const blank = line.trim() === "";
      const gap = at === 0 && !blank ? " " : "";
      if (!blank && line.length + gap.length + piece.length > most) {
        lines.push(line);
        line = `  ${piece}`;
      } else line += gap + piece;
    }
  }
  return line.trim() === "" ? lines : [...lines, line];
}
