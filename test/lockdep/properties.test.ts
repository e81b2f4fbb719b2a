import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  Lockdep,
  type LockProgram,
  type LockProgramOp,
  runLockProgram,
} from "../../lib/lockdep/index.js";
import { normalText, printReport } from "../../lib/splat/print/index.js";

const types = ["r", "s", "w", "x", "m", "S"] as const;
const COUNT = 5;
const index = fc.nat({ max: COUNT - 1 });

/** One lock a class, or several. */
const locks = (instances: boolean): fc.Arbitrary<LockProgram["locks"]> =>
  fc
    .array(
      fc.record({
        class: instances ? fc.nat({ max: 2 }) : fc.constant(0),
        type: fc.constantFrom(...types),
      }),
      {
        minLength: COUNT,
        maxLength: COUNT,
      },
    )
    .map((all) =>
      all.map((lock, i) => {
        const key = instances ? lock.class : i;
        return { name: `&l${key}->lock`, class: key, type: all[key]?.type ?? "r" };
      }),
    );

const acquire = fc.record({
  kind: fc.constant("acquire" as const),
  lock: index,
  subclass: fc.nat({ max: 2 }),
  read: fc.constantFrom(0 as const, 1 as const, 2 as const),
  trylock: fc.boolean(),
  nest: fc.option(index, { freq: 4 }),
});
const release = fc.record({ kind: fc.constant("release" as const), lock: index });
const toggle = fc.record({
  kind: fc.constantFrom(
    "irqs-off",
    "irqs-on",
    "bh-off",
    "bh-on",
    "hardirq-enter",
    "hardirq-exit",
    "softirq-enter",
    "softirq-exit",
    "episode",
  ),
});
const anyOp: fc.Arbitrary<LockProgramOp> = fc.oneof(acquire, acquire, release, release, toggle);
const anyProgram = fc.record({
  id: fc.constant("any"),
  locks: locks(true),
  ops: fc.array(anyOp, { maxLength: 40 }),
});

/** Takes distinct locks in an order, each episode a part of it, and drops them in another order. */
const episode = fc.record({
  taken: fc.uniqueArray(index, { minLength: 1, maxLength: COUNT }),
  off: fc.boolean(),
  shuffle: fc.infiniteStream(fc.nat({ max: 9 })),
});
const balanced = (sorted: boolean): fc.Arbitrary<LockProgram> =>
  fc
    .record({ locks: locks(false), episodes: fc.array(episode, { maxLength: 8 }) })
    .map(({ locks: all, episodes }) => ({
      id: "balanced",
      locks: all,
      ops: episodes.flatMap(({ taken, off, shuffle }): LockProgramOp[] => {
        const order = sorted ? [...taken].sort((a, b) => a - b) : taken;
        const ranks = shuffle[Symbol.iterator]();
        const dropped = order
          .map((lock) => ({ lock, rank: Number(ranks.next().value) }))
          .sort((a, b) => a.rank - b.rank);
        return [
          ...(off ? [{ kind: "irqs-off" as const }] : []),
          ...order.map((lock) => ({
            kind: "acquire" as const,
            lock,
            subclass: 0,
            read: 0 as const,
            trylock: false,
            nest: null,
          })),
          ...dropped.map(({ lock }) => ({ kind: "release" as const, lock })),
          ...(off ? [{ kind: "irqs-on" as const }] : []),
        ];
      }),
    }));

const verdict = (program: LockProgram, shortcuts = true): unknown => {
  const found = runLockProgram(program, new Lockdep({ shortcuts }));
  return found && [found.step, found.report.kind];
};
const said = (program: LockProgram, shortcuts: boolean): unknown => {
  const found = runLockProgram(program, new Lockdep({ shortcuts }));
  return found && [found.step, normalText(found.report)];
};

describe("any program whatever", () => {
  it("is answered, printed and gone on from without an exception", () => {
    fc.assert(
      fc.property(anyProgram, (program) => {
        const lockdep = new Lockdep({ keepGoing: true });
        runLockProgram(program, lockdep);
        for (const report of lockdep.reports) expect(printReport(report)).not.toBe("");
        lockdep.graph();
        lockdep.proc_lockdep();
        lockdep.proc_lockdep_chains();
        lockdep.proc_lockdep_stats();
      }),
      { numRuns: 400 },
    );
  });

  it("gets the same report, word for word, with and without the searches that are spared", () => {
    fc.assert(
      fc.property(anyProgram, (program) => {
        expect(said(program, true)).toEqual(said(program, false));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a program that drops all that it takes", () => {
  it("leaves nothing held, in whatever order", () => {
    fc.assert(
      fc.property(balanced(false), (program) => {
        const lockdep = new Lockdep({ keepGoing: true });
        runLockProgram(program, lockdep);
        expect(lockdep.held_locks()).toEqual([]);
      }),
    );
  });
});

describe("names", () => {
  it("of classes change no verdict", () => {
    fc.assert(
      fc.property(
        anyProgram,
        fc.array(fc.string(), { minLength: 3, maxLength: 3 }),
        (program, names) => {
          const renamed = program.locks.map((lock) => ({
            ...lock,
            name: names[Number(lock.class)] ?? "",
          }));
          expect(verdict({ ...program, locks: renamed })).toEqual(verdict(program));
        },
      ),
    );
  });

  it("of instances of a class change no verdict", () => {
    fc.assert(
      fc.property(
        anyProgram,
        fc.uniqueArray(index, { minLength: COUNT, maxLength: COUNT }),
        (program, to) => {
          const moved = (lock: number): number => to[lock] ?? lock;
          const all = [...program.locks];
          for (const [from, lock] of program.locks.entries()) all[moved(from)] = lock;
          const ops = program.ops.map((op): LockProgramOp => {
            if (op.kind === "release") return { ...op, lock: moved(op.lock) };
            if (op.kind !== "acquire") return op;
            return { ...op, lock: moved(op.lock), nest: op.nest === null ? null : moved(op.nest) };
          });
          expect(verdict({ ...program, locks: all, ops })).toEqual(verdict(program));
        },
      ),
    );
  });
});

describe("an order without circles", () => {
  it("is never reported, as long as no lock waits longer than those around it allow", () => {
    fc.assert(
      fc.property(balanced(true), (program) => {
        const raw = program.locks.map((lock) => ({ ...lock, type: "r" as const }));
        expect(verdict({ ...program, locks: raw })).toBeNull();
      }),
    );
  });

  it("and its reverse are reported together", () => {
    fc.assert(
      fc.property(fc.uniqueArray(index, { minLength: 2, maxLength: COUNT }), (order) => {
        const locks = Array.from({ length: COUNT }, (_, i) => ({
          name: `l${i}`,
          class: i,
          type: "r" as const,
        }));
        const nest = (taken: readonly number[]): LockProgramOp[] => [
          ...taken.map((lock) => ({
            kind: "acquire" as const,
            lock,
            subclass: 0,
            read: 0 as const,
            trylock: false,
            nest: null,
          })),
          ...taken.map((lock) => ({ kind: "release" as const, lock })),
        ];
        const ops = [...nest(order), ...nest([...order].reverse())];
        expect(verdict({ id: "both", locks, ops })).toEqual([2 * order.length + 1, "circular"]);
      }),
    );
  });
});
