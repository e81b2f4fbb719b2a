/** `atomic_t` and the operations that read and write at once: include/linux/atomic.h. One step each. */
import {
  type Effect,
  type Element,
  type Expr,
  type Statement,
  type Variable,
  add,
  assign,
  at,
  bool,
  eq,
  int,
  le,
  lt,
  ne,
  not,
  set,
  step,
  sub,
  variable,
  when,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  does,
  gives,
} from "../row/index.js";

const wide = { min: -(2 ** 30), max: 2 ** 30 - 1 };

export const atomicType: ObjectType<Variable> = {
  names: ["atomic_t", "atomic_long_t", "atomic64_t"],
  definers: [],
  initializers: [],
  declare: (name, { per, init, range }) => {
    const { min, max } = range ?? wide;
    return variable(name, int(min, max), { per, init });
  },
  counter: (of) => of,
};

/** Counts of references: include/linux/refcount.h, kref.h, which refcounts.ts has the calls of. */
export const refcountType: ObjectType<Variable> = {
  names: ["refcount_t", "struct kref"],
  definers: [],
  initializers: [],
  declare: (name, { per, init, range }) => {
    const { min, max } = range ?? { min: 0, max: wide.max };
    return variable(name, int(min, max), { per, init });
  },
  counter: (of) => of,
};

/** The counter that an argument is the address of. */
export const counter = (call: Call, which: number): Element => {
  const { object, index } = call.object(which, atomicType, refcountType);
  return at(object, ...index);
};

/** Returns a row of a read-modify-write whose value is not asked for. */
export const changes = (
  takes: string,
  which: number,
  to: (old: Expr, call: Call) => Expr,
): CallRow =>
  does(takes, (call) => {
    const place = counter(call, which);
    return [set(place, to(place, call), call.text)];
  });

/** A read-modify-write that returns what was there before, or what is there now. */
const returns = (
  takes: string,
  which: number,
  answer: "old" | "new",
  to: (old: Expr, call: Call) => Expr,
): CallRow =>
  gives(takes, (call) => {
    const place = counter(call, which);
    const result = call.temporary({ like: place });
    const next = to(place, call);
    call.emit(both(call, assign(result, place), assign(place, next)));
    return answer === "old" ? result : to(result, call);
  });

/** A read-modify-write that says something about what is there now. */
export const tests = (
  takes: string,
  which: number,
  to: (old: Expr, call: Call) => Expr,
  test: (now: Expr) => Expr,
): CallRow =>
  gives(takes, (call) => {
    const place = counter(call, which);
    const result = call.temporary(bool);
    const next = to(place, call);
    call.emit(both(call, assign(result, test(next)), assign(place, next)));
    return result;
  });

const both = (call: Call, ...effects: readonly Effect[]): Statement =>
  step(call.text, { then: effects });

const inc = (old: Expr): Expr => add(old, 1);
const dec = (old: Expr): Expr => sub(old, 1);
const plus = (old: Expr, call: Call): Expr => add(old, call.value(0));
const minus = (old: Expr, call: Call): Expr => sub(old, call.value(0));
const isZero = (now: Expr): Expr => eq(now, 0);

const bits =
  (operator: string, inverted = false) =>
  (old: Expr, call: Call): Expr => {
    const mask = call.value(0);
    return call.operate(operator, old, inverted ? sub(sub(0, mask), 1) : mask);
  };
const [setsBits, keepsBits, clearsBits, flipsBits] = [
  bits("|"),
  bits("&"),
  bits("&", true),
  bits("^"),
];

/** `x = *p; if (x != unless) *p = next`: returns whether it was done. */
export const unless = (
  takes: string,
  by: (call: Call) => Expr,
  not: (call: Call) => Expr,
): CallRow =>
  gives(takes, (call) => {
    const place = counter(call, 0);
    const done = call.temporary(bool);
    const change = by(call);
    const stop = not(call);
    call.emit(
      step(call.text, {
        then: [assign(done, ne(place, stop)), when(done, [assign(place, add(place, change))])],
      }),
    );
    return done;
  });

const one: Expr = { op: "const", value: 1 };
const zero: Expr = { op: "const", value: 0 };

/** Adds where a test of what is there allows it; returns whether it did. */
const where = (allows: (old: Expr) => Expr, by: number): CallRow =>
  gives("v", (call) => {
    const place = counter(call, 0);
    const done = call.temporary(bool);
    const changed = assign(place, add(place, by));
    call.emit(both(call, assign(done, allows(place)), when(done, [changed])));
    return done;
  });

/** Subtracts one unless it would fall below 0; returns what that is, or would be. */
const decIfPositive: CallRow = gives("v", (call) => {
  const place = counter(call, 0);
  const left = call.temporary({ like: place });
  call.emit(both(call, assign(left, sub(place, 1)), when(not(lt(left, 0)), [assign(place, left)])));
  return left;
});

/** Adds unless it is a number; returns what it was. */
const fetchUnless: CallRow = gives("v, a, u", (call) => {
  const place = counter(call, 0);
  const old = call.temporary({ like: place });
  const more = call.value(1);
  const stop = call.value(2);
  const changed = assign(place, add(place, more));
  call.emit(both(call, assign(old, place), when(ne(old, stop), [changed])));
  return old;
});

/** The element that a pointer of `cmpxchg()` and `xchg()` leads to: a variable, or an `atomic_t`. */
const exchanged = (call: Call): Element =>
  call.name.startsWith("atomic_") ? counter(call, 0) : call.pointed(0);

