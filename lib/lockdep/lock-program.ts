/**
 * Lock programs: what one task does, as a list of short operations, and what lockdep says to it.
 *
 * The format is that of test/oracle/README.md, whose programs a real kernel has answered.
 */
import { isRecord } from "../primitives/record.js";
import type { ReadMode } from "../primitives/event.js";
import type { WaitType } from "../primitives/lock.js";
import type { Lockdep } from "./lockdep.js";
import type { Report } from "./report.js";

/** A lock of a program: locks of one class share a key. */
export interface LockProgramLock {
  readonly name: string;
  readonly class: number;
  readonly type: LockLetter;
}

/** The types of lock, by the letter that a program uses. */
export type LockLetter = keyof typeof WAIT_TYPES;

const WAIT_TYPES = { r: 2, s: 3, w: 3, x: 2, m: 4, S: 4 } as const satisfies Record<
  string,
  WaitType
>;

/** One operation. */
export type LockProgramOp =
  | {
      readonly kind: "acquire";
      readonly lock: number;
      readonly subclass: number;
      readonly read: ReadMode;
      readonly trylock: boolean;
      readonly nest: number | null;
    }
  | { readonly kind: "release"; readonly lock: number }
  | { readonly kind: Switch }
  | { readonly kind: "episode" };

type Switch = (typeof SWITCHES)[keyof typeof SWITCHES];

const SWITCHES = {
  d: "irqs-off",
  e: "irqs-on",
  b: "bh-off",
  B: "bh-on",
  h: "hardirq-enter",
  H: "hardirq-exit",
  s: "softirq-enter",
  S: "softirq-exit",
} as const;

const ACQUISITIONS: Readonly<Record<string, readonly [read: ReadMode, trylock: boolean]>> = {
  a: [0, false],
  q: [1, false],
  p: [2, false],
  t: [0, true],
  v: [2, true],
  n: [0, false],
};

/** A program that has been read. */
export interface LockProgram {
  readonly id: string;
  readonly locks: readonly LockProgramLock[];
  readonly ops: readonly LockProgramOp[];
}

/** A program or what is wrong with its text. */
export type ParsedLockProgram =
  | { readonly ok: true; readonly program: LockProgram }
  | { readonly ok: false; readonly error: string };

/** Thrown within this file only. */
class Malformed extends Error {}

function fail(message: string): never {
  throw new Malformed(message);
}

const show = (value: unknown): string => (value === undefined ? "missing" : JSON.stringify(value));

const isLetter = (value: unknown): value is LockLetter =>
  typeof value === "string" && Object.hasOwn(WAIT_TYPES, value);

const isSwitch = (value: string): value is keyof typeof SWITCHES => Object.hasOwn(SWITCHES, value);

function parseLock(value: unknown, at: number): LockProgramLock {
  if (!isRecord(value))
    fail(`locks[${at}] is ${show(value)}, not an object with name, class, type`);
  const { name, class: key, type } = value;
  if (typeof name !== "string") fail(`locks[${at}].name is ${show(name)}, not a string`);
  if (typeof key !== "number" || !Number.isInteger(key) || key < 0) {
    fail(`locks[${at}].class is ${show(key)}, not an integer from 0 on`);
  }
  if (!isLetter(type)) {
    fail(`locks[${at}].type is ${show(type)}, not one of ${Object.keys(WAIT_TYPES).join(" ")}`);
  }
  return { name, class: key, type };
}

function lockIndex(text: string | undefined, op: string, at: number, locks: number): number {
  const index = Number(text);
  if (index >= locks) {
    fail(`ops[${at}] ${show(op)} names lock ${index}, but there are only ${locks} (from 0 on)`);
  }
  return index;
}

