import { describe, expect, it } from "vitest";
import {
  add,
  assert,
  bool,
  down,
  eq,
  if_,
  int,
  mutex,
  mutex_lock,
  mutex_unlock,
  semaphore,
  spin_lock,
  spin_unlock,
  spinlock,
  stories,
  up,
  bothOn,
  type LockRef,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  set,
  type Statement,
  thread,
  variable,
  wait_until,
} from "../../lib/index.js";

const [a, b, gate] = [raw_spinlock("a"), raw_spinlock("b"), raw_spinlock("gate")];
const ready = variable("ready", bool);
const hold = (lock: LockRef, body: readonly Statement[]) => [
  raw_spin_lock(lock),
  ...body,
  raw_spin_unlock(lock),
];
const false_ = eq(0, 1);
const story = (name: string) => {
  const found = stories.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no story ${name}`);
  return found.scenario;
};
const two = (one: readonly Statement[], other: readonly Statement[]) =>
  scenario("two", {
    sizes: { cpu: 2 },
    processes: [thread("T0", 0, one), thread("T1", 1, other)],
  });
const ab = hold(a, hold(b, []));
const ba = hold(b, hold(a, []));

describe("the quadrant", () => {
  it.each([
    ["both find nothing", two(ab, ab)],
    ["both find it", two(ab, ba)],
    ["false positive", two(hold(gate, ab), hold(gate, ba))],
    ["false negative", two(hold(a, [wait_until(ready)]), hold(a, [set(ready, true)]))],
  ])("has a program for %s", (quadrant, scene) => {
    expect(bothOn(scene).quadrant).toBe(quadrant);
  });

  const a_mutex = mutex("m");
  const counter = variable("n", int(0, 2));
  const racing = two(
    [set(counter, 1), assert(eq(counter, 1), "n is 1")],
    [set(counter, 2), raw_spin_lock(a), raw_spin_unlock(a)],
  );
  const queue = semaphore("sem", { count: 0 });
  const nested = spinlock("s");
  it.each([
    ["an assertion", racing, "not lockdep's question"],
    ["a semaphore that nobody gives", two([down(queue)], []), "not lockdep's question"],
    [
      "a value out of its bounds",
      two([set(counter, add(counter, 3))], [if_(eq(counter, 1), [])]),
      "not lockdep's question",
    ],
    ["a lost wakeup", story("wakeup"), "not lockdep's question"],
    ["bit spinlocks, which lockdep does not know", story("bit-spinlock"), "not lockdep's question"],
    ["a completion under a mutex", story("completion"), "false negative"],
    ["a mutex in a spinlock", story("atomic"), "both find it"],
    ["a mutex in an RCU section", story("rcu-sleep"), "both find it"],
    ["a reader that waits for itself", story("rcu-wait"), "both find it"],
    ["an order, and a flush that hides it", story("flush-work"), "both find it"],
    ["a reader of a sequence lock above its writer", story("seqlock"), "both find it"],
    [
      "a spinlock_t in a raw spinlock, which PREEMPT_RT alone minds",
      two([raw_spin_lock(a), spin_lock(nested), spin_unlock(nested), raw_spin_unlock(a)], []),
      "not the explorer's question",
    ],
    [
      "an order under a gate, and an assertion",
      two([...hold(gate, ab), assert(false_, "never")], hold(gate, ba)),
      "different complaints",
    ],
    [
      "a deadlock of two locks, and an order of two others under a gate",
      two(
        [...hold(gate, ab), mutex_lock(a_mutex), down(queue), mutex_unlock(a_mutex)],
        [...hold(gate, ba), mutex_lock(a_mutex), up(queue), mutex_unlock(a_mutex)],
      ),
      "different complaints",
    ],
  ])("%s: %s", (_, scene, quadrant) => {
    expect(bothOn(scene).quadrant).toBe(quadrant);
  });

  it("calls nothing clean or wrong that was not searched to its end", () => {
    expect(bothOn(two(ab, ab), { maxStates: 1 }).quadrant).toBe("inconclusive");
  });

  it("gives lockdep and the explorer what is theirs of the options", () => {
    const options = { order: ["T1", "T0"], keepGoing: true, maxStates: 1000 } as const;
    expect(bothOn(two(ab, ba), options).quadrant).toBe("both find it");
    const mistyped = { maxstates: 1 } as object;
    expect(() => bothOn(two(ab, ab), mistyped)).toThrow(/bothOn\(\).*did you mean maxStates/);
  });
});
