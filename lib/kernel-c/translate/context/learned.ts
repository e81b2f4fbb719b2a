/**
 * What is found out about a text while it is translated, for the next time round: a variable that holds CPUs,
 * a structure that pointers move among. The text is translated again until nothing new is found.
 */

/** The class of what an initialiser such as `mutex_init()` was given. */
export interface LockClass {
  readonly key: string;
  /** What the macro makes a name of: its argument as it is written. */
  readonly name: string;
}

/** Facts about variables and structures, by the keys of their storage. */
export class Learned {
  /** Integers that hold the numbers of CPUs, as `smp_processor_id()` returns them. */
  readonly cpus = new Set<string>();
  /** Integers that hold saved IRQ flags. */
  readonly flags = new Set<string>();
  /** Structures whose objects are pointed at by what changes at run time. */
  readonly pooled = new Set<string>();
  /** Which structure's which member each list links: `foo.node`, by the key of the head. */
  readonly links = new Map<string, string>();
  /** Where each lock is initialised, by its name: as in the kernel, all of one place are a class. */
  readonly classes = new Map<string, LockClass>();
  /** Words whose bits are used one by one, with how many bits. */
  readonly bitmaps = new Map<string, number>();
  private known = 0;

  /** Notes that a word has a bit. */
  bit(key: string, bit: number): void {
    this.bitmaps.set(key, Math.max(this.bitmaps.get(key) ?? 0, bit + 1));
  }

  /** Returns whether something was learnt since the last time this was asked. */
  grew(): boolean {
    const { cpus, flags, pooled, links, classes } = this;
    const bits = [...this.bitmaps.values()].reduce((sum, width) => sum + width, 0);
    const size = cpus.size + flags.size + pooled.size + links.size + classes.size + bits;
    const more = size > this.known;
    this.known = size;
    return more;
  }
}
