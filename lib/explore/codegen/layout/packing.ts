/** How a state fits into a few 32-bit words: every number in as few bits as its range needs. */
import type { Model, State } from "../../../machine/index.js";

/** Where a number of the state is: `((word >>> shift) & mask) + min`. */
export interface Field {
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
  readonly mask: number;
  readonly min: number;
  readonly max: number;
}

/** The places of all numbers of a state. */
export interface Packing {
  readonly words: number;
  readonly fields: readonly Field[];
}

/** What a slot has to hold. */
type Bounds = Pick<Field, "min" | "max">;

const bitsOf = ({ min, max }: Bounds): number => Math.max(1, 32 - Math.clz32(max - min));

/**
 * Returns a packing: arrays stay together in one word where they fit, so that an element is found by a
 * shift; the largest go first.
 *
 * @param something for each slot, whether it is never none though it is declared so
 */
export function packingOf(model: Model, something: readonly boolean[] = []): Packing {
  const bounds = model.slots.map(({ min, max }, at) => ({
    min: something[at] === true ? 0 : min,
    max,
  }));
  const widths = bounds.map(bitsOf);
  const widthOf = (slots: readonly number[]): number =>
    slots.reduce((sum, at) => sum + (widths[at] ?? 0), 0);
  const blocks = blocksOf(model.slots)
    .map((slots) => ({ slots, bits: widthOf(slots) }))
    .sort((a, b) => b.bits - a.bits);
  const used: number[] = [];
  const fields: Field[] = [];
  for (const { slots, bits } of blocks) {
    const pieces = bits <= 32 ? [slots] : slots.map((slot) => [slot]);
    for (const piece of pieces) {
      const need = widthOf(piece);
      let word = used.findIndex((u) => u + need <= 32);
      if (word < 0) word = used.push(0) - 1;
      for (const at of piece) {
        const { min = 0, max = 0 } = bounds[at] ?? {};
        const shift = used[word] ?? 0;
        const bits = widths[at] ?? 1;
        const mask = bits === 32 ? -1 : (1 << bits) - 1;
        fields[at] = { word, shift, bits, mask, min, max };
        used[word] = shift + bits;
      }
    }
  }
  return { words: Math.max(1, used.length), fields };
}

/** Returns the words of a state. */
export function pack({ words, fields }: Packing, state: State): number[] {
  const packed = Array.from({ length: words }, () => 0);
  for (const [at, { word, shift, min }] of fields.entries()) {
    packed[word] = (packed[word] ?? 0) | (((state[at] ?? 0) - min) << shift);
  }
  return packed;
}

/** Returns the state whose words begin at an offset. */
export function unpack({ fields }: Packing, words: ArrayLike<number>, offset = 0): State {
  return fields.map(
    ({ word, shift, mask, min }) => (((words[offset + word] ?? 0) >>> shift) & mask) + min,
  );
}

/** The slots of one variable after another; a location is alone. */
function blocksOf(slots: Model["slots"]): number[][] {
  const blocks: number[][] = [];
  for (const [at, slot] of slots.entries()) {
    const before = slots[at - 1];
    const open = blocks[blocks.length - 1];
    if (open !== undefined && slot.variable !== null && before?.variable === slot.variable) {
      open.push(at);
    } else {
      blocks.push([at]);
    }
  }
  return blocks;
}
