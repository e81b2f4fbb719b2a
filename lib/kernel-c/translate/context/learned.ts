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

/** How often the range of a variable may grow before it is given up. */
const mostGrowth = 4;

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
  /** Integers that are counted up or down, so that they are numbers beyond the last CPU as well. */
  readonly counted = new Set<string>();
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
  /** What each pointer that is no pool's leads to: `&lock`, or a function by its name. */
  private readonly targets = new Map<string, string[]>();
  /** Pointers that code assigns, so that their first value is not all that they have. */
  readonly assignedPointers = new Set<string>();
  /** Between which numbers local variables lie that state no range, as far as is seen in what they are given. */
  readonly ranges = new Map<string, { readonly min: number; readonly max: number }>();
  /** What counters are set to before anything runs, by their names: `sema_init(&sem, 1)`. */
  readonly counts: Map<string, number>;
  /** Words with bits that are locks, with how many bits. */
  readonly lockWords = new Map<string, number>();
  private readonly widened = new Map<string, number>();
  private known = 0;

  /** What calls say about objects. */
  readonly noted: Noted;

  /** @param setUp shares what is set up once for the whole file; without it, nothing is known */
  constructor(setUp?: Pick<Learned, "noted" | "classes" | "setClasses" | "counts">) {
    this.noted = setUp?.noted ?? new Noted();
    this.classes = setUp?.classes ?? new Map<string, LockClass>();
    this.counts = setUp?.counts ?? new Map<string, number>();
    this.setClasses = setUp?.setClasses ?? new Map<string, LockClass | null>();
  }

  /** Notes that a word has a bit. */
  bit(key: string, bit: number): void {
    this.bitmaps.set(key, Math.max(this.bitmaps.get(key) ?? 0, bit + 1));
  }

  /** Notes between which numbers a local variable lies. */
  range(key: string, { min, max }: { readonly min: number; readonly max: number }): void {
    const known = this.ranges.get(key) ?? { min, max };
    // What is not narrow is as wide as its type.
    const next = { min: Math.min(known.min, min), max: Math.max(known.max, max) };
    const grown = next.min < known.min || next.max > known.max;
    const times = (this.widened.get(key) ?? 0) + (grown ? 1 : 0);
    this.widened.set(key, times);
    // What grows again and again is made of itself.
    const isNarrow = next.max - next.min < 4096 && times < mostGrowth;
    this.ranges.set(key, isNarrow ? next : { min: -Infinity, max: Infinity });
  }

  /** Returns the number of a thing among those that a pointer leads to. */
  target(key: string, thing: string): number {
    const all = this.targets.get(key) ?? [];
    const at = all.indexOf(thing);
    if (at >= 0) return at;
    this.targets.set(key, [...all, thing]);
    return all.length;
  }

  /** Returns what a pointer leads to, as far as is known. */
  targetsOf(key: string): readonly string[] {
    return this.targets.get(key) ?? [];
  }

  /** Returns whether something was learnt since the last time this was asked. */
  grew(): boolean {
    const { cpus, counted, flags, pooled, links, classes, setClasses, noted } = this;
    const bits = [...this.bitmaps.values(), ...this.lockWords.values()].reduce(
      (sum, width) => sum + width,
      0,
    );
    const size =
      cpus.size +
      counted.size +
      flags.size +
      pooled.size +
      links.size +
      classes.size +
      setClasses.size +
      this.counts.size +
      this.assignedPointers.size +
      [...this.ranges.values()].reduce(
        (sum, { min, max }) => sum + Math.min(max - min, 4096) + 1,
        0,
      ) +
      [...this.targets.values()].reduce((sum, all) => sum + all.length, 0) +
      bits +
      noted.size;
    const more = size > this.known;
    this.known = size;
    return more;
  }
}
