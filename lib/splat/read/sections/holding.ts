/** The lock that is held already, or the one that should be and is not. */
import type { Section } from "../draft/draft.js";
import { beginsForeign } from "../segment/foreign.js";
import { readRepeatedLock, readShortLock } from "../draft/lock.js";

/** `but task is already holding lock:` and the lock below. */
export const readHolding: Section = (lines, at, draft) => {
  const text = lines[at]?.text.trim() ?? "";
  if (/^but this task is not holding:$/.test(text)) {
    draft.notHolding = true;
    const name = lines[at + 1]?.text.trim() ?? "";
    const named =
      /^[\w&(][^:]*$/.test(name) &&
      !/^(?:general|stack|other)/.test(name) &&
      !beginsForeign(draft.kind, name);
    draft.nestLock = named ? name : null;
    return named ? 2 : 1;
  }
  if (!/^(?:but task is|and this task is) already holding(?: lock)?:$/.test(text)) return 0;
  if (draft.holding !== null) return 1;
  for (let below = at + 1; below < lines.length && below < at + 6; below++) {
    // Where the lock itself is lost, what comes next is another one.
    if (/^(?:which |but this new |the existing )/.test(lines[below]?.text.trim() ?? "")) break;
    const lock = readRepeatedLock(lines, below);
    if (lock !== null) {
      draft.holding = lock.found.lock;
      return lock.next - at;
    }
    const short = readShortLock(lines[below]);
    if (short === null) continue;
    draft.holding = short;
    return below + 1 - at;
  }
  return 1;
};
