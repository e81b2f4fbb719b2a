import { describe, expect, it } from "vitest";
import type { Annotation, PathLetter, Subclasses } from "../../../lib/kvm/index.js";
import { fewestPaths } from "../../../lib/notebook/lessons/paths/fewest-paths.js";
import { silence } from "../../../lib/notebook/lessons/paths/silence.js";
import { withoutBoot } from "../../../lib/notebook/lessons/paths/without-boot.js";
import { expectRefused, expectSolved } from "./solved.js";

import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

it("a kernel that has woken nobody at boot is reported where the run queue's lock is taken", () => {
  const question = withoutBoot(kernelC);
  const guesses = ["pi", "wakeup", "none", "rq"];
  expect(guesses.filter((guess) => question.judge(guess))).toEqual(["rq"]);
});

describe("as few as possible", () => {
  const exercise = fewestPaths(kernelC);
  const letters = (text: string): readonly PathLetter[] => Array.from(text) as PathLetter[];

  it.each(["iw", "wi"])("is %s", (order) => {
    expectSolved(exercise, letters(order));
  });

  it.each(["", "o", "w", "i", "oi", "ow", "wo", "owi", "iiw", "wiw", "nowi"])(
    "is not %j",
    (order) => {
      expectRefused(exercise, letters(order));
    },
  );
});

describe("silence", () => {
  const exercise = silence(kernelC);
  const rule = (handler: Subclasses, schedOut: Subclasses, schedIn: Subclasses): Annotation => ({
    handler,
    schedOut,
    schedIn,
  });

  it.each([
    ["the merged rule", rule([0], [1], [0, 1])],
    ["sched_out 1 alone", rule([0], [1], [0])],
    ["the handler apart", rule([1], [0], [0])],
    ["three classes", rule([3], [5], [7])],
  ])("is kept by %s", (_, answer) => {
    expectSolved(exercise, answer);
  });

  it.each([
    ["one for all", rule([0], [0], [0])],
    ["another one for all", rule([1], [1], [1])],
    ["sched_in apart", rule([0], [0], [1])],
    ["the merged rule, exchanged", rule([0], [1], [1, 0])],
    ["none for sched_out", rule([0], [], [0])],
    ["one that does not exist", rule([0], [8 as 7], [0])],
  ])("is not kept by %s", (_, answer) => {
    expectRefused(exercise, answer);
  });
});
