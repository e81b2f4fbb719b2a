import { describe, expect, it } from "vitest";
import { NotebookError, parseNotebook } from "../../lib/export/notebook.js";
import { readNotebook } from "../../lib/export/read-notebook.js";
import { code, notebookText, prose } from "./notebooks.js";

describe("reading a notebook", () => {
  it("keeps nothing that it does not know", () => {
    const text = notebookText([prose("# T", { secret: "one" })], { secret: "two" });
    expect(JSON.stringify(parseNotebook(text, "n"))).not.toContain("secret");
  });

  it("takes its title from the first heading", () => {
    expect(parseNotebook(notebookText([prose("x\n# The `title` #\n")]), "n").title).toBe(
      "The title",
    );
    expect(parseNotebook(notebookText([prose("no heading")]), "n").title).toBe("n");
  });

  it("takes a byte order mark for no part of it", () => {
    expect(parseNotebook(`\uFEFF${notebookText([prose("# T")])}`, "n").title).toBe("T");
  });

  it("gives cells without an id one of their text, which an inserted cell does not change", () => {
    const idsOf = (cells: readonly object[]): string[] => {
      const text = JSON.stringify({ nbformat: 4, nbformat_minor: 4, cells });
      return parseNotebook(text, "n").cells.map(({ id }) => id);
    };
    const cells = [code("1"), code("2"), code("1")];
    const ids = idsOf(cells);
    expect(new Set(ids).size).toBe(3);
    expect(idsOf([code("0"), ...cells]).slice(1)).toEqual(ids);
  });

  it("keeps nbgrader's own fields and no other", () => {
    const nbgrader = { grade: true, grade_id: "a", points: 3, secret: { x: 1 } };
    const [cell] = parseNotebook(notebookText([code("1", [], { nbgrader })]), "n").cells;
    expect(cell?.nbgrader).toEqual({ grade: true, grade_id: "a", points: 3 });
  });

  it("gives every cell an id of its own that HTML can use", () => {
    const cells = [
      { ...prose("a"), id: "x" },
      { ...prose("b"), id: "x" },
      { ...code("c"), id: `"><b>` },
    ];
    const ids = parseNotebook(notebookText(cells), "n").cells.map((cell) => cell.id);
    expect(new Set(ids).size).toBe(3);
    expect(ids.every((id) => /^[\w-]+$/.test(id))).toBe(true);
  });

  it.each([
    ["not JSON", "{", /is not JSON/],
    ["another format", `{"nbformat": 3, "worksheets": []}`, /nbformat 4/],
    [
      "a cell without source",
      notebookText([{ cell_type: "code", source: 3 }]),
      /cell 1 has no source/,
    ],
    ["a cell of no type", notebookText([{ cell_type: "<b>", source: "" }]), /unknown type/],
  ])("says what is wrong with %s", (_, text, message) => {
    expect(() => parseNotebook(text, "n")).toThrow(NotebookError);
    expect(() => parseNotebook(text, "n")).toThrow(message);
  });

  it("names the file that is missing", async () => {
    await expect(readNotebook("/nowhere/x.ipynb")).rejects.toThrow(
      /cannot read \/nowhere\/x.ipynb/,
    );
  });
});
