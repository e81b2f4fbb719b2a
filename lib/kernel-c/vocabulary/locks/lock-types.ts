/** Locks of any kind, where a call takes one: what lockdep is told is the same for all. */
import {
  type Element,
  type Expr,
  NONE,
  type RwLock,
  type Variable,
  at,
  ne,
} from "../../../machine/index.js";
import type { Call } from "../row/index.js";

/** Returns the lock that an argument is the address of, or of whose `dep_map` it is. */
export function anyLock(call: Call, which: number): Element {
  const { object, index } = call.object<unknown>(which);
  if (isLock(object)) return at(object, ...index);
  if (isReaderWriter(object)) return at(object.writer, ...index);
  return call.refuse(`${call.argument(which)} is no lock`, which);
}

/** Returns whether an object is a lock that the machine keeps in one variable. */
export function isLock(of: unknown): of is Variable {
  return typeof of === "object" && of !== null && "lock" in of && of.lock !== null;
}

/** Returns whether an object is a reader-writer lock. */
export function isReaderWriter(of: unknown): of is RwLock {
  return typeof of === "object" && of !== null && "writer" in of && isLock(of.writer);
}

/** Returns whether somebody holds a lock. */
export const isHeld = (lock: Element): Expr => ne(lock, NONE);
