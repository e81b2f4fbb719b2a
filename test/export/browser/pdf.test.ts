import { beforeAll, expect, it } from "vitest";
import { pdf } from "../../../lib/export/formats/pdf.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { fixture } from "../fixture.js";
import { notebookText, prose } from "../notebooks.js";
import { placesIn } from "../../../lib/export/print/pdf-pages.js";
import { describeInChromium, onDisk } from "./chromium.js";
import { textPages } from "./printed-words.js";

describeInChromium("the handout", () => {
  let bytes = Buffer.alloc(0);
  let file = "";
  beforeAll(async () => {
    const files = await filesOf(pdf, await fixtureJob({ "03-fixture": fixture }, "teacher"));
    bytes = Buffer.from(files[0]?.data ?? "");
    file = `${onDisk(files)}/03-fixture.teacher.pdf`;
  });

  it("says which notebook it is, for whom, of which day and under which licence", ({ skip }) => {
    const first = textPages(file)?.[0];
    if (first === undefined) skip();
    expect(first).toMatch(/^\s*Notebook 3 · Fixture of everything · Teacher's edition/);
    expect(first).toMatch(/Teacher's edition, with solutions · 1 March 2026 · lockdep-lab .*, MIT/);
  });

  it("leads to the handout of another notebook, and to a place in it", () => {
    const text = bytes.toString("latin1");
    expect(text).toMatch(/\/GoToR/);
    expect(text).toContain("(02-next.teacher.pdf)");
    expect(text).toMatch(/\/D \/part\b/);
    expect(text).not.toContain("handout.invalid");
  });

  it("is tagged, has an outline, and keeps figures as vectors", () => {
    const text = bytes.toString("latin1");
    expect(text.startsWith("%PDF-")).toBe(true);
    expect(text).toMatch(/\/StructTreeRoot/);
    expect(text).toMatch(/\/Outlines/);
    // Each of the two images that are broken on purpose is a sign and its mask.
    expect((text.match(/\/Subtype \/Image/g) ?? []).length).toBeLessThanOrEqual(4);
  });

  it("links within itself and to the web, and to no file of this machine", () => {
    const text = bytes.toString("latin1");
    expect(text).toContain("(https://example.org/)");
    expect(text).toMatch(/\/Dest/);
    expect(text).not.toContain("file:///");
  });

  it("numbers its contents by the pages on which the headings stand", async ({ skip }) => {
    const places = await placesIn(bytes);
    expect([...places.keys()]).toContain("a-table");
    const pages = textPages(file);
    if (pages === undefined) skip();
    const numbers: number[] = [];
    for (const heading of ["A table", "Diagrams", "Exercise"]) {
      const number = Number(new RegExp(`^ *${heading} +(\\d+)$`, "m").exec(pages?.[0] ?? "")?.[1]);
      expect(number).toBe(places.get(heading.toLowerCase().replace(" ", "-")));
      expect(pages?.[number - 1]).toMatch(new RegExp(`^ *${heading}$`, "m"));
      numbers.push(number);
    }
    expect(new Set(numbers).size).toBeGreaterThan(1);
  });

  it("ends no page with words that lead to a list or a table", async ({ skip }) => {
    const list = Array.from({ length: 7 }, (_, i) => `- point ${i}`).join("\n");
    const rows = Array.from({ length: 7 }, (_, i) => `| ${i} | cell |`).join("\n");
    const sections = Array.from({ length: 24 }, (_, i) => {
      const what = i % 2 === 0 ? list : `| a | b |\n|---|---|\n${rows}`;
      return prose(
        `${"Words between.\n\n".repeat(i % 7)}What follows from number ${i}:\n\n${what}`,
      );
    });
    const leads = notebookText([prose("# Leads"), ...sections]);
    const files = await filesOf(pdf, await fixtureJob({ leads }));
    const pages = textPages(`${onDisk(files)}/leads.pdf`);
    if (pages === undefined) skip();
    expect(pages?.length).toBeGreaterThan(8);
    const ends = pages?.map(
      (text) =>
        text
          .trim()
          .split(/\s*\n\s*/)
          .at(-2) ?? "",
    );
    expect(ends?.filter((end) => end.endsWith(":"))).toEqual([]);
  });

  it("numbers its pages and leaves no word out", ({ skip }) => {
    const words = textPages(file)?.join("\f");
    if (words === undefined) skip();
    expect(words).toMatch(/^\s*1\/\d$/m);
    for (const word of [
      "Contents",
      "A table",
      "IPI",
      "{ x: 1 }",
      "Solution",
      "Notes for the teacher",
    ]) {
      expect(words).toContain(word);
    }
  });
});
