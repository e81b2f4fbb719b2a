import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { nearMisses } from "../../../lib/export/source/near-misses.js";
import { parseNotebook } from "../../../lib/export/source/notebook.js";
import { notebookFile, notebookNames } from "../../notebook/files.js";
import { code, notebookText } from "../notebooks.js";

function missesOf(source: string, metadata: object): string[] {
  return nearMisses(parseNotebook(notebookText([code(source, [], metadata)]), "n"));
}

describe("the notebooks", () => {
  it.each(notebookNames)("%s has no mark that no edition reads", (name) => {
    const text = readFileSync(notebookFile(name), "utf8");
    expect(nearMisses(parseNotebook(text, name))).toEqual([]);
  });
});

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
    "answers",
    "my_answer",
    "solution-cell",
    "hidden",
    "instructor",
    "teacher-only",
    "notes",
    "speaker-notes",
    "remove-cell",
    "hide_cell",
  ])("are warned of: the tag %s of another tool", (tag) => {
    expect(missesOf("1", { tags: [tag] })).toEqual([
      expect.stringContaining(`the tag "${tag}" hides nothing`),
    ]);
  });

  it.each([
    ["Notes", `"Notes" means nothing: was it to be "notes"?`],
    ["note", `"note" means nothing: was it to be "notes"?`],
    ["sub-slide", `"sub-slide" means nothing`],
  ])("are warned of: the slide %s", (kind, said) => {
    expect(missesOf("1", { slideshow: { slide_type: kind } })).toEqual([
      expect.stringContaining(said),
    ]);
  });

  it.each([
    ["# BEGIN SOLUTION\n1", {}],
    ["### BEGIN SOLUTION\n1", {}],
    ["// BEGIN SOLUTION\n1", {}],
    ["/* BEGIN SOLUTION */\n1", {}],
    ["<!-- BEGIN SOLUTION -->\n1", {}],
    ["// begin solutions\n1", {}],
    ["# START ANSWER\n1", {}],
    ["### BEGIN MARK SCHEME\n1", {}],
    ["### BEGIN HIDDEN_TESTS\n1", {}],
    ["### === BEGIN MARK SCHEME ===\n1", {}],
    ["const a = 1; // SOLUTION", {}],
    ["1 // SOLUTION NO PROMPT", {}],
    ["/* HIDDEN TEST */\n1", {}],
    ["  ### BEGIN HIDDEN TESTS\n1", { tags: ["solution"] }],
    ["1", { nbgrader: { solution: true, grade: true, points: 2 } }],
  ])("are warned of: %j with %j", (source, metadata) => {
    expect(missesOf(source, metadata)).toHaveLength(1);
  });

  it.each([
    ["1", { tags: ["solution", "long", "slow", "figure", "my-own"] }],
    ["### BEGIN SOLUTION\n1", { tags: ["solution"] }],
    ["const solution = 1; // begin here", {}],
    ["// the solution", {}],
    ["// a hidden test follows", {}],
    ["1", { slideshow: { slide_type: "-" } }],
    ["1", { slideshow: { slide_type: "notes" } }],
    ["1", { tags: ["solution"], nbgrader: { solution: true } }],
    ["1", { nbgrader: { solution: false } }],
  ])("are none: %j with %j", (source, metadata) => {
    expect(missesOf(source, metadata)).toEqual([]);
  });
});
