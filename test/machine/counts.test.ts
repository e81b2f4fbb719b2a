import { describe, expect, it } from "vitest";
import {
  type LockRef,
  type State,
  enabled,
  forever,
  initialState,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  takeStep,
  thread,
  translate,
} from "../../lib/machine/index.js";

const a = raw_spinlock("a");
const b = raw_spinlock("b");
const take = (first: LockRef, second: LockRef) => [
  forever([
    raw_spin_lock(first),
    raw_spin_lock(second),
    raw_spin_unlock(second),
    raw_spin_unlock(first),
  ]),
];
const abba = scenario("AB/BA", {
  sizes: { cpu: 2 },
  processes: [thread("T0", 0, take(a, b)), thread("T1", 1, take(b, a))],
});

describe("the readable step", () => {
  it("reaches the 10 states of AB/BA, one of them a deadlock", () => {
    const model = translate(abba);
    const seen = new Map<string, State>();
    const queue: State[] = [initialState(model)];
    let stuck = 0;
    for (const state of queue) {
      const key = state.join();
      if (seen.has(key)) continue;
      seen.set(key, state);
      const choices = enabled(model, state);
      if (choices.length === 0) stuck++;
      for (const choice of choices) queue.push(takeStep(model, state, choice).state);
    }
    expect(seen.size).toBe(10);
    expect(stuck).toBe(1);
  });
});