function parseOp(value: unknown, at: number, locks: number): LockProgramOp {
  if (typeof value !== "string") fail(`ops[${at}] is ${show(value)}, not a string`);
  if (value === ";") return { kind: "episode" };
  if (isSwitch(value)) return { kind: SWITCHES[value] };
  const taken = /^([aqptvn])(\d{1,9})\.(\d{1,9})(?:\^(\d{1,9}))?$/.exec(value);
  const how = ACQUISITIONS[taken?.[1] ?? ""];
  if (taken !== null && how !== undefined && (taken[1] === "n") === (taken[4] !== undefined)) {
    return {
      kind: "acquire",
      lock: lockIndex(taken[2], value, at, locks),
      subclass: Number(taken[3]),
      read: how[0],
      trylock: how[1],
      nest: taken[4] === undefined ? null : lockIndex(taken[4], value, at, locks),
    };
  }
  const released = /^u(\d{1,9})$/.exec(value);
  if (released !== null) return { kind: "release", lock: lockIndex(released[1], value, at, locks) };
  return fail(
    `ops[${at}] is ${show(value)}, not one of aK.S qK.S pK.S tK.S vK.S nK.S^J uK d e b B h H s S ;`,
  );
}

function parse(text: string): LockProgram {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    fail(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isRecord(value))
    fail(`is ${show(value).slice(0, 40)}, not an object with id, locks and ops`);
  const { id, locks, ops } = value;
  if (typeof id !== "string") fail(`id is ${show(id)}, not a string`);
  if (!Array.isArray(locks)) fail(`locks is ${show(locks)}, not an array`);
  if (!Array.isArray(ops)) fail(`ops is ${show(ops)}, not an array`);
  return {
    id,
    locks: locks.map(parseLock),
    ops: ops.map((op, at) => parseOp(op, at, locks.length)),
  };
}

/**
 * Reads a program from its JSON.
 *
 * @param text one object with `id`, `locks` and `ops`; anything else in it is ignored
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

/** What lockdep said, and to which operation. */
export interface LockProgramReport {
  /** Index in `ops`. */
  readonly step: number;
  readonly report: Report;
}

/**
 * Runs a program until lockdep is off: up to the first report, unless lockdep is one that goes on.
 *
 * @param lockdep one that knows nothing yet
 * @returns the first report, or null
 */
export function runLockProgram(program: LockProgram, lockdep: Lockdep): LockProgramReport | null {
  const maps = program.locks.map(({ name, class: key, type }, i) =>
    lockdep.lockdep_init_map({ id: `lock${i}`, name, key: `${key}`, waitInner: WAIT_TYPES[type] }),
  );
  let hardirqs = 0;
  let first: LockProgramReport | null = null;
  for (const [step, op] of program.ops.entries()) {
    const at = [`op${step}`];
    switch (op.kind) {
      case "acquire": {
        const map = maps[op.lock];
        const nest = op.nest === null ? null : (maps[op.nest] ?? null);
        if (map !== undefined) {
          lockdep.lock_acquire(map, op.subclass, op.trylock, op.read, true, nest, at);
        }
        break;
      }
      case "release": {
        const map = maps[op.lock];
        if (map !== undefined) lockdep.lock_release(map, at);
        break;
      }
      case "irqs-off":
        lockdep.lockdep_hardirqs_off(at);
        break;
      case "irqs-on":
        lockdep.lockdep_hardirqs_on(at);
        break;
      case "bh-off":
        lockdep.local_bh_disable(at);
        break;
      case "bh-on":
        lockdep.local_bh_enable(at);
        break;
      case "hardirq-enter":
        hardirqs++;
        lockdep.lockdep_hardirq_enter(false, at);
        break;
      case "hardirq-exit":
        lockdep.lockdep_hardirq_exit();
        if (--hardirqs === 0) lockdep.lockdep_hardirqs_on(at);
        break;
      case "softirq-enter":
        lockdep.local_bh_disable(at);
        lockdep.lockdep_softirq_enter();
        break;
      case "softirq-exit":
        lockdep.lockdep_softirq_exit();
        lockdep.local_bh_enable(at);
        break;
      case "episode":
        break;
    }
    const { report } = lockdep;
    if (report !== null) first ??= { step, report };
    if (!lockdep.debug_locks) break;
  }
  return first;
}
