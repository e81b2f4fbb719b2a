/** Prose in lines of a width. */

/**
 * Returns a paragraph in lines, broken at blanks; a word that is longer than a line stands on its own.
 *
 * @param width letters of a line
 * @param first what the first line begins with
 * @param indent how many blanks the others begin with
 * @example
 * paragraph("one two three", 10, "- ") // ["- one two", "  three"]
 */
export function paragraph(
  text: string,
  width: number,
  first = "",
  indent = first.length,
): readonly string[] {
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
