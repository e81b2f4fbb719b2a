import { describe, expect, it } from "vitest";
import { type Explored, matrix } from "../../lib/kvm/index.js";
import type { Scenario } from "../../lib/machine/index.js";

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

  it("is not explored twice, unless it stayed open", () => {
    const kept = new Map<string, Explored>();
    const memory = {
      recall: ({ name }: Scenario) => kept.get(name),
      keep: ({ name }: Scenario, explored: Explored) => void kept.set(name, explored),
    };
    const ask = (maxStates: number) =>
      matrix([{ fix: "final" }], { vcpus: 1, memory, explore: { maxStates } })[0]?.explorer;
    expect(ask(100)?.verdict).toBe("inconclusive");
    const whole = ask(1e6);
    expect(whole).toMatchObject({ verdict: "none", complete: true });
    expect(ask(100)).toEqual(whole);
  });

  it("never calls an exploration that was cut short clean", () => {
    const [entry] = matrix([{ fix: "final" }], { explore: { maxStates: 100 } });
    expect(entry?.explorer).toMatchObject({ verdict: "inconclusive", complete: false });
    expect(entry?.quadrant).toBe("inconclusive");
  });
});
