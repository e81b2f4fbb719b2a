/** Reads lock programs from JSON, and says what is wrong with them. */
import { isRecord } from "../../primitives/record.js";
import type { LockProgram } from "./format.js";
import { fail, Malformed, shown } from "./malformed.js";
import { isExtendedLock, parseLock } from "./parse-lock.js";
import { isExtendedOp, parseOp } from "./parse-op.js";

/** A program or what is wrong with its text. */
export type ParsedLockProgram =
  | { readonly ok: true; readonly program: LockProgram }
  | { readonly ok: false; readonly error: string };

function formatOf(
  value: Readonly<Record<string, unknown>>,
  locks: readonly unknown[],
  ops: readonly unknown[],
): NonNullable<LockProgram["format"]> | null {
  if ("answer" in value || locks.some(isExtendedLock) || ops.some(isExtendedOp)) return "extended";
  return "report" in value ? "first" : null;
}

function parse(text: string): LockProgram {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    fail(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isRecord(value)) {
    fail(`is ${shown(value).slice(0, 40)}, not an object with id, locks and ops`);
  }
  const { id, locks, ops } = value;
  if (typeof id !== "string") fail(`id is ${shown(id)}, not a string`);
  if (!Array.isArray(locks)) fail(`locks is ${shown(locks)}, not an array`);
  if (!Array.isArray(ops)) fail(`ops is ${shown(ops)}, not an array`);
  return {
    id,
    locks: locks.map(parseLock),
    ops: ops.map((op, at) => parseOp(op, at, locks.length)),
    format: formatOf(value, locks, ops),
  };
}

/**
 * Reads a program from its JSON.
 *
 * @param text one object with `id`, `locks` and `ops`; an answer in it is ignored
 * @returns the program, or an error that says what is wrong and where
 */
export function parseLockProgram(text: string): ParsedLockProgram {
  try {
    return { ok: true, program: parse(text) };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, error: error.message };
    throw error;
  }
}
