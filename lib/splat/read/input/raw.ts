/** The lines of a text as they lie in the file, with their numbers. */

import type { NumberedLine } from "../../../primitives/mail.js";

/** A raw line with its number, from 1; lines that were cut out of one have the same number. */
export interface RawLine extends NumberedLine {
  /** True where it was put together of two that a mailer had made of it. */
  readonly joined?: boolean;
}

/** Turns raw lines into what they stand for: fewer, more, or others. */
export type Rewrite = (lines: Iterable<RawLine>) => Iterable<RawLine>;

/** Returns the raw lines of a text, one after the other, whatever ends them. */
export function* rawLines(input: string): Generator<RawLine> {
  // Some captures of a serial line end each line with a carriage return alone.
  const text = input.includes("\n") ? input : input.replaceAll("\r", "\n");
  let number = 0;
  let from = 0;
  while (from < text.length) {
    const found = text.indexOf("\n", from);
    const to = found < 0 ? text.length : found;
    number++;
    const end = text.charCodeAt(to - 1) === 13 ? to - 1 : to;
    yield { number, text: text.slice(from, end) };
    from = to + 1;
  }
}
