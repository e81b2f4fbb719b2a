/** Takes the subject of a mail for what it is: it may name a report, and is none. */
import type { Rewrite } from "./raw.js";

const subject = /^((?:> ?)*)Subject:/i;

/** Returns the lines with the subjects of mails emptied, also where one goes on in the next lines. */
export const withoutSubject: Rewrite = function* (lines) {
  let quoted: string | null = null;
  for (const line of lines) {
    const { text } = line;
    const goesOn =
      quoted !== null && text.startsWith(quoted) && /^[ \t]+\S/.test(text.slice(quoted.length));
    if (!goesOn) quoted = subject.exec(text)?.[1] ?? null;
    yield goesOn || quoted !== null ? { ...line, text: "" } : line;
  }
};
