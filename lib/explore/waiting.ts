/** The states that a depth-first search has yet to look at, with their depths; the newest comes first. */
const smallest = 1 << 10;

/** A stack of states by number, each with the length of the way on which it was found. */
export class Waiting {
  size = 0;
  private pairs = new Int32Array(smallest);

  /** Bytes in use. */
  get bytes(): number {
    return this.pairs.byteLength;
  }

  /** Adds a state. */
  push(state: number, depth: number): void {
    const at = this.size * 2;
    if (at + 2 > this.pairs.length) {
      const bigger = new Int32Array(this.pairs.length * 2);
      bigger.set(this.pairs);
      this.pairs = bigger;
    }
    this.pairs[at] = state;
    this.pairs[at + 1] = depth;
    this.size++;
  }

  /** Removes the newest state and returns its number, or -1; its depth is asked for before. */
  pop(): number {
    if (this.size === 0) return -1;
    this.size--;
    return this.pairs[this.size * 2] ?? -1;
  }

  /** The depth of the newest state. */
  get depth(): number {
    return this.pairs[this.size * 2 - 1] ?? 0;
  }
}
