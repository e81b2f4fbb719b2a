import { describe, expect, it } from "vitest";
import { mergedRule, type Annotation } from "../../../lib/kvm/index.js";
import { anotherRule } from "../../../lib/notebook/lessons/subclasses/another-rule.js";
import { thirdSubclass } from "../../../lib/notebook/lessons/subclasses/third-subclass.js";
import { expectRefused, expectSolved } from "./solved.js";

it("a third subclass hides three of the five bugs", () => {
  const question = thirdSubclass(kernelC);
  expect([0, 1, 2, 3, 4, 5].map((guess) => question.judge(guess)).indexOf(true)).toBe(3);
});
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

describe("another rule", () => {
  const exercise = anotherRule(kernelC);
  const five: Annotation = { handler: [0], schedOut: [5], schedIn: [0, 5] };

  it.each<readonly [string, Annotation]>([
    ["another number", five],
    ["its mirror image", { handler: [5], schedOut: [0], schedIn: [5, 0] }],
    ["one more for sched_in", { ...five, schedIn: [0, 5, 6] }],
  ])("is found in %s", (_, rule) => {
    expectSolved(exercise, rule);
  });

  it.each<readonly [string, Annotation]>([
    ["the merged one", mergedRule],
    ["the merged one, in another list", { ...mergedRule, schedIn: [...mergedRule.schedIn] }],
    ["the wrong order", { ...five, schedIn: [5, 0] }],
    ["a rule in which no path keeps 0", { handler: [2], schedOut: [5], schedIn: [2, 5] }],
    ["the merged one, exchanged", { handler: [1], schedOut: [0], schedIn: [1, 0] }],
    ["one more for sched_in of the merged one", { ...mergedRule, schedIn: [0, 1, 5] }],
    ["three classes", { handler: [0], schedOut: [1], schedIn: [2] }],
    ["no class", { handler: [], schedOut: [], schedIn: [] }],
  ])("is not found in %s", (_, rule) => {
    expectRefused(exercise, rule);
  });
});
