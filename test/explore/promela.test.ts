import { describe, expect, it } from "vitest";
import { dining, peterson, stories } from "../../lib/cases/index.js";
import { explore, promela } from "../../lib/explore/index.js";
import { type Scenario, translate } from "../../lib/machine/index.js";
import { hasSpin, spin } from "./spin.js";

if (!hasSpin) {
  console.warn("NOT RUN: comparisons with SPIN; install spin and gcc to run them");
}

const told: readonly (readonly [string, Scenario])[] = [
  ...stories.map(({ name, scenario }) => [name, scenario] as const),
  ...[3, 4, 6, 7, 8].map((n) => [`dining-${String(n)}`, dining(n)] as const),
];

describe.skipIf(!hasSpin)("SPIN and the lab", () => {
  it.each(told)("agree about %s", (_, story) => {
    const model = translate(story);
    const here = explore(story, { reductions: { local: false, symmetry: false } });
    const graph = spin(promela(model), "graph");
    expect(graph).toMatchObject({ complete: true, states: here.states });
    const verdict = spin(promela(model, { purpose: "verdict" }), "verdict");
    expect(verdict.errors > 0).toBe(here.verdict !== "safe");
  });
});

describe("promela", () => {
  it("gives the same text for the same model", () => {
    expect(promela(translate(peterson()))).toBe(promela(translate(peterson())));
    expect(promela(translate(peterson()), { purpose: "verdict" })).toContain(
      "active proctype always0",
    );
  });
});
