/** Reads the lines of a stack. */
import type { StackFrame } from "../report/index.js";
import type { Line } from "./line.js";
import { readFrame } from "./site.js";

/** Lines of others that may stand within a stack where no printing context tells them apart. */
const tolerance = 3;

/** The frames from the line `at` on, and the line after them. */
export function readStack(
  lines: readonly Line[],
  at: number,
): { readonly frames: readonly StackFrame[]; readonly next: number } {
  const frames: StackFrame[] = [];
  let next = at;
  let strange = 0;
  for (let look = at; look < lines.length && strange <= tolerance; look++) {
    const line = lines[look];
    if (line === undefined) break;
    // Where one frame has an offset, a name alone is something else, as a word that was wrapped.
    const bare = frames.every(({ raw, symbol }) => raw === symbol);
    const frame = readFrame(line, bare && line.tagged === (lines[at]?.tagged ?? false));
    if (frame !== null) {
      frames.push(frame);
      next = look + 1;
      strange = 0;
    } else if (endsStack.test(line.text)) break;
    else if (!/^\s*(?:<\/?\w+>|\.\.\.)\s*$/.test(line.text)) strange++;
  }
  return { frames, next };
}

/** What a stack cannot go on after: a blank line, a heading, a lock, a sentence of the report. */
const endsStack =
  /^\s*$|^\s*(?:->|[{}]|#\d+:|\.\.\. \w|[A-Z-]+(?: READ)?(?: USE)? at:|.*\)\{[-+.?]+\}|irq event stamp|other info|stack backtrace|CPU: \d|to a |but |and )/;
