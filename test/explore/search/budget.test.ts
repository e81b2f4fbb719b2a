import { describe, expect, it } from "vitest";
import { dining, diningSixSteps } from "../../../lib/atlas/stories/index.js";
import { type Progress, explore } from "../../../lib/explore/index.js";

const large = diningSixSteps(9);

describe("a search that is cut short is inconclusive, never safe", () => {
  it.each([
    ["states", { maxStates: 20_000 }],
    ["memory", { maxMegabytes: 2 }],
    ["depth", { maxDepth: 3 }],
    ["time", { maxSeconds: 0.05 }],
  ] as const)("by %s", (why, budget) => {
    const result = explore(large, { ...budget, reductions: { local: false, symmetry: false } });
    expect(result).toMatchObject({ verdict: "inconclusive", complete: false, cutShort: why });
    expect(result.summary).toMatch(/^inconclusive/);
  });

  it("and one that outgrows memory says so, as a lower bound, and who else can go on", () => {
    const { summary } = explore(large, { maxMegabytes: 2, reductions: { local: false } });
    expect(summary).toMatch(/larger maxMegabytes .* SPIN on many cores .*lab promela/);
    expect(summary).toContain("there are more states than these");
  });

  it("but says what it has seen: a state in which nobody can move is a deadlock", () => {
    const result = explore(dining(9), { maxStates: 19_000 });
    expect(result).toMatchObject({ verdict: "deadlock", complete: false, cutShort: "states" });
    // A partial deadlock may be nearer.
    expect(result.violations.deadlock).toMatchObject({ shortest: false });
    expect(result.violations.deadlock?.schedule).toHaveLength(9);
    expect(result.summary).toMatch(/^deadlock in 9 steps \(after .*, cut short\)/);
    expect(explore(dining(9), { maxStates: 100 }).verdict).toBe("inconclusive");
  });

  it.each([-1, Number.NaN])("and a limit of %s is refused", (maxStates) => {
    expect(() => explore(large, { maxStates })).toThrow(/maxStates is .*; a number from 0 on/);
  });

  it("and so is a property that does not exist: it would always hold", () => {
    const properties = JSON.parse('["deadlok"]') as ["deadlock"];
    expect(() => explore(large, { properties })).toThrow(/no property is called "deadlok"/);
  });

  it("and a strategy that does not exist, and a search for nothing", () => {
    const strategy = JSON.parse('"random"') as "depth";
    expect(() => explore(large, { strategy })).toThrow(/no strategy is called "random"; .*depth/);
    expect(() => explore(large, { properties: [] })).toThrow(
      /no property is asked for; .*deadlock/,
    );
  });

  it("and a reduction or a set that does not exist", () => {
    const partial = JSON.parse('{"partial":false}') as object;
    expect(() => explore(large, { reductions: partial })).toThrow(
      /no reduction is called "partial"/,
    );
    const symmetry = ["cpus"];
    expect(() => explore(large, { reductions: { symmetry } })).toThrow(
      /no set called "cpus"; .*cpu/,
    );
  });

  it("by being cancelled, and tells of its progress before", () => {
    const signal = { aborted: false };
    const seen: Progress[] = [];
    const result = explore(large, {
      reductions: { local: false, symmetry: false },
      signal,
      onProgress: (progress) => {
        seen.push(progress);
        signal.aborted = true;
      },
    });
    expect(result).toMatchObject({ verdict: "inconclusive", cutShort: "cancelled" });
    expect(seen[0]?.states).toBeGreaterThan(0);
  });
});
