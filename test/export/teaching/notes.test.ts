import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { slides } from "../../../lib/export/formats/slides.js";
import { parseNotebook } from "../../../lib/export/source/notebook.js";
import {
  minutesOf,
  parseTeaching,
  readTeaching,
  unknownCells,
  withNotes,
} from "../../../lib/export/teaching/notes.js";
import { notebookFile, notebookNames } from "../../notebook/files.js";
import { filesOf, fixtureJob, textOf } from "../exporting.js";
import { code, notebookText, prose } from "../notebooks.js";

const text = "Goal: see it.\n\nNeeds: eyes.\n\n## c1: 5 minutes\n\nAsk who sees it.\n";
const notebook = parseNotebook(notebookText([prose("# T\n\nWords."), code("1")]), "n");

describe("notes for who teaches", () => {
  it("are read with goal, needs and minutes, and stand behind their cells", () => {
    const teaching = parseTeaching(text, "n.md");
    expect(teaching).toEqual({
      goal: "see it.",
      needs: "eyes.",
      notes: [{ cell: "c1", minutes: 5, text: "Ask who sees it." }],
    });
    const [, note] = withNotes(notebook, teaching).cells;
    expect(note).toMatchObject({ slide: "notes", source: "**5 minutes.** Ask who sees it." });
  });

  it("reach the teacher's deck alone", async () => {
    for (const edition of ["teacher", "student"] as const) {
      const job = await fixtureJob({ n: notebookText([prose("# T")]) }, edition);
      const sources = job.sources.map((source) => ({
        ...source,
        notebook: withNotes(source.notebook, parseTeaching(text, "n.md")),
      }));
      const name = edition === "teacher" ? "n.teacher.slides.html" : "n.slides.html";
      const deck = textOf(await filesOf(slides, { ...job, sources }), name);
      expect(deck.includes("Ask who sees it.")).toBe(edition === "teacher");
    }
  });

  it("say what is wrong with a heading", () => {
    expect(() => parseTeaching("## c1\n\nx", "n.md")).toThrow(/n\.md: "## c1" is no heading/);
  });

  it.each(notebookNames)("are there for %s: what to ask, of cells that it has", async (name) => {
    const file = notebookFile(name);
    const teaching = await readTeaching(file);
    if (teaching === undefined) throw new Error(`no notes for ${name}`);
    const stored = parseNotebook(readFileSync(file, "utf8"), name);
    expect(unknownCells(stored, teaching)).toEqual([]);
    expect(teaching.notes.map((note) => note.text).join(" ")).toMatch(/\bask\b/i);
    expect(teaching.goal).not.toBe("");
    expect(minutesOf(teaching)).toBeGreaterThan(30);
    expect(minutesOf(teaching)).toBeLessThanOrEqual(90);
  });
});