const xchg: CallRow = gives("pointer, new", (call) => {
  const place = exchanged(call);
  const result = call.temporary({ like: place });
  const next = call.valueFor(1, place);
  call.emit(both(call, assign(result, place), assign(place, next)));
  return result;
});

const cmpxchg: CallRow = gives("pointer, old, new", (call) => {
  const place = exchanged(call);
  const result = call.temporary({ like: place });
  const old = call.valueFor(1, place);
  const next = call.valueFor(2, place);
  call.emit(
    step(call.text, {
      then: [assign(result, place), when(eq(place, old), [assign(place, next)])],
    }),
  );
  return result;
});

/** Where it fails, `*old` is what was found. */
const tryCmpxchg: CallRow = gives("pointer, old, new", (call) => {
  const place = exchanged(call);
  const old = call.pointed(1);
  const next = call.valueFor(2, place);
  const done = call.temporary(bool);
  call.emit(
    step(call.text, {
      then: [assign(done, eq(place, old)), when(done, [assign(place, next)], [assign(old, place)])],
    }),
  );
  return done;
});

const variants = (name: string, row: CallRow): Readonly<Record<string, CallRow>> =>
  Object.fromEntries(["", "_relaxed", "_acquire", "_release"].map((how) => [name + how, row]));

/** Reads a counter. */
export const read: CallRow = gives("v", (call) => {
  const place = counter(call, 0);
  return call.reads(place, place.variable.domain);
});

/** Sets a counter. */
export const store: CallRow = does("v, i", (call) => {
  const place = counter(call, 0);
  return [set(place, call.value(1), call.text)];
});

/** The operations by the names of one prefix: `atomic`, `atomic_long`, `atomic64`. */
function operations(prefix: string): Readonly<Record<string, CallRow>> {
  return {
    ...variants(`${prefix}_read`, read),
    ...variants(`${prefix}_set`, store),
    [`${prefix}_inc`]: changes("v", 0, inc),
    [`${prefix}_dec`]: changes("v", 0, dec),
    [`${prefix}_add`]: changes("i, v", 1, plus),
    [`${prefix}_sub`]: changes("i, v", 1, minus),
    ...variants(`${prefix}_inc_return`, returns("v", 0, "new", inc)),
    ...variants(`${prefix}_dec_return`, returns("v", 0, "new", dec)),
    ...variants(`${prefix}_add_return`, returns("i, v", 1, "new", plus)),
    ...variants(`${prefix}_sub_return`, returns("i, v", 1, "new", minus)),
    ...variants(`${prefix}_fetch_inc`, returns("v", 0, "old", inc)),
    ...variants(`${prefix}_fetch_dec`, returns("v", 0, "old", dec)),
    ...variants(`${prefix}_fetch_add`, returns("i, v", 1, "old", plus)),
    ...variants(`${prefix}_fetch_sub`, returns("i, v", 1, "old", minus)),
    [`${prefix}_or`]: changes("i, v", 1, setsBits),
    [`${prefix}_and`]: changes("i, v", 1, keepsBits),
    [`${prefix}_andnot`]: changes("i, v", 1, clearsBits),
    [`${prefix}_xor`]: changes("i, v", 1, flipsBits),
    ...variants(`${prefix}_fetch_or`, returns("i, v", 1, "old", setsBits)),
    ...variants(`${prefix}_fetch_and`, returns("i, v", 1, "old", keepsBits)),
    ...variants(`${prefix}_fetch_andnot`, returns("i, v", 1, "old", clearsBits)),
    ...variants(`${prefix}_fetch_xor`, returns("i, v", 1, "old", flipsBits)),
    [`${prefix}_inc_and_test`]: tests("v", 0, inc, isZero),
    [`${prefix}_dec_and_test`]: tests("v", 0, dec, isZero),
    [`${prefix}_sub_and_test`]: tests("i, v", 1, minus, isZero),
    [`${prefix}_add_negative`]: tests("i, v", 1, plus, (now) => lt(now, 0)),
    [`${prefix}_inc_not_zero`]: unless(
      "v",
      () => one,
      () => zero,
    ),
    [`${prefix}_add_unless`]: unless(
      "v, a, u",
      (call) => call.value(1),
      (call) => call.value(2),
    ),
    [`${prefix}_inc_unless_negative`]: where((old) => le(0, old), 1),
    [`${prefix}_dec_unless_positive`]: where((old) => le(old, 0), -1),
    [`${prefix}_dec_if_positive`]: decIfPositive,
    [`${prefix}_fetch_add_unless`]: fetchUnless,
    ...variants(`${prefix}_xchg`, xchg),
    ...variants(`${prefix}_cmpxchg`, cmpxchg),
    ...variants(`${prefix}_try_cmpxchg`, tryCmpxchg),
  };
}

export const atomicFamily: Family = {
  name: "atomic",
  types: [atomicType],
  calls: {
    ...operations("atomic"),
    ...operations("atomic_long"),
    ...operations("atomic64"),
    ...variants("xchg", xchg),
    ...variants("cmpxchg", cmpxchg),
    ...variants("try_cmpxchg", tryCmpxchg),
    cmpxchg64: cmpxchg,
    cmpxchg_local: cmpxchg,
    try_cmpxchg64: tryCmpxchg,
    try_cmpxchg_local: tryCmpxchg,
  },
};
