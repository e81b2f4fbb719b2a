/**
 * The form in which lockdep prints a lock, and what is missing from it where it was cut.
 *
 * Follows `print_lock()`, `print_lock_name()` and `print_lock_class_header()` in
 * kernel/locking/lockdep.c. Git takes lines that begin with `#` for comments, so who writes a commit
 * message leaves it out before a number. A name may hold anything, so it runs to the last `){`.
 */

/** `(name){usage}` and, since 5.7 and in some vendor kernels before, `-{outer:inner}`. */
const lockPattern =
  /^(?<lead>(?:#\d+|\d{1,2}(?=: [0-9a-f]{8,16} \()):\s*)?(?:(?<addr>[0-9a-f]{8,16}|\(_*ptrval_*\)|\(null\)|(?!->)[^\s(]\S*)\s+)?\((?<name>.*)\)\{(?<usage>[-+.?]{2,16})\}(?:-\{(?<outer>\d+): ?(?<inner>\d+)\})?(?<rest>.*)$/;

/** The parts of a printed lock; `rest` is what stands behind it. */
export interface LockText {
  readonly name: string;
  readonly usage: string;
  readonly wait: string | null;
  readonly addr: string | null;
  /** The N of `#N:`, or null. */
  readonly number: number | null;
  readonly rest: string;
}

/** Reads a printed lock at the start of a trimmed text. */
export function readLockText(text: string): LockText | null {
  const groups = lockPattern.exec(text)?.groups;
  const name = groups?.["name"];
  const usage = groups?.["usage"];
  if (groups === undefined || name === undefined || usage === undefined) return null;
  const { addr, lead, outer, inner } = groups;
  return {
    // The kernel prints the number of a class by itself, and it may have come as a line of its own.
    name: name.replace(/ +(?=#\d+(?:\/\d+)?$|\/\d+$)/, ""),
    usage,
    wait: outer === undefined || inner === undefined ? null : `${outer}:${inner}`,
    addr: addr ?? null,
    number: lead === undefined ? null : Number(/\d+/.exec(lead)?.[0]),
    rest: groups["rest"] ?? "",
  };
}

/** Whether a trimmed text can be the beginning of a printed lock. */
export function beginsLock(text: string): boolean {
  // A task may be called `(udev-worker)`.
  if (/\/\d+ (?:is|just|\[HC|takes)\b/.test(text)) return false;
  return (
    /^#\d+:/.test(text) ||
    /^(?:[0-9a-f]{16}|[0-9a-f]{8}|\(_*ptrval_*\))(?:$| \()/.test(text) ||
    /^\((?!\w+ \w+ )[^()]*[\w%]/.test(text)
  );
}

/** Whether a text that begins a printed lock still lacks its end. */
export function lacksOfLock(text: string): boolean {
  const lock = readLockText(text);
  if (lock === null) return !/ at: \S/.test(text);
  const rest = lock.rest.trim();
  const named = lock.number !== null || lock.addr !== null;
  if (rest === "") return named;
  if (rest === ":" || rest === "{") return false;
  if (rest === "-" || rest === "," || /^-\{[\d: ]*$/.test(rest)) return true;
  if (rest.startsWith("->")) return lacksOfLock(rest.slice(2).trim()) && rest.length < 400;
  if (/^,? ?(?:at:?|a)?$/.test(rest)) return true;
  return (
    /^, at: (?:\[<[0-9a-f]+>\]|.*\+(?:0x)?(?:[0-9a-f]+\/?)?)$/.test(rest) &&
    !/\+0x[0-9a-f]+\/0x/.test(rest)
  );
}
