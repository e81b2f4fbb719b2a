import { describe, expect, it } from "vitest";
import { matrix } from "../../lib/kvm/index.js";

describe("the quadrant", () => {
  it("calls the report that started it all a false positive", () => {
    const [entry] = matrix([{ fix: "none" }]);
    expect(entry?.lockdep.kind).toBe("circular");
    expect(entry?.explorer).toMatchObject({ verdict: "none", complete: true, steps: null });
    expect(entry?.quadrant).toBe("false positive");
  });

  it("shows what out1 hides and what the merged rule reports: sched_in that takes a remote run queue", () => {
    const entries = matrix([
      { fix: "out1", mutant: "m2" },
      { fix: "final", mutant: "m2" },
    ]);
    expect(entries.map(({ quadrant }) => quadrant)).toEqual(["false negative", "agree-bug"]);
    expect(entries.map(({ explorer }) => explorer.verdict)).toEqual(["deadlock", "deadlock"]);
  });

  it("shows the price of the merged rule: it rests on sched_out's lock being its own CPU's", () => {
    const [entry] = matrix([{ fix: "final", changes: ["remote-cpu"] }]);
    expect(entry?.lockdep.kind).toBeNull();
    expect(entry?.explorer.verdict).toBe("deadlock");
    expect(entry?.quadrant).toBe("false negative");
  });

  it("never calls an exploration that was cut short clean", () => {
    const [entry] = matrix([{ fix: "final" }], { explore: { maxStates: 100 } });
    expect(entry?.explorer).toMatchObject({ verdict: "inconclusive", complete: false });
    expect(entry?.quadrant).toBe("inconclusive");
  });
});
