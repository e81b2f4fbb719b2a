/**
 * The states seen, exactly: their words in one flat array, found through an open-addressed table of
 * numbers and hashes. A batch of states is looked up at once, so that memory is waited for in parallel.
 */
import type { SuccessorRecord } from "../codegen/layout/successor-record.js";
import { grown } from "./grow.js";
import type { SeenCode } from "./seen-code.js";

const smallest = 1 << 10;

/** Places in the table at first: a small search is over before a larger one would have been cleared. */
const smallestTable = 1 << 11;

/** A table of fewer places grows fourfold. */
const largeTable = 1 << 19;

/** How long the arrays are at first, and the arrays. */
export type StoreArrays<Of> = Readonly<
  Record<"words" | "parents" | "transitions" | "table" | "hashes" | "numbers", Of>
>;

/** A set of packed states, numbered in the order in which they came. */
export class Store {
  count = 0;
  /** The words of all states, one after another. */
  words: Int32Array;
  /** The state from which each was first reached, and by which transition. */
  parents: Int32Array;
  transitions: Int32Array;
  /** The numbers of the states of the last batch. */
  numbers: Int32Array;
  private table: Int32Array;
  private hashes: Int32Array;

  constructor(
    private readonly record: SuccessorRecord,
    arrays: StoreArrays<Int32Array>,
    private readonly code: SeenCode,
  ) {
    ({ words: this.words, parents: this.parents, transitions: this.transitions } = arrays);
    ({ table: this.table, hashes: this.hashes, numbers: this.numbers } = arrays);
  }

  /**
   * Returns how long its arrays are to be.
   *
   * @param batch how many states come at once, at most
   * @param expected how many states are to be expected, where an earlier search has told: what has its size at
   *   once need not grow
   */
  static lengths(record: SuccessorRecord, batch: number, expected: number): StoreArrays<number> {
    const room = Math.max(smallest, expected + batch);
    let entries = smallestTable;
    while ((expected + batch) * 8 > entries * 5) entries *= 2;
    return {
      words: room * record.words,
      parents: room,
      transitions: room,
      table: entries * 2,
      hashes: batch * 2,
      numbers: batch * 2,
    };
  }

  /** Bytes in use. */
  get bytes(): number {
    const { words, parents, transitions, table, hashes, numbers } = this;
    return [words, parents, transitions, table, hashes, numbers].reduce(
      (sum, a) => sum + a.byteLength,
      0,
    );
  }

  /** Adds the states of a batch that are new. */
  insert(batch: Int32Array, end: number): void {
    const incoming = end / this.record.stride;
    this.reserve(incoming);
    const { words, table, parents, transitions, hashes, numbers } = this;
    this.count = this.code.now.insertAll(
      batch,
      end,
      words,
      table,
      parents,
      transitions,
      hashes,
      numbers,
      table.length / 2 - 1,
      this.count,
    );
  }

  /** Makes room, so that nothing moves while a batch goes in. */
  private reserve(incoming: number): void {
    const wanted = this.count + incoming;
    const { parents, hashes } = this;
    // A table entry is two numbers; at most five eighths of the entries are used.
    const most = (this.table.length / 16) * 5;
    if (hashes.length >= incoming * 2 && wanted <= parents.length && wanted <= most) return;
    this.code.leave();
    if (this.hashes.length < incoming * 2) {
      this.hashes = new Int32Array(incoming * 2);
      this.numbers = new Int32Array(incoming * 2);
    }
    if (wanted > this.parents.length) {
      const room = Math.max(wanted, Math.floor(this.parents.length * 1.6));
      this.words = grown(this.words, room * this.record.words);
      this.parents = grown(this.parents, room);
      this.transitions = grown(this.transitions, room);
    }
    let entries = this.table.length / 2;
    if (wanted <= most) return;
    while (wanted * 8 > entries * 5) entries *= entries < largeTable ? 4 : 2;
    this.table = rehashed(this.table, entries, this.count);
  }
}

/** Returns a larger table with the same entries; the stored hashes make looking at the states unnecessary. */
function rehashed(old: Int32Array, entries: number, count: number): Int32Array {
  const table = new Int32Array(entries * 2);
  const mask = entries - 1;
  let left = count;
  for (let at = 0; left > 0 && at < old.length; at += 2) {
    const number = old[at] ?? 0;
    if (number === 0) continue;
    const hash = old[at + 1] ?? 0;
    let slot = hash & mask;
    while (table[slot * 2] !== 0) slot = (slot + 1) & mask;
    table[slot * 2] = number;
    table[slot * 2 + 1] = hash;
    left--;
  }
  return table;
}
