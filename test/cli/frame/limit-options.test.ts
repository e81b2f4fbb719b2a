import { expect, it } from "vitest";
import { inOptions } from "../../../lib/cli/frame/limit-options.js";
import { explore } from "../../../lib/explore/index.js";
import { dining } from "../../../lib/atlas/stories/index.js";

it("a budget that was too small is named by the option that sets it", () => {
  const { summary } = explore(dining(5), { maxStates: 10 });
  expect(summary).toContain("a larger maxStates goes further");
  expect(inOptions(summary)).toContain("a larger --max-states goes further");
  const all = "maxSeconds, maxMegabytes, maxDepth; maximal states";
  expect(inOptions(all)).toBe("--max-seconds, --max-megabytes, --max-depth; maximal states");
});
