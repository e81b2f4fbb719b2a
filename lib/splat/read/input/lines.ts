/** Takes the marks of logs and mailers off, one line at a time. */
import { decodeCharacters, hasEntities } from "./decode.js";
import { unlearn, type LearnedPrefix } from "./learned.js";
import type { Line } from "./line.js";
import { quotesIn, stripPrefixes, type Stripped } from "./marks.js";
import type { RawLine } from "./raw.js";

/** What one line needs to know of the lines before it. */
export class LineReader {
  #writer: string | null = null;
  /** The line count that `cat -n` or an editor put before the last line. */
  #counter: number | null = null;

  /** @param prefixes what the text's headlines taught of its loggers */
  constructor(private readonly prefixes: readonly LearnedPrefix[] = []) {}

  /** The kernel's lines in a raw one: several where line ends had been written out. */
  read(raw: RawLine): Line[] {
    const plain = this.#uncount(decodeCharacters(raw.text));
    const { text, writer, tagged, learned } = this.#unlearn(stripPrefixes(plain));
    // A line without a mark goes on where the one before it stopped.
    if (tagged) this.#writer = writer;
    const escaped = hasEntities(raw.text);
    const quotes = quotesIn(plain);
    const parts = text.split("\n");
    const whole = parts.length === 1 && raw.joined !== true ? { width: raw.text.length } : {};
    return parts.map((part, index) => ({
      number: raw.number,
      text: part.trimEnd(),
      writer: this.#writer,
      tagged: tagged || index > 0,
      learned,
      quotes,
      joined: raw.joined === true,
      escaped,
      ...whole,
    }));
  }

  /** Takes off what was learned, and the marks behind it. */
  #unlearn(stripped: Stripped): Stripped & Pick<Line, "learned"> {
    const learned = unlearn(stripped.text, this.prefixes);
    if (learned === null) return { ...stripped, learned: null };
    const inner = stripPrefixes(learned.text);
    return {
      text: inner.text,
      writer: inner.writer ?? learned.writer ?? stripped.writer,
      tagged: true,
      learned: learned.example,
    };
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
