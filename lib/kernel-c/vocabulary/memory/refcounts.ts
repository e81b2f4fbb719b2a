/** Counts of references: include/linux/refcount.h, include/linux/kref.h. The one that drops the last reference frees. */
import {
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
  spin_unlock,
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
function droppedUnder(take: (call: Call) => Statement, drop: (call: Call) => Statement): CallRow {
  return gives("r, lock", (call) => {
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
  });
}

const mutexOf = (call: Call) => {
  const { object, index } = call.object(1, mutexType);
  return at(object, ...index);
};
const spinlockOf = (call: Call) => {
  const { object, index } = call.object(1, spinlockType);
  return at(object, ...index);
};
const underMutex = droppedUnder(
  (call) => mutex_lock(mutexOf(call)),
  (call) => mutex_unlock(mutexOf(call)),
);
const underSpinlock = droppedUnder(
  (call) => spin_lock(spinlockOf(call)),
  (call) => spin_unlock(spinlockOf(call)),
);

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
};
