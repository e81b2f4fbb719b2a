/** The bits in which `Moves` keeps who moves: in groups, by the names of the state before a renaming. */
import type { Compiled } from "../codegen/compile.js";

/** The processes whose bits share a number. */
export const groupSize = 24;

/** A digit of some bits is what a table is looked up by. */
export const digitBits = 4;
export const digitValues = 1 << digitBits;
export const lowDigit = digitValues - 1;
export const digitsInGroup = groupSize / digitBits;
export const shiftOf = (digit: number): number => (digit % digitsInGroup) * digitBits;

/** The number with the bit of a process, or of its progress, in its group. */
export const bitIn = (bit: number): number => 1 << (bit % groupSize);

/** Above the bits of processes in a state's first number: its ends were looked at. */
export const lookedAt = 1 << 30;

/**
 * For each process that has an end and is no device: where in a state its location is, and its bits by that.
 * In arrays, since every state of a search is asked.
 */
export interface EndTable {
  readonly count: number;
  readonly word: Int32Array;
  readonly shift: Int32Array;
  readonly mask: Int32Array;
  /** The group of its bits, and where those of its first location are in `bits`. */
  readonly group: Int32Array;
  readonly first: Int32Array;
  readonly bits: Int32Array;
}

/**
 * Returns the bits of processes at an end, "moves" and "makes progress" alike. One that comes to an end has moved, so
 * that as a start for "moves here or later" it adds nothing to the states before.
 */
export function endTable({ model, packing }: Compiled, progressOf: Int32Array): EndTable {
  const tests = model.processes.flatMap(({ ends, slot, kind }, number) => {
    const field = packing.fields[slot];
    if (field === undefined || kind === "device") return [];
    const progress = progressOf[number] ?? -1;
    const group = Math.floor(number / groupSize);
    const own = { field, ends, group, here: bitIn(number) };
    if (progress < 0) return [own];
    const other = Math.floor(progress / groupSize);
    if (group === other) return [{ ...own, here: own.here | bitIn(progress) }];
    return [own, { ...own, group: other, here: bitIn(progress) }];
  });
  let length = 0;
  const first = Int32Array.from(tests, ({ field }) => (length += field.mask + 1) - field.mask - 1);
  const bits = new Int32Array(length);
  for (const [at, { ends, here }] of tests.entries()) {
    for (const end of ends) bits[(first[at] ?? 0) + end] = here;
  }
  return {
    count: tests.length,
    word: Int32Array.from(tests, ({ field }) => field.word),
    shift: Int32Array.from(tests, ({ field }) => field.shift),
    mask: Int32Array.from(tests, ({ field }) => field.mask),
    group: Int32Array.from(tests, ({ group }) => group),
    first,
    bits,
  };
}

/** Returns some bits, in groups. */
export function bitsOf(of: readonly number[], groups: number): Int32Array {
  const all = new Int32Array(groups);
  for (const bit of of) {
    if (bit < 0) continue;
    const group = Math.floor(bit / groupSize);
    all[group] = (all[group] ?? 0) | (1 << (bit % groupSize));
  }
  return all;
}

/** For each renaming, digit of bits and value of it: those bits before the renaming. */
export function renamingTable(
  renamings: readonly (readonly number[])[],
  groups: number,
): Int32Array {
  const digits = Math.ceil((renamings[0]?.length ?? 0) / digitBits);
  const table = new Int32Array(renamings.length * digits * digitValues * groups);
  for (const [by, renaming] of renamings.entries()) {
    for (const [from, to] of renaming.entries()) {
      const digit = Math.floor(to / digitBits);
      const bit = 1 << (to % digitBits);
      const first = (by * digits + digit) * digitValues;
      for (let value = 0; value < digitValues; value++) {
        if ((value & bit) === 0) continue;
        const at = (first + value) * groups + Math.floor(from / groupSize);
        table[at] = (table[at] ?? 0) | (1 << (from % groupSize));
      }
    }
  }
  return table;
}
