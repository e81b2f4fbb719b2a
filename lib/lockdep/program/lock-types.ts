/** The types of lock that a program can have, by their letters. */
import type { WaitType } from "../../primitives/lock.js";
import type { LockType } from "../state/class.js";

/** Wait types and lock type, as `lockdep_init_map_type()` is given them. */
export interface ProgramLockType {
  readonly inner: WaitType;
  readonly outer: WaitType;
  readonly lockType: LockType;
}

const type = (
  inner: WaitType,
  outer: WaitType = 0,
  lockType: LockType = "normal",
): ProgramLockType => ({ inner, outer, lockType });

/** The types of the first format. */
const TYPES: Readonly<Record<string, ProgramLockType>> = {
  r: type(2),
  s: type(3),
  w: type(3),
  x: type(2),
  m: type(4),
  S: type(4),
};

/** Those that the extended format adds. */
const MORE_TYPES: Readonly<Record<string, ProgramLockType>> = {
  L: type(3, 0, "percpu"),
  R: type(3, 1),
  C: type(2, 1),
  O: type(3, 0, "wait-override"),
  P: type(4, 0, "wait-override"),
  I: type(0),
};

const WAIT_TYPES: readonly WaitType[] = [0, 1, 2, 3, 4, 5];
const LOCK_TYPES: readonly LockType[] = ["normal", "percpu", "wait-override"];

function numberedType(letters: string): ProgramLockType | undefined {
  const digits = /^g(\d)(\d)(\d)$/.exec(letters)?.slice(1).map(Number);
  const [inner, outer, kind] = digits ?? [];
  const lockType = LOCK_TYPES[kind ?? -1];
  const [waitInner, waitOuter] = [WAIT_TYPES[inner ?? -1], WAIT_TYPES[outer ?? -1]];
  if (waitInner === undefined || waitOuter === undefined || lockType === undefined) return;
  return type(waitInner, waitOuter, lockType);
}

/** Every way to write a type; I, O and T of the last are digits. */
export const TYPE_LETTERS: readonly string[] = [
  ...Object.keys(TYPES),
  ...Object.keys(MORE_TYPES),
  "gIOT",
];

/** Returns the type that letters stand for, or undefined. */
export function lockTypeOf(letters: string): ProgramLockType | undefined {
  if (Object.hasOwn(TYPES, letters)) return TYPES[letters];
  if (Object.hasOwn(MORE_TYPES, letters)) return MORE_TYPES[letters];
  return numberedType(letters);
}

/** Returns whether letters that stand for a type do so in the extended format only. */
export const isExtendedType = (letters: string): boolean => !Object.hasOwn(TYPES, letters);
