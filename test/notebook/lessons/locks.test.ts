import { describe, expect, it } from "vitest";
import {
  add,
  and,
  at,
  bool,
  eq,
  int,
  local_irq_disable,
  local_irq_enable,
  local_irq_restore,
  local_irq_save,
  mutex,
  mutex_lock,
  not,
  or,
  raw_spin_lock,
  raw_spin_lock_irq,
  raw_spin_unlock,
  raw_spin_unlock_irq,
  raw_spinlock,
  set,
  step,
  variable,
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
  const finished = and(at(done, 0), at(done, 1));
  const kept = or(not(finished), eq(count, 2));
  const exercise = countingInterrupt({ handler: locked(1), finished, always: kept });
  const [off, enable] = [local_irq_disable(), local_irq_enable()];
  const [take, drop] = [raw_spin_lock(a), raw_spin_unlock(a)];

  it.each([
    ["saving and restoring", [local_irq_save(flags), ...locked(0), local_irq_restore(flags)]],
    ["disabling and enabling", [off, ...locked(0), enable]],
    ["the lock's own form", [raw_spin_lock_irq(a), ...increment(0), raw_spin_unlock_irq(a)].flat()],
    ["IRQs off for longer", [off, step("work"), ...locked(0), step("work"), enable]],
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
  ])("is not solved by %s", (_, task) => {
    expectRefused(exercise, task);
  });
});

describe("hang alone", () => {
  const exercise = hangAlone();
  const other = raw_spinlock("a");

  it.each([
    ["the lock twice", [raw_spin_lock(a), raw_spin_lock(a)]],
    ["the lock again, under another", [raw_spin_lock(a), raw_spin_lock(b), raw_spin_lock(a)]],
    ["work in between", [raw_spin_lock(a), step("work"), raw_spin_lock(a), raw_spin_unlock(a)]],
  ])("is solved by %s", (_, body) => {
    expectSolved(exercise, body);
  });

  it.each([
    ["taking it once", [raw_spin_lock(a), raw_spin_unlock(a)]],
    ["never dropping it", [raw_spin_lock(a)]],
    ["an unlock", [raw_spin_unlock(a)]],
    ["nothing", []],
    ["sleeping", [mutex_lock(mutex("m"))]],
    [
      "two locks of one class, and a wait for something else",
      [raw_spin_lock(a), raw_spin_lock(other), step("never", { when: eq(0, 1) })],
    ],
  ])("is not solved by %s", (_, body) => {
    expectRefused(exercise, body);
  });
});
