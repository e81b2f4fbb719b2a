import { describe, expect, it } from "vitest";
import { nearMisses } from "../../lib/export/near-misses.js";
import { parseNotebook } from "../../lib/export/notebook.js";
import { code, notebookText } from "./notebooks.js";

function missesOf(source: string, metadata: object): string[] {
  return nearMisses(parseNotebook(notebookText([code(source, [], metadata)]), "n"));
}

describe("marks that no edition reads", () => {
  it.each([
    ["Solution", "solution"],
    ["solutions", "solution"],
    ["soultion", "solution"],
    ["hidden_test", "hidden-test"],
    ["hidden tests", "hidden-test"],
    ["excercise", "exercise"],
    ["raises_exception", "raises-exception"],
  ])("are warned of: the tag %s", (tag, meant) => {
    const [line] = missesOf("1", { tags: [tag] });
    expect(line).toContain(
      `n, cell 1 (c1): the tag "${tag}" means nothing: was it to be "${meant}"?`,
    );
  });

  it.each([
    ["# BEGIN SOLUTION\n1", {}],
    ["### BEGIN SOLUTION\n1", {}],
    ["// BEGIN SOLUTION\n1", {}],
    ["  ### BEGIN HIDDEN TESTS\n1", { tags: ["solution"] }],
    ["1", { nbgrader: { solution: true, grade: true, points: 2 } }],
  ])("are warned of: %j with %j", (source, metadata) => {
    expect(missesOf(source, metadata)).toHaveLength(1);
  });

  it.each([
    ["1", { tags: ["solution", "long", "slow", "figure", "my-own"] }],
    ["### BEGIN SOLUTION\n1", { tags: ["solution"] }],
    ["const solution = 1; // begin here", {}],
    ["1", { tags: ["solution"], nbgrader: { solution: true } }],
    ["1", { nbgrader: { solution: false } }],
  ])("are none: %j with %j", (source, metadata) => {
    expect(missesOf(source, metadata)).toEqual([]);
  });
});
