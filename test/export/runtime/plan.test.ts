import { describe, expect, it } from "vitest";
import { createPlan } from "../../../lib/export/runtime/plan.js";

const cellsOf = (sources: readonly string[]) =>
  sources.map((source, i) => ({ id: String(i + 1), label: "", source }));

/** Returns the numbers, from 1, of the cells that the last one needs; `ran` in the order of their runs. */
function needed(sources: readonly string[], ran: readonly number[] = []): number[] {
  const cells = cellsOf(sources);
  const cell = cells.at(-1) ?? { id: "", label: "", source: "" };
  const result = createPlan().needed(cell, cells.slice(0, -1), ({ id }) => {
    const at = ran.lastIndexOf(Number(id));
    return at < 0 ? undefined : at;
  });
  return result.map(({ id }) => Number(id));
}

describe("the cells that a cell needs", () => {
  it.each<readonly [string, readonly string[], readonly number[]]>([
    ["are none for a cell that stands alone", ["const a = 1;", "1 + 1"], []],
    [
      "declare its names, and theirs",
      ["const a = 1;", "const b = a;", "const z = 0;", "b"],
      [1, 2],
    ],
    ["are the nearest that declare a name", ["let a = 1;", "let a = 2;", "a"], [2]],
    [
      "may have changed what a name stands for",
      ["const s = [];", "s.push(1);", "'s'", "s.length"],
      [1, 2],
    ],
    ["are not all that use the lab", ["import { f } from 'lab';", "f(1);", "f(2)"], [1]],
    [
      "are not all that use what was taken out of it",
      ["import * as lab from 'lab'; const { f } = lab;", "f(1);", "const g = f; g()", "f(2)"],
      [1],
    ],
    ["do not lie below", ["a", "const a = 1;"], []],
    ["do not count where a function hides the name", ["const a = 1;", "((a) => a)(1)"], []],
    ["would declare its names if they did parse", ["const a = ;", "a"], [1]],
    ["are left out when they do not parse and name nothing", ["a = ;", "a"], []],
  ])("%s", (_, sources, expected) => {
    expect(needed(sources)).toEqual(expected);
  });

  it.each<readonly [string, readonly string[], readonly number[]]>([
    [
      "are those that what they call may have changed",
      ["const s = [];\nfunction add() { s.push(1); }", "add();", "s.length"],
      [1, 2],
    ],
    [
      "are those that a method may have changed",
      ["const s = [];", "class A { add() { s.push(1); } }", "new A().add();", "s.length"],
      [1, 2, 3],
    ],
    ["are none for who calls what changes nothing", ["const f = () => 1;", "f();", "2"], []],
  ])("%s", (_, sources, expected) => {
    expect(needed(sources)).toEqual(expected);
  });

  const chain = ["const a = 1;", "const b = a;", "b"];
  it("have not run yet", () => {
    expect(needed(chain, [1])).toEqual([2]);
    expect(needed(chain, [1, 2])).toEqual([]);
  });

  it("have run before what they are made from has run again", () => {
    expect(needed(chain, [1, 2, 1])).toEqual([2]);
    expect(needed(chain, [2])).toEqual([1, 2]);
    expect(needed(chain, [1, 2, 1, 2])).toEqual([]);
  });
});

describe("the text that an output is made from", () => {
  const madeFrom = (...sources: readonly string[]): string => {
    const cells = cellsOf(sources);
    const cell = cells.at(-1) ?? { id: "", label: "", source: "" };
    return createPlan().madeFrom(cell, cells.slice(0, -1));
  };

  it("changes with its own cell and with those that it depends on, and with no other", () => {
    const before = madeFrom("const a = 1;", "const z = 1;", "a");
    expect(madeFrom("const a = 2;", "const z = 1;", "a")).not.toBe(before);
    expect(madeFrom("const a = 1;", "const z = 1;", "a + 1")).not.toBe(before);
    expect(madeFrom("const a = 1;", "const z = 2;", "a")).toBe(before);
  });
});
