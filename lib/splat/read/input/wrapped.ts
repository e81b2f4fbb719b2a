/**
 * Puts a first line together that a mailer wrapped: what comes after is only looked for where a
 * report was seen to begin.
 */
import { bodyIn, headlineIn } from "../wording/kinds.js";
import { decodeCharacters } from "./decode.js";
import { stripPrefixes } from "./marks.js";
import type { RawLine, Rewrite } from "./raw.js";

/** What may be the beginning of such a line. */
const begins =
  /^(?:\[ )?(?:INFO|BUG|WARNING|DEBUG): [A-Za-z]|^\S.{0,40}\/\d+ (?:is|just|\[HC)\b.*[^:]$/;

/** What other tools print, each with the line that it makes when whole. */
const others: readonly RegExp[] = [
  /^BUG: sleeping function called from invalid context at \S+:\d+$/,
  /^INFO: task .+:\d+ blocked (?:in I\/O wait )?for more than \d+ seconds\.?$/,
];

/** No such line is longer. */
const longest = 200;

/** Returns the lines with those first lines made whole; others as they are. */
export const joinWrapped: Rewrite = function* (lines) {
  let open: RawLine | null = null;
  for (const line of lines) {
    if (open !== null) {
      const whole = together(open, line);
      if (whole !== null) {
        yield whole;
        open = null;
        continue;
      }
      yield open;
    }
    open = line;
  }
  if (open !== null) yield open;
};

function together(first: RawLine, second: RawLine): RawLine | null {
  // Most lines are shown not to be one without being looked at.
  if (!/INFO|BUG|WARNING|DEBUG|\/\d/.test(first.text) || first.text.length > longest) return null;
  const { text } = textOf(first);
  const here = behindAnyPrefix(text);
  if (!begins.test(here) || isWhole(here)) return null;
  const there = textOf(second);
  // What a log has marked as a line of its own, or is a whole one, goes on in nothing.
  if (there.tagged || there.text === "" || isWhole(there.text)) return null;
  if (here !== text && shape(there.text) === shape(text)) return null;
  const whole = `${here} ${there.text}`;
  if (!isWhole(whole)) return null;
  return { number: first.number, text: `${first.text.trimEnd()} ${there.text}`, joined: true };
}

/** How a line begins, whatever its numbers are. */
const shape = (text: string): string => text.replace(/[\d\s]+/g, "0").slice(0, 8);

/** What stands before the first word of a kind is some log's prefix, known or not: whether it is one, the whole line tells. */
function behindAnyPrefix(text: string): string {
  const at = /(?<=[^\w"'])(?:INFO|BUG|WARNING|DEBUG): [A-Za-z]/.exec(text)?.index ?? 0;
  return begins.test(text) ? text : text.slice(at);
}

function textOf({ text }: RawLine): { readonly text: string; readonly tagged: boolean } {
  const stripped = stripPrefixes(decodeCharacters(text));
  return { text: stripped.text.trim(), tagged: stripped.tagged };
}

const isWhole = (text: string): boolean =>
  headlineIn(text) !== null || bodyIn(text) !== null || others.some((each) => each.test(text));
