/** The bits in which it is kept who moves: in groups, by the names of the state before a renaming. */

/** The processes whose bits share a number. */
export const groupSize = 24;

/** A digit of some bits is what a table is looked up by. */
export const digitBits = 4;
export const digitValues = 1 << digitBits;
export const digitsInGroup = groupSize / digitBits;

/** The number with the bit of a process, or of its progress, in its group. */
export const bitIn = (bit: number): number => 1 << (bit % groupSize);

/** The group of a bit. */
export const groupOf = (bit: number): number => Math.floor(bit / groupSize);

/** Above the bits of processes in a state's first number: its ends were looked at. */
export const lookedAt = 1 << 30;

/** Returns some bits, in groups. */
export function bitsOf(of: readonly number[], groups: number): readonly number[] {
  const all = Array.from({ length: groups }, () => 0);
  for (const bit of of) {
    if (bit >= 0) all[groupOf(bit)] = (all[groupOf(bit)] ?? 0) | bitIn(bit);
  }
  return all;
}

/** For each renaming, digit of bits and value of it: those bits before the renaming. */
export function renamingTable(
  renamings: readonly (readonly number[])[],
  groups: number,
): readonly number[] {
  const digits = Math.ceil((renamings[0]?.length ?? 0) / digitBits);
  const table = new Int32Array(renamings.length * digits * digitValues * groups);
  for (const [by, renaming] of renamings.entries()) {
    for (const [from, to] of renaming.entries()) {
      const digit = Math.floor(to / digitBits);
      const bit = 1 << (to % digitBits);
      const first = (by * digits + digit) * digitValues;
      for (let value = 0; value < digitValues; value++) {
        if ((value & bit) === 0) continue;
        const at = (first + value) * groups + groupOf(from);
        table[at] = (table[at] ?? 0) | bitIn(from);
      }
    }
  }
  return [...table];
}
