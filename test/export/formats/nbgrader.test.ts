import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exportNotebooks } from "../../../lib/export/export.js";
import { assignmentCells, nbgrader } from "../../../lib/export/formats/nbgrader.js";
import { parseNotebook } from "../../../lib/export/source/notebook.js";
import { exercise, holds, predict } from "../../../lib/notebook/exercise/index.js";
import { notebookFile, notebookNames } from "../../notebook/files.js";
import { filesOf, fixtureJob, textOf } from "../exporting.js";
import { code, notebookText, prose } from "../notebooks.js";

const text = notebookText([
  prose("# N"),
  code("const six = exercise(...);", [], { jupyter: { source_hidden: true } }),
  code("const mine = 1; // <- change here\nsix.check(mine);", [], { tags: ["exercise"] }),
  code("const mine = 6;\nsix.check(mine);", [], { tags: ["solution"] }),
  code("claim(six.judge(6));", [], { tags: ["hidden-test"] }),
  code("let free = 0;", [], { tags: ["exercise"] }),
]);

describe("the source of an assignment for nbgrader", () => {
  it("has for an exercise a cell to answer in, with the solution marked, and a locked one with points", () => {
    const cells = assignmentCells(parseNotebook(text, "n").cells);
    const [, given, answer, test, free] = cells;
    expect(given?.nbgrader).toMatchObject({ locked: true, grade: false, solution: false });
    expect(answer?.source).toBe(
      "const mine = 1; // <- change here\nsix.check(mine);\n" +
        "/// BEGIN SOLUTION\n{\nconst mine = 6;\nsix.check(mine);\n}\n/// END SOLUTION",
    );
    expect(answer?.nbgrader).toMatchObject({ solution: true, locked: false, schema_version: 3 });
    expect(test?.source).toMatch(/^six\.assertSolved\(\);/);
    expect(test?.nbgrader).toMatchObject({ grade: true, locked: true, points: 1 });
    expect(free?.nbgrader).toBeUndefined();
    expect(cells).toHaveLength(5);
    const ids = cells.flatMap((cell) => cell.nbgrader?.["grade_id"] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("lies where nbgrader looks for it, with settings for cells of TypeScript", async () => {
    const files = await filesOf(nbgrader, await fixtureJob({ n: text }, "teacher"));
    expect(textOf(files, "nbgrader_config.py")).toContain('code_stub = {"typescript":');
    expect(textOf(files, "nbgrader_config.py")).toContain("is not inside the lab");
    const stored: unknown = JSON.parse(textOf(files, "source/n/n.ipynb"));
    expect(stored).toMatchObject({ nbformat: 4, metadata: { kernelspec: { name: "tslab" } } });
  });

  it("is not made for students", async () => {
    const wanted = { notebooks: ["01"], format: "nbgrader", edition: "student", out: "x" } as const;
    await expect(exportNotebooks(wanted)).rejects.toThrow(/leave --edition out/);
  });

  it("gives points for every solution of the notebooks", () => {
    for (const name of notebookNames) {
      const { cells } = parseNotebook(readFileSync(notebookFile(name), "utf8"), name);
      const solutions = cells.filter(({ tags }) => tags.includes("solution"));
      const graded = assignmentCells(cells).filter((cell) => cell.nbgrader?.["grade"] === true);
      expect([name, graded.length]).toEqual([name, solutions.length]);
    }
  });
});

describe("assertSolved()", () => {
  it("fails until a right answer or prediction was checked", () => {
    const six = exercise<number>("Six", {
      expect: [holds("it is six", (answer) => answer === 6, "it is not")],
      hints: [],
      untested: [],
    });
    const guess = predict<number>("How many?", { actual: () => 6, because: () => "counted" });
    for (const question of [six, guess]) {
      expect(question.assertSolved).toThrow(/checked/);
      question.check(5);
      expect(question.assertSolved).toThrow(/checked/);
      question.check(6);
      question.check(7);
      expect(question.assertSolved).not.toThrow();
    }
  });
});
