import { describe, expect, it } from "vitest";
import { cellsNeeded } from "../../../lib/export/runtime/plan.js";

/** Returns the numbers, from 1, of the cells that the last one needs. */
function needed(sources: readonly string[], ran: readonly number[] = []): number[] {
  const cells = sources.map((source, i) => ({ id: String(i + 1), label: "", source }));
  const cell = cells.at(-1) ?? { id: "", label: "", source: "" };
  const result = cellsNeeded(cell, cells.slice(0, -1), ({ id }) => ran.includes(Number(id)));
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
    ["are left out when they do not parse", ["const a = ;", "a"], []],
  ])("%s", (_, sources, expected) => {
    expect(needed(sources)).toEqual(expected);
  });

  it("have not run yet", () => {
    expect(needed(["const a = 1;", "const b = a;", "b"], [1])).toEqual([2]);
    expect(needed(["const a = 1;", "const b = a;", "b"], [2])).toEqual([]);
  });
});
