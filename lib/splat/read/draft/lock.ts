/** Reads a line that prints a lock. */
import type { LockMention, CodeSite } from "../../report/index.js";
import type { Line } from "../input/line.js";
import { readLockText } from "../wording/lock-text.js";
import { readSite } from "./site.js";

/** A lock line; `index` is the N of `#N:`, or null where the lock is not in a list. */
export interface LockLine {
  readonly index: number | null;
  readonly lock: LockMention;
  /** What stands behind the lock and is not its place. */
  readonly rest: string;
}

/** Reads a line that begins with a lock, or gives null. */
export function readLockLine(line: Line): LockLine | null {
  return readLock(line.text.trim(), line.number);
}

/** Reads a lock at the start of a trimmed text of the given line. */
export function readLock(text: string, number: number): LockLine | null {
  const found = readLockText(text);
  if (found === null) return null;
  const at = /^,? at:\s*(\S.*)$/.exec(found.rest)?.[1] ?? null;
  const lock: LockMention = {
    name: found.name,
    usage: found.usage,
    wait: found.wait,
    addr: found.addr,
    at: at === null ? null : readSite(at),
    inlinedIn: [],
    line: number,
  };
  return { index: found.number, lock, rest: at === null ? found.rest.trim() : "" };
}

/**
 * Reads a lock as commit messages shorten it, without its usage: `(name) at: function`. Only where
 * the line before says that a lock follows.
 */
export function readShortLock(line: Line | undefined): LockMention | null {
  const groups =
    /^(?:(?:(?<addr>[0-9a-f]{8,16}|\(_*ptrval_*\))|\.{3}) )?\((?<name>[^{}]*[\w)])\)(?:(?: \.{3}|,)? ?(?:at:?|in) (?<at>\w\S*(?: \[\w+\])?))?$/.exec(
      line?.text.trim() ?? "",
    )?.groups;
  const name = groups?.["name"];
  if (line === undefined || groups === undefined || name === undefined) return null;
  const at = groups["at"] === undefined ? null : readSite(groups["at"]);
  const addr = groups["addr"] ?? null;
  return { name, usage: "", wait: null, addr, at, inlinedIn: [], line: line.number };
}

/**
 * Reads a lock from the given line on, with the repetitions of it that a symboliser adds, one
 * for each function that the place was inlined into.
 */
export function readRepeatedLock(
  lines: readonly Line[],
  at: number,
): { readonly found: LockLine; readonly next: number } | null {
  const first = lines[at];
  const found = first === undefined ? null : readLockLine(first);
  if (found === null) return null;
  const inlinedIn: CodeSite[] = [];
  let next = at + 1;
  let innermost = found.lock.at;
  while (innermost !== null && mayBeInlined(innermost)) {
    const line = lines[next];
    const again = line === undefined ? null : readLockLine(line);
    if (again === null || !isSame(again, found) || again.lock.at === null) break;
    inlinedIn.push(again.lock.at);
    innermost = again.lock.at;
    next++;
  }
  const { at: site } = found.lock;
  const inner = site === null || inlinedIn.length === 0 ? site : { ...site, inlined: true };
  return { found: { ...found, lock: { ...found.lock, at: inner, inlinedIn } }, next };
}

/** A symboliser without line numbers says nothing of it, but what is inlined has no offset. */
const mayBeInlined = ({ inlined, symbol, offset, location }: CodeSite): boolean =>
  inlined || (symbol !== null && offset === null && location === null);

const isSame = (a: LockLine, b: LockLine): boolean =>
  a.lock.name === b.lock.name &&
  // A mailer may have cut the number and the address off.
  (a.index === null || a.index === b.index) &&
  (a.lock.addr === null || a.lock.addr === b.lock.addr);
