/** Random programs of the extended format, as text: every operation, right and wrong. */
import * as fc from "fast-check";

const LOCKS = 5;
const lock = fc.nat({ max: LOCKS - 1 });
const subclass = fc.oneof(
  { weight: 12, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.nat({ max: 2 }) },
  { weight: 1, arbitrary: fc.nat({ max: 9 }) },
);
const flag = fc.nat({ max: 1 });
const read = fc.nat({ max: 2 });
const nest = fc.oneof(fc.constant(-1), lock);
const lockClass = fc.oneof(fc.nat({ max: 2 }).map(String), fc.constantFrom("D0", "D1"));

const op = (name: string, ...operands: readonly fc.Arbitrary<unknown>[]): fc.Arbitrary<string> =>
  operands.length === 0
    ? fc.constant(name)
    : fc.tuple(...operands).map((values) => [name, ...values].join(":"));

const short = fc
  .tuple(fc.constantFrom("a", "a", "a", "q", "p", "t", "v"), lock, subclass)
  .map(([how, l, s]) => `${how}${l}.${s}`);
const nested = fc.tuple(lock, subclass, lock).map(([l, s, n]) => `n${l}.${s}^${n}`);
const release = lock.map((l) => `u${l}`);
const toggle = fc.constantFrom("d", "e", "b", "B", "h", "H", "s", "S", ";");

const aboutLocks = fc.oneof(
  op("acq", lock, subclass, flag, read, flag, nest),
  op("sync", lock, subclass, read, flag),
  op("down", lock),
  op("setsub", lock, subclass),
  op("setcls", lock, lockClass, subclass),
  op("initcls", lock, lockClass, subclass),
  op("initsub", lock, subclass),
  op("init", lock),
  op("noval", lock),
  op("notrk", lock),
  op("pin", lock),
  op("unpin", lock),
  op("unpinx", lock),
  op("repin", lock),
  op("held", lock, fc.constantFrom(-1, 0, 1)),
  op("freed", lock),
  op("freedn", lock, fc.nat({ max: 3 })),
  op("reset", lock),
  op("cmp", lock),
  op("cmpp", lock),
  op("rep", fc.nat({ max: 33 }), fc.nat({ max: 63 }), lock, lock),
);
const aboutContexts = fc.oneof(
  op("off"),
  op("on"),
  op("rkey", fc.nat({ max: 1 })),
  op("ukey", fc.nat({ max: 1 })),
  op("exit"),
  op("sysexit"),
  op("thr"),
  op("cfg", flag),
  op("nmi"),
  op("NMI"),
  op("ashld", lock),
  op("ashldw", lock),
  op("ashldr", lock),
  op("asnot", lock),
  fc.constantFrom("asnone", "asioff", "asion", "asinirq", "asinsoft", "asnohard"),
  op("T", fc.nat({ max: 3 })),
);

const type = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom("r", "r", "s", "w", "x", "m", "S") },
  { weight: 3, arbitrary: fc.constantFrom("L", "R", "C", "O", "P", "I") },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 }), fc.nat({ max: 2 }))
      .map((digits) => `g${digits.join("")}`),
  },
);
const oneLock = fc.record({
  name: fc.constantFrom("&laba->lk", "&labb->lk", "&labc->lk"),
  class: fc.oneof(
    { weight: 20, arbitrary: fc.nat({ max: 2 }) },
    { weight: 2, arbitrary: fc.constantFrom("D0", "D1") },
    { weight: 1, arbitrary: fc.constant("-") },
  ),
  type,
  own: fc.oneof(
    { weight: 9, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.boolean() },
  ),
});

const wild = fc.oneof(
  { weight: 3, arbitrary: short },
  { weight: 3, arbitrary: release },
  { weight: 1, arbitrary: nested },
  { weight: 2, arbitrary: toggle },
  { weight: 3, arbitrary: aboutLocks },
  { weight: 3, arbitrary: aboutContexts },
);

/** What opens a context, and what closes it. */
const context = fc.constantFrom<readonly string[]>(
  ["", ""],
  ["", ""],
  ["d", "e"],
  ["h", "H"],
  ["s", "S"],
  ["b", "B"],
  ["nmi", "NMI"],
  ["off", "on"],
);

/** Distinct locks that are taken in a context and dropped again, with few surprises on the way. */
const episode = fc
  .record({
    context,
    taken: fc.uniqueArray(lock, { minLength: 1, maxLength: 3 }),
    how: fc.constantFrom("a", "a", "a", "a", "q", "p", "t", "v"),
    subclass,
    surprise: fc.option(aboutLocks, { freq: 2 }),
  })
  .map(({ context: [open = "", close = ""], taken, how, subclass: s, surprise }) =>
    [
      open,
      ...taken.map((l) => `${how}${l}.${s}`),
      surprise ?? "",
      ...[...taken].reverse().map((l) => `u${l}`),
      close,
      ";",
    ].filter((each) => each !== ""),
  );

/** A program as a line of a file. */
export const anyExtendedProgram: fc.Arbitrary<string> = fc
  .record({
    id: fc.constant("any"),
    locks: fc.array(oneLock, { minLength: LOCKS, maxLength: LOCKS }),
    ops: fc.array(
      fc.oneof(
        { weight: 5, arbitrary: episode },
        { weight: 1, arbitrary: wild.map((one) => [one]) },
      ),
      { maxLength: 12 },
    ),
  })
  .map(({ id, locks, ops }) => JSON.stringify({ id, locks, ops: ops.flat() }));
