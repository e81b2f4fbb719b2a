/** A WARN() that prints no condition: it may be an assertion about held locks, which only the source tells. */
import { noPath, pathOf } from "../explain/words/words.js";
import { functionIn, placeIn } from "../read/wording/warning-line.js";
import { foundIn } from "./after.js";
import { machineParts } from "./machine-parts.js";

/** Where it is. */
export interface PlainWarning {
  readonly line: number;
  /** Such as `drivers/foo/foo.c:12 foo_update+0x51/0x80`. */
  readonly place: string;
  /** Who called, functions in backquotes; empty where no stack is printed. */
  readonly path: string;
}

const headline = /^[^A-Za-z]*WARNING: (?:CPU: \d+ PID: \d+ )?at \S+:\d+/;

/** Returns the first such warning of a text, or null. */
export function plainWarning(text: string): PlainWarning | null {
  const all = foundIn(text, headline);
  // A symboliser writes the line once for each function that is inlined there, and its own last.
  const found = all.find(({ lines }, at) => {
    const [own] = lines;
    const [next] = all[at + 1]?.lines ?? [];
    return lines.length > 1 || placeIn(next?.text ?? "") !== placeIn(own?.text ?? "");
  });
  const [first] = found?.lines ?? [];
  if (found === undefined || first === undefined) return null;
  const { backtrace } = machineParts(found.lines);
  const path = pathOf(backtrace);
  const inside = functionIn(first.text);
  return {
    line: first.number,
    place: `${placeIn(first.text) ?? ""}${inside === null ? "" : ` in \`${inside}\``}`,
    path: path === noPath ? "" : path,
  };
}
