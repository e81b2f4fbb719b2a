/** Where code or printed text that is too long for a slide goes on on the next one. */

/** Lines that a slide has room for. */
export interface LineRooms {
  /** On the slide on which the text begins. */
  readonly first: number;
  readonly further: number;
}

/** What faults cost, in slides. */
const faults = {
  scrap: 0.8,
  inside: 0.5,
  atBracket: 0.6,
  betweenLines: 0.2,
  // A slide that ends with a colon promises what nobody sees.
  behindColon: 0.7,
} as const;

/** Fewer lines than these are nothing that anybody would know what they belong to. */
const scrap = 4;

/**
 * Returns the pieces in which the lines are shown: as few as can be, begun where a blank line parts what belongs
 * together, else between lines that are not indented. Blank lines at the edges of a piece are left out.
 *
 * @param textOf what a line says, where it has markup
 */
export function piecesOfLines(
  lines: readonly string[],
  rooms: LineRooms,
  textOf: (line: string) => string = (line) => line,
): string[][] {
  const texts = lines.map(textOf);
  const prices = texts.map((_, at) => priceOf(texts, at));
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let to = 1; to <= lines.length; to++) {
    let found = { cost: Infinity, from: to - 1 };
    for (let from = 0; from < to; from++) {
      const room = Math.max(1, Math.floor(from === 0 ? rooms.first : rooms.further));
      if (to - from > room) continue;
      const isScrap = to - from < scrap && to - from < lines.length;
      const cost =
        (best[from]?.cost ?? Infinity) + 1 + (prices[from] ?? 0) + (isScrap ? faults.scrap : 0);
      // Of equals the one whose last piece is the shortest: a slide before it is full.
      if (cost <= found.cost) found = { cost, from };
    }
    best.push(found);
  }
  const pieces: string[][] = [];
  for (let to = lines.length; to > 0;) {
    const { from } = best[to] ?? { from: 0 };
    pieces.unshift(withoutBlankEdges(lines.slice(from, to), textOf));
    to = from;
  }
  return pieces.filter(({ length }) => length > 0);
}

/** What it costs to begin a piece with this line. */
function priceOf(texts: readonly string[], at: number): number {
  const [before, line] = [texts[at - 1], texts[at]];
  if (before === undefined || line === undefined) return 0;
  const said = texts.slice(0, at).findLast((text) => text.trim() !== "") ?? "";
  if (said.trimEnd().endsWith(":")) return faults.behindColon;
  if (before.trim() === "" || line.trim() === "") return 0;
  if (/^\s*[{})\]`]/.test(line)) return faults.atBracket;
  return /^\s/.test(line) || /[{(,[]\s*$/.test(before) ? faults.inside : faults.betweenLines;
}

function withoutBlankEdges(lines: readonly string[], textOf: (line: string) => string): string[] {
  const isBlank = (line: string): boolean => textOf(line).trim() === "";
  const from = lines.findIndex((line) => !isBlank(line));
  const to = lines.findLastIndex((line) => !isBlank(line));
  return from < 0 ? [] : lines.slice(from, to + 1);
}
