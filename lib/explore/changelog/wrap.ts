/** Text in lines of a width, broken where C may be. */

/** Returns the parts of a text between which a line may end: a comment is one. */
function partsOf(text: string): readonly string[] {
  return text
    .split(/(\/\*.*?\*\/)/)
    .flatMap((part) =>
      part.startsWith("/*") ? [part] : part.split(/(?<=[ (,])|(?<=->)|(?<=\.)(?=\w)|(?=\)\))/),
    );
}

/** Returns the least width at which a text can be wrapped without a cut in a word. */
export const narrowest = (text: string): number =>
  Math.max(...partsOf(text).map((part, i) => part.trimEnd().length + (i === 0 ? 0 : 2)));

/** Returns whether a text can be wrapped at a width without a cut in a word. */
export const fits = (text: string, width: number): boolean =>
  text.length <= width || narrowest(text) <= width;

/**
 * Returns a text in lines, those after the first set in by two; a word that is longer than a line is cut.
 *
 * @param width columns of a line
 */
export function wrapCode(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  const room = (): number => (lines.length === 0 ? width : width - 2);
  const flush = (): void => {
    lines.push(`${lines.length === 0 ? "" : "  "}${line.trimEnd()}`);
    line = "";
  };
  for (const part of partsOf(text)) {
    if (line !== "" && (line + part).trimEnd().length > room()) flush();
    let rest = part;
    while (rest.trimEnd().length > room()) {
      line = rest.slice(0, room());
      rest = rest.slice(line.length);
      flush();
    }
    line += rest;
  }
  if (line !== "") flush();
  return lines;
}
