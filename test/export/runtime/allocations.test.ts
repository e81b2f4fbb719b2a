import { parse } from "acorn";
import { describe, expect, it } from "vitest";
import { allocationsIn } from "../../../lib/export/runtime/allocations.js";
import { createNotebook } from "./cells.js";

function counted(source: string): readonly string[] {
  const program = parse(source, { ecmaVersion: "latest", sourceType: "module" });
  return allocationsIn(program)
    .map(({ start, end }) => source.slice(start, end))
    .sort();
}

describe("what a cell makes", () => {
  it.each<readonly [string, readonly string[]]>([
    ["head = { head };", ["{ head }"]],
    ["class A { next = new A(); }", ["new A()"]],
    ["const rows = [1, ...more];", ["[1, ...more]"]],
    [
      "const copy = rows.map((row) => row.slice());",
      ["row.slice()", "rows.map((row) => row.slice())"],
    ],
    ["last = () => before;", ["last = () => before"]],
    ["const f = () => () => 1;", ["() => 1"]],
    ["a?.map(f)", []],
  ])("is counted in %s", (source, expected) => {
    expect(counted(source)).toEqual(expected);
  });

  it.each([
    "const found = get(1);",
    "sum += row[1];",
    "for (const x of [1, 2]) f(x);",
    "const [a] = [1];",
  ])(
    "is nothing in %s: an object that was there would be counted again, or its error read otherwise",
    (source) => {
      expect(counted(source)).toEqual([]);
    },
  );

  it.each([
    ["let f; f = () => 1; f.name", "f"],
    ["const make = () => function () {};\nmake().name", ""],
    ["let a = 1\nnew Map([[a, { a }]]).size", "1"],
    ["const o = { n: { m: 1 } }; (o?.n.m ?? 0) + [1, 2].map((x) => x + 1).length", "3"],
    ["class A { x = new Array(2).fill([1]); }\nnew A().x.flat().join()", "1,1"],
    ["const g = function* () { yield [1]; yield* [2, 3]; };\n[...g()].length", "3"],
    ["(() => ({ a: [1] }))().a.length", "1"],
  ])("does not change what comes out of %s", async (source, expected) => {
    const { ok, out } = await createNotebook()(source);
    expect([ok, out.trim()]).toEqual([true, expected]);
  });

  it.each([
    ["const [a] = new Map([[1, 2]]).get(1);", /is not iterable/],
    ["[1].map((x) => x).missing()", /^TypeError: \[1\]\.map\(\.\.\.\)\.missing is not a function/],
    ["new Set([1]).missing()", /^TypeError: \(intermediate value\)\.missing is not a function/],
    ["const { a } = null;", /null/],
  ])("leaves the errors of JavaScript as they are: %s", async (source, expected) => {
    const { error } = await createNotebook()(source);
    expect(error).toMatch(expected);
    expect(error).not.toContain("$");
  });
});
