import { describe, expect, it } from "vitest";
import { stories } from "../../../lib/atlas/stories/index.js";
import { explore } from "../../../lib/explore/index.js";
import { lockdepOn } from "../../../lib/verdict/index.js";

describe("every story", () => {
  it.each(stories.map((s) => [s.name, s] as const))("%s ends as expected", (_, story) => {
    const result = explore(story.scenario, { reductions: { local: false, symmetry: false } });
    const { verdict, states, steps } = story;
    const found = verdict === "safe" ? null : (result.violations[verdict]?.schedule.length ?? null);
    expect({ verdict: result.verdict, states: result.states, steps: found }).toEqual({
      verdict,
      states,
      steps,
    });
    expect(result.complete).toBe(true);
    expect(lockdepOn(story.scenario).report?.kind ?? null).toBe(story.report);
  });
});
