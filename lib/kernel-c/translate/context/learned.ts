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

/** What calls say about objects: of which relation, of what, in the order of the text. */
export class Noted {
  private readonly known = new Map<string, Map<string, Set<string>>>();
  private count = 0;

  note(relation: string, of: string, is: string): void {
    const about = this.known.get(relation) ?? new Map<string, Set<string>>();
    const all = about.get(of) ?? new Set<string>();
    if (!all.has(is)) this.count += 1;
    this.known.set(relation, about.set(of, all.add(is)));
  }

  of(relation: string, of: string): readonly string[] {
    return [...(this.known.get(relation)?.get(of) ?? [])];
  }

  all(relation: string): readonly string[] {
    return [...(this.known.get(relation)?.keys() ?? [])];
  }

  /** How much was noted. */
  get size(): number {
    return this.count;
  }
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
  readonly classes: Map<string, LockClass>;
  /** Which class each lock was given later, by its name; null if lockdep does not validate it. */
  readonly setClasses: Map<string, LockClass | null>;
  /** Words whose bits are used one by one, with how many bits. */
  readonly bitmaps = new Map<string, number>();
  /** Words of flags that state no range, with the flags that are used with them. */
  readonly masks = new Map<string, number>();
  /** Words with bits that are locks, with how many bits. */
  readonly lockWords = new Map<string, number>();
  private known = 0;

  /** What calls say about objects. */
  readonly noted: Noted;

  /** @param setUp shares what is set up once for the whole file; without it, nothing is known */
  constructor(setUp?: Pick<Learned, "noted" | "classes" | "setClasses">) {
    this.noted = setUp?.noted ?? new Noted();
    this.classes = setUp?.classes ?? new Map<string, LockClass>();
    this.setClasses = setUp?.setClasses ?? new Map<string, LockClass | null>();
  }

  /** Notes that a word has a bit. */
  bit(key: string, bit: number): void {
    this.bitmaps.set(key, Math.max(this.bitmaps.get(key) ?? 0, bit + 1));
  }

  /** Notes that a word has flags. */
  mask(key: string, bits: number): void {
    this.masks.set(key, (this.masks.get(key) ?? 0) | bits);
  }

  /** Returns whether something was learnt since the last time this was asked. */
  grew(): boolean {
    const { cpus, flags, pooled, links, classes, setClasses, noted } = this;
    const bits = [
      ...this.bitmaps.values(),
      ...this.lockWords.values(),
      ...[...this.masks.values()].map((mask) => mask + 1),
    ].reduce((sum, width) => sum + width, 0);
    const size =
      cpus.size +
      flags.size +
      pooled.size +
      links.size +
      classes.size +
      setClasses.size +
      bits +
      noted.size;
    const more = size > this.known;
    this.known = size;
    return more;
  }
}
