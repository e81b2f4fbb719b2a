import { describe, expect, it } from "vitest";
import {
  add,
  at,
  bool,
  either,
  eq,
  forever,
  if_,
  int,
  local_irq_disable,
  local_irq_enable,
  local_irq_restore,
  local_irq_save,
  lockdep_off,
  lockdep_on,
  mutex,
  mutex_lock,
  preempt_disable,
  preempt_enable,
  raw_spin_lock,
  raw_spin_lock_irq,
  raw_spin_trylock,
  raw_spin_unlock,
  raw_spin_unlock_irq,
  raw_spinlock,
  read_lock,
  rwlock,
  set,
  spin_acquire,
  spin_lock,
  spinlock,
  step,
  variable,
  write_lock,
  type Statement,
} from "../../../lib/machine/index.js";
import { countingInterrupt } from "../../../lib/notebook/lessons/locks/counting-interrupt.js";
import { hangAlone } from "../../../lib/notebook/lessons/locks/hang-alone.js";
import { threeInARing } from "../../../lib/notebook/lessons/locks/three-in-a-ring.js";
import { expectRefused, expectSolved } from "./solved.js";

const [a, b] = [raw_spinlock("a"), raw_spinlock("b")];

it("three in a ring hang after three steps", () => {
  const question = threeInARing();
  expect([2, 3, 4, 6].map((guess) => question.judge(guess))).toEqual([false, true, false, false]);
});

describe("an interrupt that counts", () => {
  const count = variable("count", int(0, 2));
  const register = variable("register", int(0, 2), { per: [2] });
  const done = variable("done", bool, { per: [2] });
  const flags = variable("flags", bool);
  const increment = (me: number): readonly Statement[] => [
    set(at(register, me), count),
    set(count, add(at(register, me), 1)),
    set(at(done, me), true),
  ];
  const locked = (me: number): readonly Statement[] => [
    raw_spin_lock(a),
    ...increment(me),
    raw_spin_unlock(a),
  ];
  const exercise = countingInterrupt({ lock: a, count, done, handler: locked(1) });
  const [off, enable] = [local_irq_disable(), local_irq_enable()];
  const [take, drop] = [raw_spin_lock(a), raw_spin_unlock(a)];

  it.each([
    ["saving and restoring", [local_irq_save(flags), ...locked(0), local_irq_restore(flags)]],
    ["disabling and enabling", [off, ...locked(0), enable]],
    ["the lock's own form", [raw_spin_lock_irq(a), ...increment(0), raw_spin_unlock_irq(a)].flat()],
    ["IRQs off for longer", [off, step("work"), ...locked(0), step("work"), enable]],
    ["IRQs off twice", [local_irq_save(flags), off, ...locked(0), local_irq_restore(flags)]],
    [
      "a count of one step",
      [off, take, set(count, add(count, 1)), set(at(done, 0), true), drop, enable],
    ],
    [
      "saying that it is done when IRQs are on again",
      [off, take, set(count, add(count, 1)), drop, enable, set(at(done, 0), true)],
    ],
    ["IRQs on for a moment before", [off, enable, off, ...locked(0), enable]],
  ])("is solved by %s", (_, task) => {
    expectSolved(exercise, task);
  });

  it.each([
    ["the task as it was", locked(0)],
    ["enabling too early", [off, take, enable, ...increment(0), drop]],
    ["not counting", []],
    ["no lock at all", [off, ...increment(0), enable]],
    ["setting the count, without a lock", [set(count, 1)]],
    ["setting the count to its end", [off, set(count, 1), set(at(done, 0), true), enable]],
    ["saying that it is done", [set(at(done, 0), true)]],
    ["another lock", [off, raw_spin_lock(b), ...increment(0), raw_spin_unlock(b), enable]],
    ["never unlocking", [off, take, ...increment(0), enable]],
    [
      "a count that goes by who is done",
      [off, take, set(count, add(at(done, 1), 1)), set(at(done, 0), true), drop, enable],
    ],
    ["no lock where the handler is done", [off, if_(at(done, 1), increment(0), locked(0)), enable]],
    ["counting or not", [either([off, ...locked(0), enable], [step("skip")])]],
    [
      "waiting for the handler, for ever if need be",
      [step("wait", { when: at(done, 1), end: true }), off, ...locked(0), enable],
    ],
    [
      "waiting for the handler, and no lock then",
      [step("wait", { when: at(done, 1), end: true }), ...increment(0)],
    ],
    ["dropping the lock before it counts", [off, take, drop, ...increment(0), enable]],
    ["counting twice", [off, ...locked(0), enable, off, ...locked(0), enable]],
    ["IRQs that stay off", [off, ...locked(0)]],
    ["preemption off", [preempt_disable(), ...locked(0), preempt_enable()]],
    ["lockdep switched off", [lockdep_off(), ...locked(0), lockdep_on()]],
  ])("is not solved by %s", (_, task) => {
    expectRefused(exercise, task);
  });
});

