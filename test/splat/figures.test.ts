import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSplats } from "../../lib/splat/read/read.js";
import type { SplatReport } from "../../lib/splat/report/index.js";
import { drawSplat } from "../../lib/views/report/splat-figures.js";

function first(name: string): SplatReport {
  const file = new URL(`../oracle/kernel-splats/${name}.txt`, import.meta.url);
  const [report] = readSplats(readFileSync(file, "utf8"));
  if (report === undefined) throw new Error(`${name}.txt has no report`);
  return report;
}

describe("the figures of a report", () => {
  it("are its lock graph, its scenario in time and its folded stacks", async () => {
    const { graph, timeline, stacks } = await drawSplat(first("none"));
    expect(graph?.svg).toContain("&amp;rq-&gt;__lock");
    expect(graph?.text).toContain("pi_enable_wakeup_handler");
    expect(timeline?.text).toMatch(
      /pi_wakeup_handler\) waits for (?:&p->)?pi(?:_lock)?, held on CPU 0/,
    );
    expect(stacks?.text).toContain("try_to_wake_up");
    expect(stacks?.text).not.toContain("lock_acquire");
  });

  it("are the same bytes each time", async () => {
    const [a, b] = [await drawSplat(first("none")), await drawSplat(first("none"))];
    expect(JSON.stringify(a)).toBe(JSON.stringify(b));
  });

  it("leave out what the report does not tell", async () => {
    const { timeline } = await drawSplat(first("novalidate"));
    expect(timeline).toBeNull();
    const cut = { ...first("none"), chain: [], chainSummary: [], acquiring: null, holding: null };
    expect(await drawSplat(cut)).toEqual({ graph: null, timeline: null, stacks: null });
  });
});
