/** The first function of a stack that is the developer's own. */
import type { StackFrame } from "../report/index.js";
import { isEntry } from "./fold-stack.js";
import { acquiring, helping, plainName, printing, reporting } from "./functions.js";

/** A function with the place in it. */
export interface Owner {
  readonly name: string;
  /** Such as `fs/fuse/inode.c:120`, or null. */
  readonly location: string | null;
  readonly module: string | null;
}

/**
 * Returns the innermost function that neither takes, waits, wakes, allocates nor prints for
 * another, or null where the stack shows none.
 *
 * @param frames the frames, innermost first
 */
export function ownerOf(frames: readonly StackFrame[]): Owner | null {
  let inHeader: Owner | null = null;
  let printed = false;
  for (const { symbol, unsure, location, module } of frames) {
    const name = plainName(symbol ?? "");
    if (unsure || !/^[A-Za-z_]/.test(name)) continue;
    if (isEntry(name)) return inHeader;
    if (printing.test(name)) {
      printed = true;
      continue;
    }
    // Who prints is to be looked at, also one who does all else for its caller.
    if (printed && !reporting.test(name) && !isShared(location) && !acquiring.test(name))
      return { name, location, module };
    if (isHelper(name) || isShared(location)) continue;
    if (!/\.h:\d+$/.test(location ?? "")) return { name, location, module };
    inHeader ??= { name, location, module };
  }
  return inHeader;
}

/**
 * Whether what is printed on a stack is of a WARN or BUG, which is an exception on many machines
 * (`__warn()` in kernel/panic.c, `report_bug()` in lib/bug.c).
 */
export const isWarned = (frames: readonly StackFrame[]): boolean =>
  frames.some(
    ({ symbol, unsure }) =>
      !unsure &&
      /^(?:__warn(?:_printk)?|warn_slowpath_\w+|report_bug|handle_bug)$/.test(symbol ?? ""),
  ) && frames.some(({ symbol }) => printing.test(plainName(symbol ?? "")));

/** Whether a function does its work for its caller. */
export const isHelper = (name: string): boolean => {
  const plain = plainName(name);
  return [reporting, acquiring, helping, printing].some((each) => each.test(plain));
};

/** An inline function of a header is a wrapper, whatever its name. */
const isShared = (location: string | null): boolean =>
  /^(?:\.\/)?include\/|^kernel\/locking\//.test(location ?? "");
