/**
 * Names that a terminal cut off at its width, as a pager does that does not wrap: what is left of
 * a function's name is no name, and is taken out.
 */
import type { Line } from "../input/line.js";

/** The lines of a report without what is left of names, and where they were cut. */
export interface Uncut {
  readonly lines: readonly Line[];
  /** The width and the first line that lost something; null where none did. */
  readonly cut: { readonly width: number; readonly line: number } | null;
}

/** No terminal is narrower. */
const narrowest = 40;

/** Where no place of a report has an offset, one without it is whole. */
const offset = /\+0x[0-9a-f]|\(\S+:\d+\)/;

/** less and journalctl mark a line that goes on to the right. */
const marks = /\s*(?<!<[0-9a-f]{1,4})[>…]$/;

/**
 * Returns the lines without names that are cut: a width that no line exceeds, that several have,
 * and at which one breaks off where it never ends.
 */
export function withoutCutNames(lines: readonly Line[]): Uncut {
  const widths = lines.map(({ width }) => width ?? 0);
  const width = widths.reduce((most, each) => Math.max(most, each), 0);
  const widest = lines.filter((line, at) => widths[at] === width && !/^[=-]+$/.test(line.text));
  const isTold = width >= narrowest && widest.length >= 2;
  if (!isTold || !lines.some(({ text }) => offset.test(text))) return { lines, cut: null };
  const broken = widest.filter(
    (line) => rest(line.text) !== line.text && !goesOn(line, lines[lines.indexOf(line) + 1]),
  );
  const [first] = broken;
  if (first === undefined) return { lines, cut: null };
  return {
    lines: lines.map((line) =>
      broken.includes(line) ? { ...line, text: rest(line.text), isCut: true } : line,
    ),
    cut: { width, line: first.number },
  };
}

/** Whether a line was wrapped, and not cut off: the rest of it is the next one, which no logger has begun. */
const goesOn = (line: Line, next: Line | undefined): boolean =>
  next !== undefined &&
  next.text !== "" &&
  ((line.tagged && !next.tagged) || /^(?:[\w.]*\+0x[0-9a-f]|\S+\.[chS]:\d+)/.test(next.text));

/** Where a line of a report breaks off, and what of it is whole. */
const breaks: readonly (readonly [RegExp, string])[] = [
  // A place without its offset; with a symboliser's file the name is whole.
  [/(\)\{[-+.?]{2,16}\}(?:-\{\d+: ?\d+\})?),? at:(?: \[<[0-9a-fx]+>\])? [A-Za-z_][\w.]*$/, "$1"],
  [/^((?:CPU: \d|Pid: \d).*(?:Not tainted|Tainted: .*?)) +\d+\.\d+\S*$/, "$1"],
  [/^(CPU: \d+(?: UID: \d+)? PID: \d+)(?: Comm: \S+)$/, "$1"],
  [/ --> [^\s>]*[^\s>-]$/, " -->"],
];

function rest(text: string): string {
  const plain = marks.test(text) && !/-> ?$/.test(text) ? text.replace(marks, "") : text;
  const found = breaks.find(([pattern]) => pattern.test(plain));
  if (found !== undefined) return plain.replace(found[0], found[1]);
  // A mailer may have moved the place to the next line, but leaves no mark.
  return plain === text ? text : /,? at:$/.test(plain) ? plain.replace(/,? at:$/, "") : `${plain}…`;
}