describe("hang alone", () => {
  const exercise = hangAlone();
  const other = raw_spinlock("a");
  const [s, rw] = [spinlock("s"), rwlock("rw")];

  it.each([
    ["the lock twice", [raw_spin_lock(a), raw_spin_lock(a)]],
    ["the lock again, under another", [raw_spin_lock(a), raw_spin_lock(b), raw_spin_lock(a)]],
    ["work in between", [raw_spin_lock(a), step("work"), raw_spin_lock(a), raw_spin_unlock(a)]],
    ["a spinlock_t", [spin_lock(s), spin_lock(s)]],
    ["a writer twice", [write_lock(rw), write_lock(rw)]],
    ["a reader below a writer", [write_lock(rw), read_lock(rw)]],
    ["a writer below a reader", [read_lock(rw), write_lock(rw)]],
    ["a loop that forgets to unlock", [forever([raw_spin_lock(a)])]],
    [
      "either of two locks",
      [either([raw_spin_lock(a), raw_spin_lock(a)], [raw_spin_lock(b), raw_spin_lock(b)])],
    ],
  ])("is solved by %s", (_, body) => {
    expectSolved(exercise, body);
  });

  it.each([
    ["taking it once", [raw_spin_lock(a), raw_spin_unlock(a)]],
    ["never dropping it", [raw_spin_lock(a)]],
    ["an unlock", [raw_spin_unlock(a)]],
    ["nothing", []],
    ["sleeping", [mutex_lock(mutex("m"))]],
    ["IRQs on", [local_irq_enable(), raw_spin_lock(a), raw_spin_lock(a)]],
    ["two readers", [read_lock(rw), read_lock(rw)]],
    ["a loop of locking and unlocking", [forever([raw_spin_lock(a), raw_spin_unlock(a)])]],
    ["a loop under the lock", [raw_spin_lock(a), forever([step("spin")])]],
    ["trying", [raw_spin_lock(a), raw_spin_trylock(a, [], [])]],
    ["lockdep switched off", [lockdep_off(), raw_spin_lock(a), raw_spin_lock(a)]],
    [
      "telling lockdep that it is another class",
      [raw_spin_lock(a), raw_spin_lock(a, { subclass: 1 })],
    ],
    [
      "telling lockdep twice, and a step that is called like a lock",
      [spin_acquire(a), spin_acquire(a), step("raw_spin_lock(&a)", { when: eq(0, 1) })],
    ],
    [
      "telling lockdep of a lock that is held",
      [raw_spin_lock(a), spin_acquire(a), step("wait", { when: eq(0, 1) })],
    ],
    [
      "two locks of one class, and a wait for something else",
      [raw_spin_lock(a), raw_spin_lock(other), step("never", { when: eq(0, 1) })],
    ],
  ])("is not solved by %s", (_, body) => {
    expectRefused(exercise, body);
  });
});
