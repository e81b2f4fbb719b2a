import { describe, expect, it } from "vitest";
import {
  answeredElsewhere,
  codePrompt,
  cutEdition,
  toRead,
  withoutRuns,
} from "../../../lib/export/source/edition.js";
import { parseNotebook } from "../../../lib/export/source/notebook.js";
import { fixture, secret } from "../fixture.js";
import { code, notebookText, prose } from "../notebooks.js";

describe("the editions", () => {
  const notebook = parseNotebook(fixture, "fixture");

  it("keep solutions and hidden tests from students, outputs and metadata included", () => {
    const text = JSON.stringify(cutEdition(notebook, "student"));
    expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(text).not.toContain("secret output");
    expect(text).not.toContain("hidden check");
    expect(text).toContain("change this");
  });

  it("give teachers everything", () => {
    expect(cutEdition(notebook, "teacher").cells).toEqual(notebook.cells);
  });

  it("put one prompt in the place of a run of solution cells, code if any of them is code", () => {
    const tags = { tags: ["solution"] };
    const cells = [
      prose("# T"),
      prose("Why", tags),
      code("hidden", [], { tags: ["hidden-test"] }),
      code("1", [], tags),
      code("2"),
      prose("3", tags),
    ];
    const cut = cutEdition(parseNotebook(notebookText(cells), "n"), "student");
    expect(cut.cells.map((cell) => [cell.kind, cell.source.slice(0, 12)])).toEqual([
      ["markdown", "# T"],
      ["code", codePrompt.slice(0, 12)],
      ["code", "2"],
      ["markdown", "*Your turn: "],
    ]);
  });

  it("give students one place to write in for each exercise, and no speaker's notes", () => {
    const cells = [
      prose("### 1"),
      code("let a = 0; // change this", [], { tags: ["exercise"] }),
      code("let a = 1;", [], { tags: ["solution"] }),
      code("check(a)", [], { tags: ["hidden-test"] }),
      prose("Ask them why.", { slideshow: { slide_type: "notes" } }),
    ];
    const cut = cutEdition(parseNotebook(notebookText(cells), "n"), "student");
    expect(cut.cells.map(({ source }) => source)).toEqual(["### 1", "let a = 0; // change this"]);
  });

  it("give students the code that answers a question, and neither its output nor what follows from it", () => {
    const said = { output_type: "stream", name: "stdout", text: "it deadlocks" };
    const cells = [
      code("guess(null)", [], { tags: ["exercise"] }),
      code("premises()", [said], { tags: ["reveals", "long"] }),
      prose("So it is real.", { tags: ["reveals"] }),
    ];
    const notes = parseNotebook(notebookText(cells), "n");
    const cut = cutEdition(notes, "student").cells;
    expect(cut.map(({ source }) => source)).toEqual(["guess(null)", "premises()"]);
    expect(JSON.stringify(cut)).not.toContain("it deadlocks");
    expect(JSON.stringify(cutEdition(notes, "teacher"))).toContain("it deadlocks");
    // What is read without being run says where the answer is.
    const read = JSON.stringify(cutEdition(toRead(notes, "student"), "student"));
    expect(read).not.toContain("it deadlocks");
    expect(read).toContain(answeredElsewhere.trim());
    const taught = JSON.stringify(cutEdition(toRead(notes, "teacher"), "teacher"));
    expect(taught).toContain("it deadlocks");
    expect(taught).not.toContain(answeredElsewhere.trim());
  });

  it("say nothing of running cells in what is only read", () => {
    const running = prose("A cell runs with Shift-Enter.", { tags: ["runs"] });
    const notes = parseNotebook(notebookText([prose("# T"), running, code("1")]), "n");
    for (const read of [toRead(notes, "student"), toRead(notes, "teacher"), withoutRuns(notes)]) {
      expect(read.cells.map(({ source }) => source)).toEqual(["# T", "1"]);
    }
    expect(cutEdition(notes, "student").cells).toHaveLength(3);
  });

  it("give a place to write in an id that an inserted cell does not move", () => {
    const idsOf = (cells: readonly object[]): string[] =>
      cutEdition(parseNotebook(JSON.stringify({ nbformat: 4, cells }), "n"), "student").cells.map(
        ({ id }) => id,
      );
    const exercise = [{ ...prose("### 1"), id: "one" }, code("secret", [], { tags: ["solution"] })];
    const [, before] = idsOf(exercise);
    expect(idsOf([{ ...prose("# T"), id: "title" }, ...exercise])[2]).toBe(before);
  });
});
