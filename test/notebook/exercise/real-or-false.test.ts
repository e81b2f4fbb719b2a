import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { atlas, atlasCase, caseJudge } from "../../../lib/atlas/index.js";
import { hingesOf } from "../../../lib/notebook/exercise/hinges.js";
import { realOrFalse } from "../../../lib/notebook/exercise/real-or-false.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

describe("what a case depends on", () => {
  it.each([
    ["btrfs-subpage", [["clear-last"]]],
    ["jbd2-per-journal-key", [["two-journals", "two-dquots"]]],
    ["kvm-usage-lock", [["hotplug"], ["new-vm"]]],
    ["loop-frozen-fsync", [["two-inodes"], ["no-io"], ["no-wait-for-io"]]],
    ["drmm-mutex-init", []],
  ])("is asked of the explorer, the smallest sets alone: %s", (name, hinges) => {
    const of = atlasCase(name);
    expect(hingesOf(of, caseJudge(of, kernelC))).toEqual(hinges);
  });
});

describe("real or false", () => {
  let said: string[] = [];
  beforeEach(() => {
    said = [];
    vi.spyOn(console, "log").mockImplementation((text: string) => said.push(text));
  });
  afterEach(() => vi.restoreAllMocks());
  const btrfs = realOrFalse(atlasCase("btrfs-subpage"), kernelC);
  const checked = (...guess: Parameters<typeof btrfs.check>): string => {
    btrfs.check(...guess);
    return said.join("\n");
  };

  it("asks, and says neither answer, before there is a guess", () => {
    const text = checked(null, null);
    expect(text).toContain("No prediction yet");
    expect(text).toContain("clear-last: the flag is cleared");
    expect(text).not.toMatch(/deadlock|✓|✗/);
  });

  it("says so where a case has no premise that could be named", () => {
    realOrFalse(atlasCase("drmm-mutex-init"), kernelC).check(null, null);
    expect(said.join("\n")).toContain("It has no premises, so the second answer is [].");
    expect(said.join("\n")).not.toContain("Their names");
  });

  it("takes the truth with its premise, and neither alone", () => {
    expect(btrfs.judge("real", ["clear-last"])).toBe(true);
    expect(btrfs.judge("real", [])).toBe(false);
    expect(btrfs.judge("false", ["clear-last"])).toBe(false);
    expect(btrfs.judge("depends", [])).toBe(false);
  });

  it("answers a right guess with the schedule, on its lines, and the premise turned round", () => {
    const text = checked("real", ["clear-last"]);
    expect(text).toContain('✓ as you predicted: "real"');
    expect(text).toMatch(/btrfs-subpage\.c:\d+/);
    expect(text).toContain("✓ on clear-last: turned round, nothing wrong in all");
  });

  it("answers a wrong guess with the counterexample", () => {
    const text = checked("false", []);
    expect(text).toContain("✗ you predicted");
    expect(text).toMatch(/deadlock in \d+ steps/);
    expect(text).toContain("✗ it depends on something");
  });

  it("answers a wrong guess with what goes wrong without the premise, where the code alone has nothing", () => {
    const xfs = realOrFalse(atlasCase("xfs-reclaim"), kernelC);
    xfs.check("real", []);
    expect(said.join("\n")).toMatch(/With referenced turned round:[^]*xfs-reclaim\.c:\d+/);
    said = [];
    xfs.check("false", ["referenced"]);
    expect(said.join("\n")).not.toContain("turned round:\n");
  });

  it("answers unusual choices in words: a name that is none, and more than it takes", () => {
    expect(checked("real", ["clear-lats"])).toContain("no premise is called clear-lats");
    const nbd = realOrFalse(atlasCase("nbd-config-lock"), kernelC);
    said = [];
    nbd.check("false", ["refs", "config-refs", "one-starter"]);
    expect(said.join("\n")).toContain("✗ less is enough: config-refs and refs alone");
    said = [];
    nbd.check("false", ["refs"]);
    expect(said.join("\n")).toContain("✗ not on refs: turned round, nothing wrong");
  });
});

describe("every case of the atlas", () => {
  it.each(atlas.map((of) => of.name))("has a right answer: %s", (name) => {
    const of = atlasCase(name);
    const [hinge = []] = hingesOf(of, caseJudge(of, kernelC));
    expect(realOrFalse(of, kernelC).judge(of.truth, hinge)).toBe(true);
  });
});
