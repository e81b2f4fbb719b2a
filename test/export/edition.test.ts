import { describe, expect, it } from "vitest";
import { codePrompt, cutEdition } from "../../lib/export/edition.js";
import { parseNotebook } from "../../lib/export/notebook.js";
import { fixture, secret } from "./fixture.js";
import { code, notebookText, prose } from "./notebooks.js";

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
    for (const edition of ["teacher", "full"] as const) {
      expect(cutEdition(notebook, edition).cells).toEqual(notebook.cells);
    }
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
});
