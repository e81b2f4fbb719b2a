/** Reads the locks of a program. */
import { isRecord } from "../../primitives/record.js";
import type { ProgramClass, LockProgramLock } from "./format.js";
import { isExtendedType, lockTypeOf, TYPE_LETTERS } from "./lock-types.js";
import { fail, shown } from "./malformed.js";

/** Returns the class that a text or a number names, or undefined. */
export function classOf(value: unknown): ProgramClass | undefined {
  if (typeof value === "number") return Number.isInteger(value) && value >= 0 ? value : undefined;
  if (value === "-") return value;
  const dynamic = typeof value === "string" ? /^D(\d{1,9})$/.exec(value)?.[1] : undefined;
  return dynamic === undefined ? undefined : `D${Number(dynamic)}`;
}

/** Returns a lock; throws Malformed. */
export function parseLock(value: unknown, at: number): LockProgramLock {
  if (!isRecord(value)) {
    fail(`locks[${at}] is ${shown(value)}, not an object with name, class, type`);
  }
  const { name, class: key, type: letters, own } = value;
  if (typeof name !== "string") fail(`locks[${at}].name is ${shown(name)}, not a string`);
  const lockClass = classOf(key);
  if (lockClass === undefined) {
    fail(`locks[${at}].class is ${shown(key)}, not an integer from 0 on, "DN" or "-"`);
  }
  if (typeof letters !== "string" || lockTypeOf(letters) === undefined) {
    fail(`locks[${at}].type is ${shown(letters)}, not one of ${TYPE_LETTERS.join(" ")}`);
  }
  return { name, class: lockClass, type: letters, own: own === true };
}

/** Returns whether a lock that could be read belongs to the extended format only. */
export const isExtendedLock = (value: unknown): boolean =>
  isRecord(value) &&
  (typeof value["class"] === "string" ||
    value["own"] !== undefined ||
    isExtendedType(String(value["type"])));
