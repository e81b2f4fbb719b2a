import { describe, expect, it } from "vitest";
import {
  type MutantNumber,
  mergedRule,
  printAnnotation,
  printRejection,
  synthesize,
} from "../../../lib/kvm/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

/** Those that can really fail, as failing.test.ts finds them. */
const failing: readonly MutantNumber[] = ["m1", "m2", "m3", "m4", "m5", "m6", "m8"];

describe("annotation synthesis", () => {
  const found = synthesize(kernelC, { failing, subclasses: [0, 1] });
  const judged = [...found.accepted, ...found.rejected];
  const reasons = (rule: string): readonly string[] =>
    judged
      .filter(({ annotation }) => printAnnotation(annotation) === rule)
      .flatMap(({ rejections }) => rejections.map(printRejection));

  it("finds the merged rule and its mirror image, and nothing else as small", () => {
    expect(found.smallest.map(({ annotation }) => printAnnotation(annotation))).toEqual([
      printAnnotation(mergedRule),
      "handler 1, sched_out 0, sched_in 1 then 0",
    ]);
  });

  it("rejects no annotation at all by the false positive", () => {
    expect(reasons("handler 0, sched_out 0, sched_in 0")).toEqual([
      "reported though the code is right (circular, paths first run as owin)",
    ]);
  });

  it("rejects out1 by the sched_in that meets sched_out: m2, m8, and m1, which its author named", () => {
    const said = reasons("handler 0, sched_out 1, sched_in 0");
    expect(said.map((reason) => reason.slice(0, 9))).toEqual([
      "misses m1",
      "misses m2",
      "misses m8",
    ]);
  });

  it("rejects in1 by the sched_in that meets the handler: m3", () => {
    const said = reasons("handler 0, sched_out 1, sched_in 1");
    expect(said).toHaveLength(1);
    expect(said[0]).toContain("misses m3");
  });

  it("rejects both subclasses in the other order: lockdep learns that order too", () => {
    expect(reasons("handler 0, sched_out 1, sched_in 1 then 0")[0]).toContain(
      "reported though the code is right",
    );
  });
});
