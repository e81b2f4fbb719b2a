/**
 * The chain cache: which sequences of held locks have been validated already.
 *
 * The kernel hashes the ids of the locks held into a 64-bit chain key and looks that up
 * (`iterate_chain_key()`, `lookup_chain_cache()`). Here a chain key is a node of a tree of ids, so
 * that a step is one comparison for the lock that followed last time and one lookup otherwise, and
 * two different chains can never be taken for each other.
 */
export class ChainNode {
  /** True once a lock was validated as the last one of this chain. */
  cached = false;
  /** Bit 0 softirq, bit 1 hardirq, of the acquisition that was validated. */
  irqContext = 0;
  private lastId = -1;
  private lastChild: ChainNode | null = null;
  private readonly children = new Map<number, ChainNode>();

  constructor(
    readonly id: number,
    readonly parent: ChainNode | null,
  ) {}

  /** Returns the chain that is this one and then the lock of an id. */
  step(id: number): ChainNode {
    if (this.lastId === id && this.lastChild !== null) return this.lastChild;
    let child = this.children.get(id);
    if (child === undefined) {
      child = new ChainNode(id, this);
      this.children.set(id, child);
    }
    this.lastId = id;
    this.lastChild = child;
    return child;
  }

  /** Forgets every chain that a class takes part in. */
  prune(classIndex: number): ChainNode[] {
    const dropped: ChainNode[] = [];
    for (const [id, child] of this.children) {
      if (classOfId(id) !== classIndex) {
        dropped.push(...child.prune(classIndex));
        continue;
      }
      this.children.delete(id);
      dropped.push(...child.validated());
      if (this.lastId === id) this.lastId = -1;
    }
    return dropped;
  }

  /** Every validated chain from here on. */
  *validated(): Generator<ChainNode> {
    if (this.cached) yield this;
    for (const child of this.children.values()) yield* child.validated();
  }

  /** The ids from the first lock on. */
  ids(): number[] {
    return this.parent === null ? [] : [...this.parent.ids(), this.id];
  }
}

/** Returns what a chain is made of: the class and how it was taken, as `hlock_id()`. */
export const chainId = (classIndex: number, read: number): number => (classIndex << 2) | read;

/** Returns the index of the class in an id. */
export const classOfId = (id: number): number => id >> 2;
