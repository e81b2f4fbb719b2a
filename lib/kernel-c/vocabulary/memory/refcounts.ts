/** Counts of references: include/linux/refcount.h, include/linux/kref.h. The one that drops the last reference frees. */
import {
  type Effect,
  type Expr,
  type Statement,
  add,
  assign,
  bool,
  check,
  eq,
  mutex_lock,
  mutex_unlock,
  ne,
  set,
  spin_lock,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_irqrestore,
  step,
  sub,
  at,
} from "../../../machine/index.js";
import { changes, counter, read, refcountType, store, tests, unless } from "./atomic.js";
import { type Call, type CallRow, type Family, does, gives, setsUp } from "../row/index.js";
import { mutexType } from "../locks/mutex.js";
import { spinlockType } from "../locks/spinlock.js";

const inc = (old: Expr): Expr => add(old, 1);
const dec = (old: Expr): Expr => sub(old, 1);
const isZero = (now: Expr): Expr => eq(now, 0);
const one: Expr = { op: "const", value: 1 };
const zero: Expr = { op: "const", value: 0 };

const isNotZero = unless(
  "r",
  () => one,
  () => zero,
);

/** A reference more: who counts on from none uses what is freed, of which the kernel warns. */
const taken = (takes: string): CallRow =>
  does(takes, (call) => {
    const count = counter(call, 0);
    const held = check(ne(count, 0), `${call.text}: addition on 0; use-after-free`, "misuse");
    return [step(call.text, { then: [held, assign(count, inc(count))] })];
  });

/** Drops a reference; the last one under the lock, which is then held. */
const droppedUnder = (
  takes: string,
  take: (call: Call) => Statement,
  drop: (call: Call) => Statement,
): CallRow => gives(takes, (call) => dropsUnder(call, take, drop));

/** Returns whether it was the last. */
function dropsUnder(
  call: Call,
  take: (call: Call) => Statement,
  drop: (call: Call) => Statement,
): Expr {
  const count = counter(call, 0);
  const last = call.temporary(bool);
  const rest = call.temporary(bool);
  call.emit(
    step(`${call.text}: is it the last?`, {
      then: [
        assign(rest, ne(count, 1)),
        { kind: "if", test: rest, then: [assign(count, sub(count, 1))], else: [] },
      ],
    }),
  );
  const under: readonly Statement[] = [
    take(call),
    step(call.text, { then: [assign(last, eq(count, 1)), assign(count, sub(count, 1))] }),
    { kind: "if", test: last, then: [], else: [drop(call)] },
  ];
  call.emit({ kind: "if", test: rest, then: [set(last, false)], else: under });
  return last;
}

const mutexOf = (which: number) => (call: Call) => {
  const { object, index } = call.object(which, mutexType);
  return at(object, ...index);
};
const spinlockOf = (which: number) => (call: Call) => {
  const { object, index } = call.object(which, spinlockType);
  return at(object, ...index);
};
type Ways = readonly [take: (call: Call) => Statement, drop: (call: Call) => Statement];
const byMutex = (which: number): Ways => [
  (call) => mutex_lock(mutexOf(which)(call)),
  (call) => mutex_unlock(mutexOf(which)(call)),
];
const bySpinlock = (which: number): Ways => [
  (call) => spin_lock(spinlockOf(which)(call)),
  (call) => spin_unlock(spinlockOf(which)(call)),
];
const underMutex = droppedUnder("r, lock", ...byMutex(1));
const underSpinlock = droppedUnder("r, lock", ...bySpinlock(1));
const underIrqsave = droppedUnder(
  "r, lock, flags",
  (call) => spin_lock_irqsave(spinlockOf(1)(call), call.flags(2)),
  (call) => spin_unlock_irqrestore(spinlockOf(1)(call), call.flags(2)),
);

/** `kref_put_mutex(kref, release, lock)`: what frees is called with the lock held, and drops it. */
const putUnder = (ways: Ways): CallRow =>
  gives("kref, release, lock", (call) => {
    const release = call.functionName(1);
    const last = dropsUnder(call, ...ways);
    const then = call.apart(() => {
      call.calls(release, 0);
    });
    call.emit({ kind: "if", test: last, then, else: [] });
    return last;
  });

/** Drops the last reference alone, or any but the last; returns whether it did. */
const droppedIf = (allows: (count: Expr) => Expr): CallRow =>
  gives("r", (call) => {
    const count = counter(call, 0);
    const done = call.temporary(bool);
    const drop: Effect = { kind: "if", test: done, then: [assign(count, sub(count, 1))], else: [] };
    call.emit(step(call.text, { then: [assign(done, allows(count)), drop] }));
    return done;
  });

const put: CallRow = gives("kref, release", (call) => {
  const count = counter(call, 0);
  const release = call.functionName(1);
  const last = call.temporary(bool);
  call.emit(step(call.text, { then: [assign(last, eq(count, 1)), assign(count, sub(count, 1))] }));
  const then = call.apart(() => {
    call.calls(release, 0);
  });
  call.emit({ kind: "if", test: last, then, else: [] });
  return last;
});

export const refcountFamily: Family = {
  name: "refcount",
  types: [refcountType],
  calls: {
    refcount_read: read,
    refcount_set: store,
    refcount_inc: taken("r"),
    refcount_dec: changes("r", 0, dec),
    refcount_inc_not_zero: isNotZero,
    refcount_dec_and_test: tests("r", 0, dec, isZero),
    refcount_dec_and_mutex_lock: underMutex,
    refcount_dec_and_lock: underSpinlock,
    refcount_dec_and_lock_irqsave: underIrqsave,
    refcount_add: changes("i, r", 1, (old, call) => add(old, call.value(0))),
    refcount_sub_and_test: tests("i, r", 1, (old, call) => sub(old, call.value(0)), isZero),
    refcount_dec_if_one: droppedIf((count) => eq(count, 1)),
    refcount_dec_not_one: droppedIf((count) => ne(count, 1)),
    atomic_dec_and_lock_irqsave: underIrqsave,
    kref_put_mutex: putUnder(byMutex(2)),
    kref_put_lock: putUnder(bySpinlock(2)),
    atomic_dec_and_mutex_lock: underMutex,
    atomic_dec_and_lock: underSpinlock,
    kref_init: setsUp("kref", (call) => {
      call.object(0, refcountType);
      call.counts(0, 1);
    }),
    kref_read: read,
    kref_get: taken("kref"),
    kref_get_unless_zero: isNotZero,
    kref_put: put,
  },
  instead: Object.fromEntries(
    ["get", "tryget", "tryget_live", "put", "kill", "init", "reinit", "is_zero"].map((what) => [
      `percpu_ref_${what}`,
      "an atomic_t, a flag that it is killed, and a completion of its last put",
    ]),
  ),
};
