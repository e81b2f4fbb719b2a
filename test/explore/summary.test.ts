import { describe, expect, it } from "vitest";
import { explore, raw_spin_lock, raw_spinlock, scenario, thread } from "../../lib/index.js";

const a = raw_spinlock("a");
const once = scenario("once", {
  sizes: { cpu: 1 },
  processes: [thread("T", 0, [raw_spin_lock(a)])],
});
const twice = scenario("twice", {
  sizes: { cpu: 1 },
  processes: [thread("T", 0, [raw_spin_lock(a), raw_spin_lock(a)])],
});

describe("a result's summary", () => {
  it("has its bounds, whatever the verdict", () => {
    expect(explore(once).summary).toBe("nothing wrong in all 2 states of 1 CPU");
    expect(explore(once, { properties: ["deadlock", "misuse"] }).summary).toBe(
      "no deadlock, no misuse in all 2 states of 1 CPU",
    );
    expect(explore(twice).summary).toBe("deadlock in 1 step (2 states of 1 CPU)");
    expect(explore(once, { maxStates: 1 }).summary).toMatch(
      /^inconclusive: cut short \(states\) after \d+ states of 1 CPU/,
    );
  });
});
