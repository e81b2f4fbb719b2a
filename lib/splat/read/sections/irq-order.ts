/** What connects an irq-safe with an irq-unsafe lock: the sentences of the order reports. */
import type { ConnectedLock, LockMention } from "../../report/index.js";
import type { Section } from "../draft/draft.js";
import type { Line } from "../input/line.js";
import { readLock, readLockLine } from "../draft/lock.js";
import { readStack } from "../draft/stack.js";

/** ` (A){...} -> (B){...}` below its sentence. */
export const readNewDependency: Section = (lines, at, draft) => {
  if (!/^which would create a new lock dependency:$/.test(lines[at]?.text.trim() ?? "")) return 0;
  const below = skipBlank(lines, at + 1);
  const line = lines[below];
  const from = line === undefined ? null : readDependency(line);
  if (line === undefined || from === null) return 1;
  draft.newDependency = from;
  return below + 1 - at;
};

/** The arrow between two locks; a name may hold one too, so both sides must be locks. */
function readDependency(line: Line): { from: LockMention; to: LockMention } | null {
  const text = line.text.trim();
  for (let arrow = text.indexOf(" -> "); arrow >= 0; arrow = text.indexOf(" -> ", arrow + 1)) {
    const from = readLock(text.slice(0, arrow), line.number);
    const to = readLock(text.slice(arrow + 4), line.number);
    if (from?.rest === "" && to?.rest === "") return { from: from.lock, to: to.lock };
  }
  return null;
}

const connects =
  /^(?:but this new dependency connects an? |to an? )(?<cls>(?<irq>[\w-]+?)(?:-irq)?-(?<side>safe|unsafe)) lock:$/;
const became = /^\.\.\. which became \S+ at:$/;

/** The safe lock, and the unsafe one, each with the place where it became so. */
export const readConnected: Section = (lines, at, draft) => {
  const groups = connects.exec(lines[at]?.text.trim() ?? "")?.groups;
  const cls = groups?.["cls"];
  if (groups === undefined || cls === undefined) return 0;
  draft.irqClass ??= groups["irq"] ?? null;
  const place = skipBlank(lines, at + 1);
  const line = lines[place];
  const lock = line === undefined ? null : readLockLine(line);
  if (lock === null) return 1;
  let next = skipBlank(lines, place + 1);
  let connected: ConnectedLock = { lock: lock.lock, cls, frames: [] };
  if (became.test(lines[next]?.text.trim() ?? "")) {
    next++;
    while (/^(?:\.\.\.)?$/.test(lines[next]?.text.trim() ?? "end") && next < lines.length) next++;
    const stack = readStack(lines, next, draft);
    connected = { ...connected, frames: stack.frames };
    next = stack.next;
  } else next = place + 1;
  if (groups["side"] === "safe") draft.connectsSafe = connected;
  else draft.connectsUnsafe = connected;
  return next - at;
};

const past =
  /^but this lock (?<how>took|was taken by) another, (?<cls>(?<irq>[\w-]+?)-(?:READ-)?(?:un)?safe) lock in the past:$/;

/** The other lock of an inversion. */
export const readOther: Section = (lines, at, draft) => {
  const groups = past.exec(lines[at]?.text.trim() ?? "")?.groups;
  const cls = groups?.["cls"];
  if (groups === undefined || cls === undefined) return 0;
  draft.irqClass ??= groups["irq"] ?? null;
  const place = skipBlank(lines, at + 1);
  const line = lines[place];
  const lock = line === undefined ? null : readLockLine(line);
  if (lock === null) return 1;
  const direction = groups["how"] === "took" ? "took" : "taken by";
  draft.other = { lock: lock.lock, cls, direction };
  return place + 1 - at;
};

function skipBlank(lines: readonly Line[], from: number): number {
  let at = from;
  while (at < lines.length && at < from + 4 && lines[at]?.text.trim() === "") at++;
  return at;
}
