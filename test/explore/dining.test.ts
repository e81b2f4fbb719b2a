import { describe, expect, it } from "vitest";
import { dining, diningSixSteps } from "../../lib/atlas/stories/index.js";
import { explore } from "../../lib/explore/index.js";

describe("dining philosophers", () => {
  it.each([3, 4, 5, 6, 7, 8])("of four steps have 3^%i - 1 states and one deadlock", (n) => {
    const result = explore(dining(n));
    expect(result).toMatchObject({ verdict: "deadlock", states: 3 ** n - 1, complete: true });
    expect(result.violations.deadlock?.schedule).toHaveLength(n);
  });

  it("of six steps have 216,993 states at 8", () => {
    expect(
      explore(diningSixSteps(8), { reductions: { local: false, symmetry: false } }),
    ).toMatchObject({ states: 216_993, verdict: "deadlock" });
  });
});
