import { describe, expect, it } from "vitest";
import { type Explored, changeCells, changes, fixes, matrix } from "../../../lib/kvm/index.js";
import type { Scenario } from "../../../lib/machine/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

/** Set LAB_LONG_TESTS=1 to explore all 160 cells of fixes and changes: some three minutes. */
const long = process.env["LAB_LONG_TESTS"] === "1";

describe("the quadrant", () => {
  it("calls the report that started it all a false positive", () => {
    const [entry] = matrix(kernelC, [{ fix: "none" }]);
    expect(entry?.lockdep.kind).toBe("circular");
    expect(entry?.explorer).toMatchObject({ verdict: "none", complete: true, steps: null });
    expect(entry?.quadrant).toBe("false positive");
  });

  it("shows what out1 hides and what the merged rule reports: sched_in that takes a remote run queue", () => {
    const entries = matrix(kernelC, [
      { fix: "out1", mutant: "m2" },
      { fix: "final", mutant: "m2" },
    ]);
    expect(entries.map(({ quadrant }) => quadrant)).toEqual(["false negative", "both find it"]);
    expect(entries.map(({ explorer }) => explorer.verdict)).toEqual(["deadlock", "deadlock"]);
  });

  it("shows the price of the merged rule: it rests on sched_out's lock being its own CPU's", () => {
    const [entry] = matrix(kernelC, [{ fix: "final", changes: ["remote-cpu"] }]);
    expect(entry?.lockdep.kind).toBeNull();
    expect(entry?.explorer.verdict).toBe("deadlock");
    expect(entry?.quadrant).toBe("false negative");
  });

  it.skipIf(!long)(
    "of every fix x every change names where a deadlock is possible and lockdep silent (LAB_LONG_TESTS=1)",
    () => {
      const names = changes.map(({ name }) => name);
      const entries = matrix(
        kernelC,
        changeCells(
          fixes.map(({ name }) => name),
          names,
        ),
        { explore: { shortest: false } },
      );
      expect(entries.every(({ explorer }) => explorer.complete)).toBe(true);
      const missed = fixes.flatMap(({ name }) => {
        const hidden = entries.filter(
          ({ fix, explorer, quadrant }) =>
            fix === name && explorer.verdict === "deadlock" && quadrant === "false negative",
        );
        return hidden.length === 0 ? [] : [[name, hidden.flatMap((entry) => entry.changes)]];
      });
      expect(missed).toEqual([
        ["final", ["stale-cpu", "remote-cpu"]],
        ["out1", ["stale-cpu", "remote-cpu"]],
        ["lie", ["sched-in-under-rq", "stale-cpu", "remote-cpu"]],
        ["in1", ["sched-in-under-rq", "stale-cpu", "remote-cpu"]],
        ["assert-not-held", ["stale-cpu", "remote-cpu"]],
      ]);
    },
    3_600_000,
  );

  it("is not explored twice, unless it stayed open", () => {
    const kept = new Map<string, Explored>();
    const memory = {
      recall: ({ name }: Scenario) => kept.get(name),
      keep: ({ name }: Scenario, explored: Explored) => void kept.set(name, explored),
    };
    const ask = (maxStates: number) =>
      matrix(kernelC, [{ fix: "final" }], { vcpus: 1, memory, explore: { maxStates } })[0]
        ?.explorer;
    expect(ask(100)?.verdict).toBe("inconclusive");
    const whole = ask(1e6);
    expect(whole).toMatchObject({ verdict: "none", complete: true });
    expect(ask(100)).toEqual(whole);
  });

  it("never calls an exploration that was cut short clean", () => {
    const [entry] = matrix(kernelC, [{ fix: "final" }], { explore: { maxStates: 100 } });
    expect(entry?.explorer).toMatchObject({ verdict: "inconclusive", complete: false });
    expect(entry?.quadrant).toBe("inconclusive");
  });
});
