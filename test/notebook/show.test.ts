import { expect, it } from "vitest";
import { show } from "../../lib/notebook/show.js";

const untyped = (value: unknown): never => value as never;

it.each<readonly [string, unknown, RegExp]>([
  ["nothing", undefined, /show\(\): a figure is wanted.*and not undefined/],
  ["a text", "x", /and not "x"/],
  ["what is still to come", Promise.resolve(), /a promise \(is an await missing\?\)/],
  ["a result", { verdict: "safe" }, /as counterexample\(\), lockGraph\(\) and others return/],
])("show() refuses %s", (_, given, says) => {
  expect(() => {
    show(untyped(given));
  }).toThrow(says);
});
