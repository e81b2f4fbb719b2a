/** The first function of a stack that is the developer's own. */
import type { StackFrame } from "../report/index.js";
import { isEntry } from "./fold-stack.js";
import { acquiring, helping, plainName, reporting } from "./functions.js";

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
  for (const { symbol, unsure, location, module } of frames) {
    if (unsure || symbol === null || !/^[A-Za-z_]/.test(symbol)) continue;
    const name = plainName(symbol);
    if (isEntry(name)) return inHeader;
    if (isHelper(name) || isShared(location)) continue;
    if (!/\.h:\d+$/.test(location ?? "")) return { name, location, module };
    inHeader ??= { name, location, module };
  }
  return inHeader;
}

/** Whether a function does its work for whoever calls it. */
export const isHelper = (name: string): boolean => {
  const plain = plainName(name);
  return reporting.test(plain) || acquiring.test(plain) || helping.test(plain);
};

/** An inline function of a header is a wrapper, whatever its name. */
const isShared = (location: string | null): boolean =>
  /^(?:\.\/)?include\/|^kernel\/locking\//.test(location ?? "");
