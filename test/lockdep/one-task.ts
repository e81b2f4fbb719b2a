/** One task on one CPU that takes locks, as the tests of lib/locking-selftest.c do. */
import { expect } from "vitest";
import type { ReadMode, Report } from "../../lib/index.js";
import { Lockdep, type LockdepMap, type LockdepOptions, type LockMap } from "../../lib/index.js";

type Kind = "raw" | "spin" | "rwlock" | "mutex" | "rwsem";

const WAIT: Readonly<Record<Kind, 2 | 3 | 4>> = { raw: 2, spin: 3, rwlock: 3, mutex: 4, rwsem: 4 };

/** Every call is a place of its own, so that reports can be told apart. */
export class OneTask {
  readonly lockdep: Lockdep;
  private calls = 0;

  constructor(options: LockdepOptions = {}) {
    this.lockdep = new Lockdep(options);
  }

  private get at(): string[] {
    return [`call_${++this.calls}`, "one_task"];
  }

  /** A lock of a kind; the key is the name unless another is given. */
  lock(name: string, kind: Kind = "raw", more: Partial<LockMap> = {}): LockdepMap {
    return this.lockdep.lockdep_init_map({
      id: name,
      name,
      key: name,
      waitInner: WAIT[kind],
      ...more,
    });
  }

  take(map: LockdepMap, read: ReadMode = 0, subclass = 0): this {
    this.lockdep.lock_acquire(map, subclass, false, read, true, null, this.at);
    return this;
  }

  trylock(map: LockdepMap): this {
    this.lockdep.lock_acquire(map, 0, true, 0, true, null, this.at);
    return this;
  }

  takeUnder(nest: LockdepMap, map: LockdepMap): this {
    this.lockdep.lock_acquire(map, 0, false, 0, true, nest, this.at);
    return this;
  }

  drop(...maps: readonly LockdepMap[]): this {
    for (const map of maps) this.lockdep.lock_release(map, this.at);
    return this;
  }

  /** Takes locks exclusively, one inside the other, and drops them again. */
  nest(...maps: readonly LockdepMap[]): this {
    for (const map of maps) this.take(map);
    return this.drop(...[...maps].reverse());
  }

  irqsOff(body: () => void): this {
    this.lockdep.lockdep_hardirqs_off(this.at);
    body();
    this.lockdep.lockdep_hardirqs_on(this.at);
    return this;
  }

  bhOff(body: () => void): this {
    this.lockdep.local_bh_disable(this.at);
    body();
    this.lockdep.local_bh_enable(this.at);
    return this;
  }

  inHardirq(body: () => void, threaded = true): this {
    this.lockdep.lockdep_hardirqs_off(this.at);
    this.lockdep.lockdep_hardirq_enter(threaded, this.at);
    body();
    this.lockdep.lockdep_hardirq_exit();
    this.lockdep.lockdep_hardirqs_on(this.at);
    return this;
  }

  inSoftirq(body: () => void): this {
    this.lockdep.local_bh_disable(this.at);
    this.lockdep.lockdep_hardirqs_off(this.at);
    this.lockdep.lockdep_softirq_enter();
    body();
    this.lockdep.lockdep_softirq_exit();
    this.lockdep.lockdep_hardirqs_on(this.at);
    this.lockdep.local_bh_enable(this.at);
    return this;
  }

  /** The one report, of the kind that it must be; anything else fails with what came instead. */
  only<K extends Report["kind"]>(kind: K): Extract<Report, { kind: K }> {
    expect(this.kinds).toEqual([kind]);
    const is = (r: Report): r is Extract<Report, { kind: K }> => r.kind === kind;
    const found = this.lockdep.reports.find(is);
    if (found === undefined) throw new Error(`no ${kind}`);
    return found;
  }

  /** The kinds of all reports, in order. */
  get kinds(): string[] {
    return this.lockdep.reports.map(({ kind }) => kind);
  }
}
