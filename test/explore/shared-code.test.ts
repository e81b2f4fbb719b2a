import { describe, expect, it } from "vitest";
import { abba, dining } from "../../lib/atlas/stories/index.js";
import { CodeCache } from "../../lib/explore/codegen/code-cache.js";
import { census, explore } from "../../lib/explore/index.js";
import { replay } from "../../lib/machine/index.js";
import { kvm } from "../../lib/kvm/index.js";
import { type Scenario, translate } from "../../lib/machine/index.js";
import { loadKernelC } from "../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

const both = { local: true, symmetry: true };
const cache = new CodeCache();
const learning = (of: Scenario) => cache.compile(translate(of), both).engine(null);

describe("code that models share", () => {
  const size = { cpus: 2, vcpus: 1 } as const;

  it("is the same where only what lockdep is told differs", () => {
    const [none, annotated] = [
      kvm(kernelC, { fix: "none", ...size }),
      kvm(kernelC, { annotation: { schedOut: [1] }, ...size }),
    ];
    expect(learning(none)).toBe(learning(annotated));
    expect(cache.compile(translate(annotated), both).model.scenario).toBe(annotated);
  });

  it("is not the same where something moves otherwise", () => {
    const code = learning(kvm(kernelC, { ...size }));
    expect(learning(kvm(kernelC, { ...size, mutant: "m2" }))).not.toBe(code);
    expect(learning(kvm(kernelC, { cpus: 1, vcpus: 1 }))).not.toBe(code);
  });

  it("gives each search its own answer, one within the other", () => {
    const of = kvm(kernelC, { changes: ["sched-in-unlocked"] });
    const options = { reductions: { local: false, symmetry: true }, maxStates: 20_000 };
    const alone = explore(of, options);
    expect(Object.keys(alone.violations)).toContain("corruption");
    let inner = 0;
    const signal = {
      get aborted() {
        inner++;
        if (inner === 2) explore(of, options);
        return false;
      },
    };
    const outer = explore(of, { ...options, signal });
    expect(inner).toBeGreaterThan(2);
    const { states, transitions, verdict, violations } = outer;
    expect({ states, transitions, verdict, violations }).toEqual({
      states: alone.states,
      transitions: alone.transitions,
      verdict: alone.verdict,
      violations: alone.violations,
    });
  });

  it("finds a way back though other searches came in between", () => {
    const of = kvm(kernelC, { mutant: "m2", cpus: 2, vcpus: 1 });
    const { counted } = census(of, ({ processes }, state) => [
      `at ${String(state[processes[0]?.slot ?? 0])}`,
    ]);
    expect(counted.length).toBeGreaterThan(20);
    explore(of, { reductions: { local: false, symmetry: true } });
    for (let n = 2; n < 12; n++) explore(dining(n > 6 ? 3 : n));
    for (const { schedule } of counted)
      expect(replay(translate(of), schedule()).failedAt).toBeNull();
    expect(explore(abba()).states).toBe(10);
  });
});
