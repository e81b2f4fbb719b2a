/** Finds the diff in a text: a mail, a series of them, the output of `git diff`, or a diff alone. */
import { decodeMail } from "../../primitives/mail.js";
import { recounted } from "./recount.js";

/** Returns the lines of the first diff in a text; null if there is none. */
export function findDiff(text: string): string | null {
  return findDiffs(text)[0] ?? null;
}

/**
 * Returns the diffs of a text that are to be applied one after the other: of each mail of a series, as
 * `git format-patch --stdout` writes it, the first; of any other text its first.
 */
export function findDiffs(text: string): readonly string[] {
  const mails = decoded(text).split(/^(?=From [0-9a-f]{7,40} )/m);
  return mails.flatMap((mail) => firstDiff(mail) ?? []);
}

/** A text with the bodies of mails as they read; lists keep them in base64 or quoted-printable. */
function decoded(text: string): string {
  const lines = text.replace(/\r\n/g, "\n").split("\n");
  const read = decodeMail(lines.map((line, at) => ({ number: at + 1, text: line })));
  return [...read].map((line) => line.text).join("\n");
}

function firstDiff(mail: string): string | null {
  const lines = mail.split("\n");
  // An answer quotes the patch: the first diff that is not quoted is meant, else the first that is quoted least.
  for (const quote of ["", "> ", ">> ", "> > "]) {
    const own = lines.map((line) => unquoted(line, quote));
    const from = own.findIndex((_, at) => beginsDiff(own, at));
    if (from >= 0) return diffFrom(own, from);
  }
  return null;
}

const unquoted = (line: string, quote: string): string | null => {
  if (quote === "") return line;
  if (line.startsWith(quote)) return line.slice(quote.length);
  return line === quote.trimEnd() ? "" : null;
};

type Lines = readonly (string | null)[];

const beginsDiff = (lines: Lines, at: number): boolean =>
  lines[at]?.startsWith("diff --git ") === true ||
  (lines[at]?.startsWith("--- ") === true && lines[at + 1]?.startsWith("+++ ") === true);

/** Hunks count their lines: what follows the last of them is no diff any more. Where one is counted wrong, they are counted again. */
function diffFrom(lines: Lines, from: number): string {
  const kept = linesOfDiff(lines, from);
  if (kept !== null) return `${kept.join("\n")}\n`;
  const end = lines.findIndex((line, at) => at >= from && line === null);
  const whole = lines.slice(from, end < 0 ? lines.length : end).map((line) => line ?? "");
  const again = recounted(whole.join("\n")).split("\n");
  return `${(linesOfDiff(again, 0) ?? again).join("\n")}\n`;
}

/** The lines of a diff; null where a hunk has other lines than it counts. */
function linesOfDiff(lines: Lines, from: number): readonly string[] | null {
  const kept: string[] = [];
  let left = { before: 0, after: 0 };
  let inHunk = false;
  for (let at = from; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined || line === null) break;
    const isOpen = left.before > 0 || left.after > 0;
    const hunk = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
    if (isOpen && (hunk !== null || /^(?:diff --git |-- $)/.test(line))) return null;
    if (hunk !== null) {
      left = { before: Number(hunk[1] ?? 1), after: Number(hunk[2] ?? 1) };
      inHunk = true;
    } else if (isOpen) {
      if (line.startsWith("-")) left.before -= 1;
      else if (line.startsWith("+")) left.after -= 1;
      else if (!line.startsWith("\\")) {
        left.before -= 1;
        left.after -= 1;
      }
      if (left.before < 0 || left.after < 0) return null;
      // Mail programs strip the blank of an empty context line.
      kept.push(line === "" ? " " : line);
      continue;
    } else if (inHunk && isOfHunk(line)) return null;
    else if (!isHeader(line)) break;
    else if (!line.startsWith("\\")) inHunk = false;
    kept.push(line);
  }
  return kept;
}

/** Whether a line that a hunk does not count is one of it: not the signature of a mail, and not the head of the next file. */
const isOfHunk = (line: string): boolean => /^\+(?!\+\+ )|^-(?!-)/.test(line);

const isHeader = (line: string): boolean =>
  /^(?:diff |index |Index: |={3,}|--- |\+\+\+ |old mode |new mode |new file |deleted file |similarity |rename |\\ )/.test(
    line,
  );
