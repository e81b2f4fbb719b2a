/** Breaks text into lines. */

/** Letters of a line. */
export const width = 96;

/** Breaks a paragraph; the first line begins with `first`, the others with as many blanks. */
export function paragraph(text: string, first = "", indent = first.length): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(" ")) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = " ".repeat(indent);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

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
