/** Cuts a text into lines and takes the marks of logs and mailers off, one line at a time. */
import { decodeCharacters, hasEntities } from "./decode.js";
import type { Line } from "./line.js";
import { stripPrefixes } from "./prefix.js";

/** No line of a report is longer; a longer one is cut, so that no pattern runs far. */
const longest = 4096;

/** A raw line with its number, from 1. */
export interface RawLine {
  readonly number: number;
  readonly text: string;
}

/** The raw lines of a text, one after the other, whatever ends them. */
export function* rawLines(text: string): Generator<RawLine> {
  let number = 0;
  let from = 0;
  while (from < text.length) {
    const found = text.indexOf("\n", from);
    const to = found < 0 ? text.length : found;
    number++;
    const end = text.charCodeAt(to - 1) === 13 ? to - 1 : to;
    yield { number, text: text.slice(from, Math.min(end, from + longest)) };
    from = to + 1;
  }
}

/** What one line needs to know of the lines before it. */
export class LineReader {
  #writer: string | null = null;
  /** The line count that `cat -n` or an editor put before the last line. */
  #counter: number | null = null;

  /** The kernel's lines in a raw one: several where line ends had been written out. */
  read(raw: RawLine): Line[] {
    const plain = this.#uncount(decodeCharacters(raw.text));
    const { text, writer, tagged } = stripPrefixes(plain);
    // A line without a mark goes on where the one before it stopped.
    if (tagged) this.#writer = writer;
    const escaped = hasEntities(raw.text);
    return text.split("\n").map((part, index) => ({
      number: raw.number,
      text: part.trimEnd(),
      writer: this.#writer,
      tagged: tagged || index > 0,
      escaped,
    }));
  }

  #uncount(text: string): string {
    const match = /^\s*(\d{1,9})(?:[: ]\s?|$)/.exec(text);
    const count = match === null ? null : Number(match[1]);
    const last = this.#counter;
    const follows = last !== null && count !== null && count > last && count <= last + 8;
    const before = match?.[0] ?? "";
    const starts = count !== null && stripPrefixes(text.slice(before.length)).tagged;
    this.#counter = follows || starts ? count : null;
    return follows ? text.slice(before.length) : text;
  }
}
