/** Finds the diff in a text: a mail, the output of `git diff`, or a diff alone. */

/** Returns the lines of the first diff in a text; null if there is none. */
export function findDiff(text: string): string | null {
  const lines = text.replace(/\r\n/g, "\n").split("\n");
  // An answer quotes the patch: the first diff that is not quoted is meant, else the first quoted one.
  for (const quote of ["", "> "]) {
    const own = lines.map((line) => unquoted(line, quote));
    const from = own.findIndex((_, at) => beginsDiff(own, at));
    if (from >= 0) return diffFrom(own, from);
  }
  return null;
}

const unquoted = (line: string, quote: string): string | null => {
  if (quote === "") return line;
  if (line.startsWith(quote)) return line.slice(quote.length);
  return line === ">" ? "" : null;
};

type Lines = readonly (string | null)[];

const beginsDiff = (lines: Lines, at: number): boolean =>
  lines[at]?.startsWith("diff --git ") === true ||
  (lines[at]?.startsWith("--- ") === true && lines[at + 1]?.startsWith("+++ ") === true);

/** Hunks count their lines: what follows the last of them is no diff any more. */
function diffFrom(lines: Lines, from: number): string {
  const kept: string[] = [];
  let left = { before: 0, after: 0 };
  for (let at = from; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined || line === null) break;
    const hunk = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
    if (hunk !== null) {
      left = { before: Number(hunk[1] ?? 1), after: Number(hunk[2] ?? 1) };
    } else if (left.before > 0 || left.after > 0) {
      if (line.startsWith("-")) left.before -= 1;
      else if (line.startsWith("+")) left.after -= 1;
      else if (!line.startsWith("\\")) {
        left.before -= 1;
        left.after -= 1;
      }
      // Mail programs strip the blank of an empty context line.
      kept.push(line === "" ? " " : line);
      continue;
    } else if (!isHeader(line)) break;
    kept.push(line);
  }
  return `${kept.join("\n")}\n`;
}

const isHeader = (line: string): boolean =>
  /^(?:diff --git |index |--- |\+\+\+ |old mode |new mode |new file |deleted file |similarity |rename |\\ )/.test(
    line,
  );
