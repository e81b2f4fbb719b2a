import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import { kvm, type Subclasses } from "../../../lib/kvm/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { pairsOnOneCpu } from "../../../lib/notebook/lessons/race/pairs-on-one-cpu.js";
import { seeBothBugs } from "../../../lib/notebook/lessons/race/see-both-bugs.js";
import { isOneExpression, whoseLock } from "../../../lib/notebook/lessons/race/whose-lock.js";
import { expectRefused, expectSolved } from "./solved.js";

const kernelC = await loadKernelC();

it("no pair meets on one CPU", () => {
  const question = pairsOnOneCpu(kernelC);
  expect([0, 1, 3, 6].map((guess) => question.judge(guess))).toEqual([true, false, false, false]);
});

describe("whose lock", () => {
  const exercise = whoseLock(kernelC);

  it.each([
    ["that of vcpu->cpu", "vcpu->cpu"],
    ["read once, with a comment", "READ_ONCE(vcpu->cpu) /* the previous one */"],
    ["the same in other words", "vcpu->cpu == cpu ? cpu : vcpu->cpu"],
    ["that to which the device posts", "pi_desc->ndst"],
  ])("is %s", (_, cpu) => {
    expectSolved(exercise, cpu);
  });

  it.each([
    ["one that it changes on the way", "(vcpu->cpu = cpu)"],
    ["one and then the next", "vcpu->cpu++"],
    ["that of the CPU it runs on", "smp_processor_id()"],
    ["that of the CPU it is loaded on", "cpu"],
    ["always that of CPU 0", "0"],
    ["nobody's", "-1"],
    ["another one's", "1 - vcpu->cpu"],
    ["the other one's, which is right where it was moved", "1 - cpu"],
    ["another one's where it was not moved", "vcpu->cpu == cpu ? 0 : vcpu->cpu"],
  ])("is not %s", (_, cpu) => {
    expectRefused(exercise, cpu);
  });

  it.each([
    ["what leaves the rest of the function out", "0; local_irq_restore(flags); return"],
    ["what ends the block", "0; } if (false) { int x = 0"],
    ["no expression", "the previous one"],
    ["nothing", ""],
    ["what ends the expression and begins another", "cpu), (0"],
    ["a second variable", "vcpu->cpu, also = 0"],
  ])("is not answered by %s", (_, cpu) => {
    expectRefused(exercise, cpu);
    expect(isOneExpression(cpu)).toBe(cpu === "the previous one");
  });
});

describe("see both bugs", () => {
  const hangs = (["m2", "m3"] as const).map((name) => ({
    name,
    hang: explore(kvm(kernelC, { mutant: name }), { properties: ["deadlock"], shortest: false }),
  }));
  const exercise = seeBothBugs(kernelC, hangs);

  it.each<readonly [Subclasses]>([[[1, 0]], [[1, 0, 2]], [[1, 0, 7]], [[2, 1, 0]]])(
    "is solved by %j",
    (subclasses) => {
      expectSolved(exercise, subclasses);
    },
  );

  it.each<readonly [Subclasses]>([
    [[0]],
    [[1]],
    [[0, 1]],
    [[2]],
    [[]],
    [[1, 8 as 7]],
    [[0, 0]],
    [[1, 2]],
  ])("is not solved by %j", (subclasses) => {
    expectRefused(exercise, subclasses);
  });
});
