import { describe, expect, it } from "vitest";
import { parseNotebook } from "../../../lib/export/source/notebook.js";
import { code, notebookText, prose } from "../notebooks.js";

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

  it("keeps nbgrader's own fields and no other", () => {
    const nbgrader = { grade: true, grade_id: "a", points: 3, secret: { x: 1 } };
    const [cell] = parseNotebook(notebookText([code("1", [], { nbgrader })]), "n").cells;
    expect(cell?.nbgrader).toEqual({ grade: true, grade_id: "a", points: 3 });
  });
});
