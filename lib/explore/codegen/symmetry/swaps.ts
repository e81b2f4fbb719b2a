/** JavaScript that swaps two members of a set in a packed state: many fields of a word at once. */
import type { Model } from "../../../machine/index.js";
import type { Packing } from "../layout/packing.js";
import { type Renaming, type Symmetry, renamedValue } from "../../analysis/symmetry.js";
import { code } from "../text/code.js";
import { swapOf, wordNames } from "../layout/names.js";
import type { Pass } from "../text/pass.js";

/** Returns the functions that leave in `renamed` the words that they are given, renamed by one swap. */
export function swapsPass(model: Model, packing: Packing, { swaps, renamings }: Symmetry): Pass {
  const given = wordNames("w", packing.words).join(", ");
  const functions = swaps.map(({ renaming }, at) => {
    const by = renamings[renaming];
    return code`function ${swapOf(at + 1)}(${given}) {
      ${by === undefined ? [] : swapSource(model, packing, by)}
    }`;
  });
  return {
    title: "swaps of the first member of a set with another",
    source: code`const renamed = new Int32Array(${packing.words + 6});
      ${functions}`,
    provides: ["renamed", ...swaps.map((_, at) => swapOf(at + 1))],
    needs: [],
  };
}

/** First the values that name a member, in their places; then the places. */
function swapSource(model: Model, packing: Packing, by: Renaming): string[] {
  const values = new ValueSwaps();
  const shifts = new Shifts();
  for (const [at, slot] of model.slots.entries()) {
    const from = packing.fields[at];
    const to = packing.fields[by.slots[at] ?? at];
    if (from === undefined || to === undefined) continue;
    const { kind } = slot.variable?.domain ?? { kind: "location" };
    const names = kind === "id" || kind === "process" ? from.max - from.min : -1;
    for (let raw = 0; raw <= names; raw++) {
      const other = renamedValue(slot, raw + from.min, by) - from.min;
      if (other > raw) values.add(from.word, from.shift, from.bits, raw, other);
    }
    if (by.slots[at] === at) continue;
    shifts.add(from.word, to.word, to.shift - from.shift, from.mask << from.shift);
  }
  const names = wordNames("w", packing.words);
  const exchanged = names.flatMap((name, word) => {
    const flipped = values.source(word);
    return flipped === "" ? [] : [`${name} = ${name}${flipped};`];
  });
  const moved = names.map((_, word) => `renamed[${String(word)}] = ${shifts.source(word)};`);
  return [...exchanged, ...moved];
}

/** Fields of one width in which the same two values change places. */
interface Pair {
  readonly bits: number;
  readonly one: number;
  readonly other: number;
  /** The lowest bit of each of these fields. */
  low: number;
}

/** Values that change places, word by word. */
class ValueSwaps {
  private readonly words = new Map<number, Map<string, Pair>>();

  add(word: number, shift: number, bits: number, one: number, other: number): void {
    const pairs = this.words.get(word) ?? new Map<string, Pair>();
    this.words.set(word, pairs);
    const key = `${bits} ${one} ${other}`;
    const pair = pairs.get(key) ?? { bits, one, other, low: 0 };
    pair.low |= 1 << shift;
    pairs.set(key, pair);
  }

  /** What is to be applied to a word: pairs of one field have no value in common. */
  source(word: number): string {
    const pairs = [...(this.words.get(word) ?? new Map<string, Pair>()).values()];
    return pairs.map((pair) => flips(`w${String(word)}`, pair)).join("");
  }
}

/**
 * Returns what changes one of the two values to the other, and no third: a field holds one of them if it has their
 * bits where they agree, and all bits of the one or all of the other where they differ.
 */
function flips(word: string, { bits, one, other, low }: Pair): string {
  const at = (bit: number): string => (bit === 0 ? word : `(${word} >>> ${String(bit)})`);
  const isSet = (of: number, bit: number): boolean => ((of >>> bit) & 1) !== 0;
  const all = Array.from({ length: bits }, (_, bit) => bit);
  const differing = all.filter((bit) => isSet(one ^ other, bit));
  const [first = 0, ...rest] = differing;
  const tests = all
    .filter((bit) => !differing.includes(bit))
    .map((bit) => (isSet(one, bit) ? at(bit) : `~${at(bit)}`));
  for (const bit of rest) {
    const equal = isSet(one, bit) === isSet(one, first);
    tests.push(`${equal ? "~" : ""}(${at(first)} ^ ${at(bit)})`);
  }
  const hit = `(${[...tests, String(low)].join(" & ")})`;
  return differing
    .map((bit) => (bit === 0 ? ` ^ ${hit}` : ` ^ (${hit} << ${String(bit)})`))
    .join("");
}

/** Fields that change places; those that move as far from one word to another move together. */
class Shifts {
  private readonly masks = new Map<
    number,
    Map<string, { by: number; from: number; mask: number }>
  >();
  private readonly filled = new Map<number, number>();

  add(from: number, to: number, by: number, mask: number): void {
    const moves =
      this.masks.get(to) ?? new Map<string, { by: number; from: number; mask: number }>();
    this.masks.set(to, moves);
    const key = `${from} ${by}`;
    const move = moves.get(key) ?? { by, from, mask: 0 };
    move.mask |= mask;
    moves.set(key, move);
    const there = by >= 0 ? mask << by : mask >>> -by;
    this.filled.set(to, (this.filled.get(to) ?? 0) | there);
  }

  source(word: number): string {
    const kept = `(w${String(word)} & ${String(~(this.filled.get(word) ?? 0))})`;
    const moves = this.masks.get(word);
    if (moves === undefined) return `w${String(word)}`;
    const parts = [...moves.values()].map(({ by, from, mask }) => {
      const masked = `(w${String(from)} & ${String(mask)})`;
      if (by === 0) return masked;
      return by > 0 ? `(${masked} << ${String(by)})` : `(${masked} >>> ${String(-by)})`;
    });
    return [kept, ...parts].join(" | ");
  }
}
