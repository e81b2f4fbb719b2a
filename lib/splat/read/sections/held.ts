/** The list of held locks: `2 locks held by comm/pid:` and `#0: ...`. */
import type { HeldMention } from "../../report/index.js";
import type { Section } from "../draft/draft.js";
import { readRepeatedLock } from "../draft/lock.js";

const heading =
  /^(?<count>\d+|no) locks? (?:held by|on stack by) (?<comm>.+)\/(?<pid>\d+|(?=\.{2}))(?:[:.]|\.{2,})$/;

/** A line of others may stand between the locks where nothing tells whose it is. */
const tolerance = 6;

/** The first list of held locks of the report; later ones are of other tasks. */
export const readHeld: Section = (lines, at, draft) => {
  const line = lines[at];
  const groups = heading.exec(line?.text.trim() ?? "")?.groups;
  const comm = groups?.["comm"];
  if (line === undefined || groups === undefined || comm === undefined) return 0;
  if (draft.held !== null) return 1;
  const count = groups["count"] === "no" ? 0 : Number(groups["count"]);
  const locks: HeldMention[] = [];
  let next = at + 1;
  for (let look = at + 1, strange = 0; look < lines.length && strange < tolerance;) {
    const lock = readRepeatedLock(lines, look);
    const last = locks[locks.length - 1]?.index ?? -1;
    if (lock !== null && lock.found.index !== null && lock.found.index > last) {
      locks.push({ ...lock.found.lock, index: lock.found.index });
      next = look = lock.next;
      strange = 0;
      continue;
    }
    const text = lines[look]?.text.trim() ?? "";
    if (/^stack backtrace:$|^the .*dependencies/.test(text)) break;
    if (locks.length >= count) break;
    strange++;
    look++;
  }
  draft.held = {
    count,
    comm,
    pid: groups["pid"] === "" ? (draft.task?.pid ?? 0) : Number(groups["pid"]),
    locks,
    line: line.number,
  };
  return next - at;
};
