import { describe, expect, it } from "vitest";
import {
  bool,
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
const two = (one: readonly Statement[], other: readonly Statement[]) =>
  scenario("two", {
    sizes: { cpu: 2 },
    processes: [thread("T0", 0, one), thread("T1", 1, other)],
  });
const ab = hold(a, hold(b, []));
const ba = hold(b, hold(a, []));

describe("the quadrant", () => {
  it.each([
    ["agree-clean", two(ab, ab)],
    ["agree-bug", two(ab, ba)],
    ["false positive", two(hold(gate, ab), hold(gate, ba))],
    ["false negative", two(hold(a, [wait_until(ready)]), hold(a, [set(ready, true)]))],
  ])("has a program for %s", (quadrant, scene) => {
    expect(bothOn(scene).quadrant).toBe(quadrant);
  });

  it("calls nothing clean or wrong that was not searched to its end", () => {
    expect(bothOn(two(ab, ab), { maxStates: 1 }).quadrant).toBe("inconclusive");
  });

  it("gives lockdep and the explorer what is theirs of the options", () => {
    const options = { order: ["T1", "T0"], keepGoing: true, maxStates: 1000 } as const;
    expect(bothOn(two(ab, ba), options).quadrant).toBe("agree-bug");
    const mistyped = { maxstates: 1 } as object;
    expect(() => bothOn(two(ab, ab), mistyped)).toThrow(/bothOn\(\).*did you mean maxStates/);
  });
});
