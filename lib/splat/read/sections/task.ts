/** Who did what: `comm/pid is trying to acquire lock:` and the lock below. */
import type { Draft, Section } from "../draft/draft.js";
import type { Line } from "../input/line.js";
import { readRepeatedLock, readShortLock } from "../draft/lock.js";
import { readSite } from "../draft/site.js";

/** The PID is before a blank and behind a slash; a comm may hold both, colons and digits too. */
const sentence =
  /^(?<comm>\S.{0,63}?)\/(?<pid>\d+) (?:\[(?<irq>HC\d+\[\d+\]:SC\d+\[\d+\]:HE\d:SE\d)\] )?(?<does>is trying to acquire(?: lock)?:|is trying to lock:|is trying to release lock \((?<name>.*?)(?:\) at:|\))?$|is trying to contend lock \(.*\) at:|just changed the state of lock:|takes:|is leaving the kernel with locks still held!|is exiting with locks still held!|is freeing memory (?<range>\S+), with a lock still held there!)(?<rest>.*)$/;

const actions: readonly (readonly [RegExp, string])[] = [
  [/^is trying to acquire/, "acquire"],
  [/^is trying to lock/, "lock"],
  [/^is trying to (?:release|contend)/, "release"],
  [/^just changed/, "changed"],
  [/^takes/, "takes"],
  [/^is leaving/, "leaving"],
  [/^is exiting/, "exiting"],
  [/^is freeing/, "freeing"],
];

/** The task's sentence and what it is about. */
export const readTask: Section = (lines, at, draft) => {
  if (draft.task !== null) return 0;
  const text = lines[at]?.text.trim() ?? "";
  // Who quotes a report may have left the name of the task out, or its number.
  if (
    draft.acquiring === null &&
    !sentence.test(text) &&
    /^(?:(?:the |this )?task|[\w()/:-]+) is trying to (?:acquire lock|lock):$/i.test(text)
  ) {
    return 1 + readLockBelow(lines, at + 1, "acquire", draft);
  }
  // So shortened that the lock alone is left of what its task is said to do.
  if (at === 1 && draft.kind === "wait-context" && /^\.{3} \(.*\) \.{3} at: /.test(text)) {
    return readLockBelow(lines, at, "lock", draft);
  }
  const groups = sentence.exec(text)?.groups;
  const does = groups?.["does"];
  const comm = groups?.["comm"];
  if (groups === undefined || does === undefined || comm === undefined) return 0;
  const action = actions.find(([pattern]) => pattern.test(does))?.[1] ?? "acquire";
  draft.task = { comm, pid: Number(groups["pid"]), action };
  draft.irqState = groups["irq"] ?? null;
  draft.freedRange = groups["range"] ?? null;
  const name = groups["name"];
  if (name !== undefined) return 1 + readRelease(lines, at + 1, name, draft);
  if (action === "leaving" || action === "exiting") return 1;
  return 1 + readLockBelow(lines, at + 1, action, draft);
};

function readLockBelow(lines: readonly Line[], from: number, action: string, draft: Draft): number {
  for (let at = from; at < lines.length && at < from + 8; at++) {
    const lock = readRepeatedLock(lines, at);
    if (lock === null) {
      const short = action === "freeing" ? null : readShortLock(lines[at]);
      if (short !== null) {
        draft.acquiring = short;
        return at + 1 - from;
      }
      if (/already holding|already depends/.test(lines[at]?.text ?? "")) return 0;
      continue;
    }
    if (action === "freeing") draft.heldInFreed = lock.found.lock;
    else draft.acquiring = lock.found.lock;
    return lock.next - from;
  }
  return 0;
}

function readRelease(lines: readonly Line[], from: number, name: string, draft: Draft): number {
  let at = from;
  while (at < from + 3 && lines[at]?.text.trim() === "") at++;
  const text = lines[at]?.text.trim() ?? "";
  const known =
    text !== "" &&
    !/^but |^other info/.test(text) &&
    /\+0x|^\[<|^[\w.]+ (?:\S+:\d+|from )|^0x|^[\w.]+$/.test(text);
  // A symboliser names the functions that the place was inlined into, each on a line of its own.
  let site = known ? readSite(text) : null;
  while (site?.inlined === true && /unlock|release|(?:^|_)(?:put|up)_/.test(site.symbol ?? "")) {
    const outer = lines[at + 1]?.text.trim() ?? "";
    if (!/^(?:\[<[0-9a-f]+>\] )?[A-Za-z_][\w.]*(?:\+0x\S+)? \S+\.[chS]:\d+/.test(outer)) break;
    site = readSite(outer);
    at++;
  }
  draft.releasing = { name: name === "" ? null : name, at: site };
  return known ? at + 1 - from : 0;
}
