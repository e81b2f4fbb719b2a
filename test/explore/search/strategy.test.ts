import { describe, expect, it } from "vitest";
import { diningSixSteps, stories } from "../../../lib/atlas/stories/index.js";
import { Budget } from "../../../lib/explore/search/budget.js";
import { explore } from "../../../lib/explore/index.js";
import { replay } from "../../../lib/machine/index.js";
import { unpack } from "../../../lib/explore/codegen/layout/packing.js";
import { scheduleTo } from "../../../lib/explore/counterexample/reconstruct.js";
import { search } from "../../../lib/explore/search/search.js";
import { terminals } from "../terminals.js";
import { kvm } from "../../../lib/kvm/index.js";
import {
  type Scenario,
  assign,
  either,
  forever,
  int,
  lt,
  scenario,
  step,
  thread,
  translate,
  variable,
} from "../../../lib/machine/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

const ways = [
  { local: false, symmetry: false },
  { local: true, symmetry: false },
  { local: false, symmetry: true },
  { local: true, symmetry: true },
];

type Strategy = "breadth" | "depth";

/** What the order of a search may not change. */
function essence(of: Scenario, reductions: (typeof ways)[number], strategy: Strategy) {
  const found = search(translate(of), reductions, new Budget({}), { strategy });
  const { states, transitions, verdict, violations, complete } = explore(of, {
    reductions,
    strategy,
  });
  const lengths = Object.values(violations).map((v) => [v.property, v.schedule.length, v.shortest]);
  return { states, transitions, verdict, complete, lengths, terminals: terminals(found) };
}

describe("breadth first and depth first", () => {
  const cases: readonly (readonly [string, Scenario])[] = [
    ...stories.map(({ name, scenario }) => [name, scenario] as const),
    ["the KVM case with one vCPU", kvm(kernelC, { fix: "final", cpus: 2, vcpus: 1 })],
    ["its mutant m2", kvm(kernelC, { mutant: "m2", cpus: 2, vcpus: 1 })],
  ];
  it.each(cases)("agree about %s, with each reduction on and off", (_, of) => {
    for (const reductions of ways) {
      expect(essence(of, reductions, "depth")).toEqual(essence(of, reductions, "breadth"));
    }
  });

  it("differ in the length of what they find first", () => {
    const reductions = { local: false, symmetry: false };
    const options = { reductions, shortest: false };
    const near = explore(diningSixSteps(5), options).violations.deadlock;
    const far = explore(diningSixSteps(5), { ...options, strategy: "depth" }).violations.deadlock;
    expect([near?.shortest, far?.shortest]).toEqual([true, false]);
    expect(far?.schedule.length).toBeGreaterThanOrEqual(near?.schedule.length ?? Infinity);
  });

  it("reach a state on different ways: the shortest, and the one that is followed to its end first", () => {
    const x = variable("x", int(0, 2));
    const to = (next: number) => [
      step(`x = ${next}`, { when: lt(x, next), then: [assign(x, next)] }),
    ];
    const of = scenario("a short cut", {
      sizes: { cpu: 1 },
      processes: [thread("T", 0, [forever([either(to(1), to(2))])])],
    });
    const depthOf = (strategy: Strategy) => explore(of, { strategy }).depth;
    // x = 0, 1, 2 depth first; breadth first, 2 is one step from 0.
    expect([depthOf("depth"), depthOf("breadth")]).toEqual([2, 1]);
    expect(explore(of, { strategy: "depth" }).states).toBe(3);
  });

  it("know the way to each state", () => {
    const model = translate(diningSixSteps(3));
    const unreduced = { local: false, symmetry: false };
    const found = search(model, unreduced, new Budget({}), { strategy: "depth" });
    for (let state = 0; state < found.store.count; state++) {
      const way = scheduleTo({ property: "invariant", state, transition: null }, found);
      const { words, packing } = { words: found.store.words, packing: found.compiled.packing };
      expect(replay(model, way).final).toEqual(unpack(packing, words, state * packing.words));
    }
  });

  it("are inconclusive when cut short by depth or by states, and have no counts by depth", () => {
    const reductions = { local: false, symmetry: false };
    const options = { reductions, strategy: "depth", depths: true } as const;
    for (const [cutShort, limit] of [
      ["depth", { maxDepth: 3 }],
      ["states", { maxStates: 1000 }],
    ] as const) {
      const result = explore(diningSixSteps(7), { ...options, ...limit });
      expect(result).toMatchObject({ verdict: "inconclusive", cutShort, depths: null });
    }
    expect(explore(diningSixSteps(7), { ...options, maxDepth: 3 }).depth).toBe(3);
  });
});
