/** Timelines of cases of the atlas, and of the scenes of reports. */
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { atlas, atlasCase } from "../../lib/atlas/index.js";
import { caseTimelines } from "../../lib/cli/atlas/atlas-timeline.js";
import { loadKernelC } from "../../lib/notebook/kernel-c.js";
import { readSplats } from "../../lib/splat/read/read.js";
import { kvmPiReport } from "../../lib/splat/index.js";
import { sceneTimeline } from "../../lib/splat/scene/scene-timeline.js";

const kernelC = await loadKernelC();

describe("lab atlas NAME --timeline", () => {
  it("tells of each case what goes wrong, as it is or with what would make it wrong", () => {
    for (const one of atlas) {
      const told = caseTimelines(one, kernelC);
      expect(told.length, one.name).toBeGreaterThan(0);
      for (const { lines } of told) {
        expect(
          lines.some((line) => /#\d/.test(line)),
          one.name,
        ).toBe(true);
        expect(lines.filter((line) => line.length > 72)).toEqual([]);
      }
    }
  });

  it("tells of the code as it is where that goes wrong, and of the broken premise where not", () => {
    expect(caseTimelines(atlasCase("kvm-usage-lock"), kernelC).map(({ code }) => code)).toEqual([
      "as it is",
    ]);
    const codes = caseTimelines(atlasCase("xfs-reclaim"), kernelC).map(({ code }) => code);
    expect(codes).not.toContain("as it is");
    expect(codes).toEqual(["referenced"]);
    // Fixes repeat what happens without them.
    expect(
      caseTimelines(atlasCase("dma-fence-signalling"), kernelC).map(({ code }) => code),
    ).toEqual(["wait-under-lock", "resv-in-section", "fences-crossed", "forgotten"]);
  });

  it("has what the changelog of 44d174596260 has: each waits for the next, the reader for a writer", () => {
    const [told] = caseTimelines(atlasCase("kvm-usage-lock"), kernelC);
    expect(told?.lines.slice(0, 2).join(" ")).toBe(
      "CPU0 #6 waits for CPU2 #3, CPU1 #7 waits for CPU0 #1, CPU2 #8 waits for CPU4 #5, CPU3 #9 waits for CPU1 #2 and CPU4 #5 waits for CPU3 #4.",
    );
  });
});

describe("lab splat --timeline", () => {
  it("has the schedule of the report's circle, each path on a CPU", () => {
    const [report] = readSplats(kvmPiReport);
    if (report === undefined) throw new Error("no report");
    expect(sceneTimeline(report).join("\n")).toContain(
      "CPU0 #4 waits for CPU1 #2, CPU1 #5 waits for CPU2 #3 and CPU2 #6 waits\nfor CPU0 #1.",
    );
    // Where a mutex has 4, a lock that has 2 is a raw one.
    const raw = "A spinlock is written as a raw one; which it is, the report does not show.";
    expect(sceneTimeline(report).join(" ")).not.toContain(raw);
    const [plain] = readSplats(kvmPiReport.replaceAll("{4:4}", "{3:3}"));
    if (plain === undefined) throw new Error("no report");
    expect(sceneTimeline(plain).join(" ")).toContain(raw);
  });

  it("answers every report, in at most 72 columns, or says why there is no schedule", () => {
    const folder = new URL("../splat/small/", import.meta.url);
    const reports = readdirSync(folder)
      .filter((name) => name.endsWith(".txt") && !name.endsWith(".expect.txt"))
      .flatMap((name) => readSplats(readFileSync(new URL(name, folder), "utf8")));
    expect(reports.length).toBeGreaterThan(10);
    for (const report of reports) {
      const lines = sceneTimeline(report);
      expect(lines.filter((line) => line.length > 72)).toEqual([]);
      expect(lines.join(" ")).toMatch(/#1|no schedule can be made|come to nothing/);
    }
  });
});
