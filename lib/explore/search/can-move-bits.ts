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

/** Where a process is, and its bit if it is at an end there. */
export interface EndTest {
  readonly word: number;
  readonly shift: number;
  readonly mask: number;
  readonly group: number;
  readonly bits: Int32Array;
}

/**
 * The tests for each process that is at an end. Who comes to an end has moved, so that as a start for
 * "moves here or later" it adds nothing to the states before.
 */
export function endTests({ model, packing }: Compiled, progressOf: Int32Array): EndTest[] {
  return model.processes.flatMap(({ ends, slot, kind }, number) => {
    const field = packing.fields[slot];
    if (field === undefined || kind === "device") return [];
    const { word, shift, mask } = field;
    return [number, progressOf[number] ?? -1]
      .filter((bit) => bit >= 0)
      .map((bit) => {
        const here = 1 << (bit % groupSize);
        const bits = Int32Array.from({ length: mask + 1 }, (_, at) => (ends.has(at) ? here : 0));
        return { word, shift, mask, group: Math.floor(bit / groupSize), bits };
      });
  });
}

/** Some bits, in groups. */
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
