/** Which of many lines stand in a long text. */

/** The first characters of a line, by which it is found; three of them are looked at in each place. */
const longestBeginning = 12;

/**
 * Returns those of the lines that stand in the text: each place of it is looked at once, however many lines there are.
 *
 * @param lines of three characters or more
 */
export function linesIn(text: string, lines: readonly string[]): Set<string> {
  const width = Math.min(longestBeginning, ...lines.map(({ length }) => length));
  const begins = new Uint8Array(2 ** 21);
  const byBeginning = new Map<string, string[]>();
  for (const line of lines) {
    begins[threeAt(line, 0)] = 1;
    const beginning = line.slice(0, width);
    byBeginning.set(beginning, [...(byBeginning.get(beginning) ?? []), line]);
  }
  const found = new Set<string>();
  for (let at = 0; at + width <= text.length; at++) {
    if (begins[threeAt(text, at)] === 0) continue;
    for (const line of byBeginning.get(text.slice(at, at + width)) ?? []) {
      if (text.startsWith(line, at)) found.add(line);
    }
  }
  return found;
}

/** Three characters as a number, for a first look. */
function threeAt(text: string, at: number): number {
  const code = (of: number): number => text.charCodeAt(of) & 127;
  return (code(at) << 14) | (code(at + 1) << 7) | code(at + 2);
}
