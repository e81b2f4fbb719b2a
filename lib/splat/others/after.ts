/** The lines of a text after a headline, without what logs and mailers put before them. */
import { learnPrefixes } from "../read/input/learned.js";
import { inputLines } from "../read/input/input.js";
import type { Line } from "../read/input/line.js";
import { LineReader } from "../read/input/lines.js";

/** So many lines are looked at after a headline. */
const most = 160;

/** A headline and what stands after it, by the same writer. */
export interface Found {
  /** Where it begins: the headline itself first. */
  readonly lines: readonly Line[];
  readonly groups: Readonly<Record<string, string | undefined>>;
}

/** Returns every place of a text whose line fits, up to the next one. */
export function foundIn(text: string, headline: RegExp): readonly Found[] {
  const reader = new LineReader(learnPrefixes(inputLines(text)).prefixes);
  const found: { readonly lines: Line[]; readonly groups: Found["groups"] }[] = [];
  for (const raw of inputLines(text)) {
    for (const line of reader.read(raw)) {
      const match = headline.exec(line.text);
      const open = found.at(-1);
      const [first] = open?.lines ?? [];
      if (match !== null) found.push({ lines: [line], groups: match.groups ?? {} });
      else if (
        open !== undefined &&
        open.lines.length < most &&
        (first?.writer === line.writer || !line.tagged)
      ) {
        open.lines.push(line);
      }
    }
  }
  return found;
}
