/**
 * What is found out about a text while it is translated, for the next time round: a variable that holds CPUs,
 * a structure that pointers move among. The text is translated again until nothing is found that was asked for
 * before: then each question had its answer, and another round would do the same.
 */
import { Asked, AskedMap, AskedSet } from "./asked.js";

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
  readonly asked = new Asked();
  private readonly known = new Map<string, Map<string, Set<string>>>();

  note(relation: string, of: string, is: string): void {
    const about = this.known.get(relation) ?? new Map<string, Set<string>>();
    const all = about.get(of) ?? new Set<string>();
    if (!all.has(is)) {
      this.asked.learn(relation);
      this.asked.learn(both(relation, of));
    }
    this.known.set(relation, about.set(of, all.add(is)));
  }

  of(relation: string, of: string): readonly string[] {
    this.asked.ask(both(relation, of));
    return [...(this.known.get(relation)?.get(of) ?? [])];
  }

  all(relation: string): readonly string[] {
    this.asked.ask(relation);
    return [...(this.known.get(relation)?.keys() ?? [])];
  }
}

const both = (relation: string, of: string): string => `${relation}\n${of}`;

/** Facts about variables and structures, by the keys of their storage. */
export class Learned {
  /** Integers that hold the numbers of CPUs, as `smp_processor_id()` returns them. */
  readonly cpus = new AskedSet();
  /** Integers that are counted up or down, so that they are numbers beyond the last CPU as well. */
  readonly counted = new AskedSet();
  /** Integers that hold saved IRQ flags. */
  readonly flags = new AskedSet();
  /** Structures whose objects are pointed at by what changes at run time. */
  readonly pooled = new AskedSet();
  /** Which structure's which member each list links: `foo.node`, by the key of the head. */
  readonly links = new AskedMap<string>();
  /** Where each lock is initialised, by its name: as in the kernel, all of one place are a class. */
  readonly classes: AskedMap<LockClass>;
  /** Which class each lock was given later, by its name; null if lockdep does not validate it. */
  readonly setClasses: AskedMap<LockClass | null>;
  /** Words whose bits are used one by one, with how many bits. */
  readonly bitmaps = new AskedMap<number>();
  /** What each pointer that is no pool's leads to: `&lock`, or a function by its name. */
  private readonly targets = new AskedMap<string[]>();
  /** Pointers that code assigns, so that their first value is not all that they have. */
  readonly assignedPointers = new AskedSet();
  /** Between which numbers local variables lie that state no range, as far as is seen in what they are given. */
  readonly ranges = new AskedMap<{ readonly min: number; readonly max: number }>();
  /** What counters are set to before anything runs, by their names: `sema_init(&sem, 1)`. */
  readonly counts: AskedMap<number>;
  /** Words with bits that are locks, with how many bits. */
  readonly lockWords = new AskedMap<number>();
  private readonly widened = new Map<string, number>();

  /** What calls say about objects. */
  readonly noted: Noted;

  /** @param setUp shares what is set up once for the whole file; without it, nothing is known */
  constructor(setUp?: Pick<Learned, "noted" | "classes" | "setClasses" | "counts">) {
    this.noted = setUp?.noted ?? new Noted();
    this.classes = setUp?.classes ?? new AskedMap<LockClass>();
    this.counts = setUp?.counts ?? new AskedMap<number>();
    this.setClasses = setUp?.setClasses ?? new AskedMap<LockClass | null>();
  }

  /** Notes that a word has a bit. */
  bit(key: string, bit: number): void {
    if (bit >= (this.bitmaps.known(key) ?? 0)) this.bitmaps.widen(key, bit + 1);
  }

  /** Notes between which numbers a local variable lies. */
  range(key: string, { min, max }: { readonly min: number; readonly max: number }): void {
    const before = this.ranges.known(key);
    const known = before ?? { min, max };
    // What is not narrow is as wide as its type.
    const next = { min: Math.min(known.min, min), max: Math.max(known.max, max) };
    const grown = next.min < known.min || next.max > known.max;
    const times = (this.widened.get(key) ?? 0) + (grown ? 1 : 0);
    this.widened.set(key, times);
    // What grows again and again is made of itself.
    const isNarrow = next.max - next.min < 4096 && times < mostGrowth;
    const made = isNarrow ? next : { min: -Infinity, max: Infinity };
    if (before?.min !== made.min || before.max !== made.max) this.ranges.widen(key, made);
  }

  /** Returns the number of a thing among those that a pointer leads to. */
  target(key: string, thing: string): number {
    const all = this.targets.known(key) ?? [];
    const at = all.indexOf(thing);
    if (at >= 0) return at;
    this.targets.widen(key, [...all, thing]);
    return all.length;
  }

  /** Returns what a pointer leads to, as far as is known. */
  targetsOf(key: string): readonly string[] {
    return this.targets.get(key) ?? [];
  }

  /** Returns whether something was learnt that had been asked for before, so that the round was too early. */
  wasTooEarly(): boolean {
    const { cpus, counted, flags, pooled, links, classes, setClasses, noted } = this;
    const { counts, assignedPointers, ranges, targets, bitmaps, lockWords } = this;
    const sets = [cpus, counted, flags, pooled, assignedPointers];
    const maps = [links, classes, setClasses, counts, ranges, targets, bitmaps, lockWords];
    // Each is asked, so that each begins anew.
    return [...sets, ...maps, noted].filter(({ asked }) => asked.wasTooEarly()).length > 0;
  }
}
