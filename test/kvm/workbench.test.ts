import { describe, expect, it } from "vitest";
import type { Result } from "../../lib/explore/index.js";
import {
  annotate,
  hiddenBugs,
  judgeFix,
  mutants,
  printFixVerdict,
  scoreOf,
} from "../../lib/kvm/index.js";
import { named } from "../../lib/primitives/named.js";

const five = ["m2", "m3", "m4", "m5", "m8"] as const;

describe("a fix on the workbench", () => {
  it("that is the merged rule is silent and safe, and hides only what it takes on trust", () => {
    const verdict = judgeFix((code) => annotate(code, { schedOut: [1], schedIn: [0, 1] }));
    expect(verdict.quadrant).toBe("both find nothing");
    expect(hiddenBugs(verdict).map(({ bug }) => bug)).toEqual(["remote-cpu", "stale-cpu"]);
    const fates = Object.fromEntries(scoreOf("final", verdict).bugs.map((b) => [b.bug, b.fate]));
    expect(fates).toMatchObject({ m3: "reported", "vcpu-exit": "harmless" });
    expect(printFixVerdict(verdict)).toMatch(/m3 +sched_in runs under.*\n +reported/);
  });

  it("that gives sched_out alone another subclass hides m2 and m8", () => {
    const verdict = judgeFix((code) => annotate(code, { schedOut: [1] }), { bugs: five });
    expect(hiddenBugs(verdict).map(({ bug }) => bug)).toEqual(["m2", "m8"]);
    expect(printFixVerdict(verdict, ({ bug }) => `because ${bug}`)).toMatch(
      /m2 +sched_in takes.*\n +HIDDEN: lockdep is silent; deadlock.*\n +because m2\n/,
    );
    const { lockdep, explorer, bugs } = scoreOf("out1", verdict);
    expect([lockdep, explorer]).toEqual([null, "safe"]);
    expect(bugs.map(({ fate }) => fate)).toEqual([
      "hidden",
      "reported",
      "reported",
      "reported",
      "hidden",
    ]);
  });

  it("that makes a bug harmless is not said to hide it", () => {
    const defer = judgeFix((code) => ({ ...code, handler: { ...code.handler, walk: "collect" } }), {
      bugs: ["m3"],
    });
    expect(hiddenBugs(defer)).toEqual([]);
    expect(printFixVerdict(defer)).toMatch(/m3 .*\n +harmless: lockdep is silent/);
  });

  it("that is reported has lockdep switched off before any bug comes", () => {
    const none = judgeFix((code) => code, { bugs: ["m2"] });
    expect(scoreOf("none", none).bugs).toEqual([{ bug: "m2", fate: "lockdep is off" }]);
    expect(printFixVerdict(none)).toMatch(/m2 .*\n +lockdep is off/);
  });

  it("that is cut short is neither right nor wrong", () => {
    const cut = judgeFix((code) => code, { bugs: [], explore: { maxStates: 100 } });
    expect(cut.quadrant).toBe("inconclusive");
    expect(printFixVerdict(cut)).toMatch(/try fewer CPUs/);
  });

  it("that throws says where to look", () => {
    const broken = () => {
      throw new TypeError("lock is not a function");
    };
    expect(() => judgeFix(broken)).toThrow(/cannot be run: lock is not a function.*list of/);
  });
});

describe("results that are used again", () => {
  it("are those of the same code, whatever a fix is called", () => {
    const explored = new Map<string, Result>();
    const options = { bugs: [], explored };
    const first = judgeFix((code) => code, options);
    // Told to lockdep alone: the code does the same.
    const annotated = judgeFix((code) => annotate(code, { schedOut: [1] }), options);
    expect(annotated.result.violations).toBe(first.result.violations);
    expect(explored.size).toBe(1);
    const mutant = judgeFix(named("mutant", "m4", mutants).apply, options);
    expect(mutant.result).not.toBe(first.result);
    expect(mutant.result.verdict).toBe("deadlock");
  });
});
