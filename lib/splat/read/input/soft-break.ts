/**
 * Undoes quoted-printable a second time: an answer to a mail that was not decoded quotes its soft
 * line breaks, and the answer may be encoded once more.
 */
import { decodeQuoted } from "../../../primitives/mail.js";
import type { RawLine, Rewrite } from "./raw.js";

/** A quoted line that goes on in the next: no line of a report ends with `=`, but for its rulers. */
const broken = /^(?<quote>[> ]*> ?)(?<text>.*[^=\s>].*(?<!=))=$/;
const quoted = /^(?<quote>[> ]*> ?)(?<text>.*)$/;
/** Lines are joined up to so many: a report has none that is longer. */
const longest = 2000;

interface OpenLine extends RawLine {
  readonly quote: string;
}

/** Returns the lines with quoted soft line breaks taken out; others as they are. */
export const joinQuoted: Rewrite = function* (lines) {
  let open: OpenLine | null = null;
  for (const line of lines) {
    const parts = quoted.exec(line.text)?.groups;
    if (open !== null && (parts?.["quote"]?.trim() !== open.quote || open.text.length > longest)) {
      yield decoded(open);
      open = null;
    }
    const rest: string = open === null ? line.text : `${open.text}${parts?.["text"] ?? ""}`;
    const goesOn = broken.test(line.text);
    if (!goesOn && open === null) {
      yield line;
      continue;
    }
    const number: number = open?.number ?? line.number;
    open = {
      number,
      text: goesOn ? rest.slice(0, -1) : rest,
      quote: parts?.["quote"]?.trim() ?? "",
    };
    if (!goesOn) {
      yield decoded(open);
      open = null;
    }
  }
  if (open !== null) yield decoded(open);
};

const decoded = ({ number, text }: RawLine): RawLine => ({ number, text: decodeQuoted(text) });
