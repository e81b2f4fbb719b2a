import { beforeAll, expect, it } from "vitest";
import { pdf } from "../../../lib/export/formats/pdf.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { code, display, notebookText, prose, stdout, type StoredCell } from "../notebooks.js";
import { mimeBundle } from "../../../lib/views/index.js";
import { describeInChromium, onDisk } from "./chromium.js";
import { emptyEnds, emptyFrames, filled } from "./printed-rows.js";
import { textPages } from "./printed-words.js";
import { figure, lanes, steps, tall } from "./tall-drawings.js";

const filling = (paragraphs: number): StoredCell =>
  prose("Words that fill.\n\n".repeat(paragraphs));
const lines = (count: number): string =>
  Array.from({ length: count }, (_, i) => `const line${i} = ${i};`).join("\n");
const ending = notebookText([
  prose("# Ends"),
  filling(12),
  prose("## Torn\n\nWhat leads to code:"),
  code(lines(24), [stdout("the output of 24 lines\n")]),
  prose("## Written\n\n### Exercise one\n\nFind it."),
  code(lines(5), [stdout("not yet\n")], { tags: ["exercise"] }),
  code(`${lines(16)}\n// the answer`, [stdout("solved\n")], { tags: ["solution"] }),
  prose("### Exercise two\n\nFind it."),
  code(lines(9), [stdout("not yet\n")], { tags: ["exercise"] }),
  code(`${lines(9)}\n// the answer`, [stdout("solved\n")], { tags: ["solution"] }),
  filling(5),
  prose("## Sources"),
  prose(`|a|b|\n|---|---|\n${"| cell | cell |\n".repeat(14)}`),
  filling(7),
  prose(`## Parted\n\n${"Many words that lead. ".repeat(60)}See:`),
  code(`${lines(4)} // leads to a drawing`, [figure(700)]),
]);

describeInChromium("the pages of a handout", () => {
  const files: Record<string, string> = {};
  beforeAll(async () => {
    for (const edition of ["student", "teacher"] as const) {
      for (const shift of [0, 5, 10]) {
        const cells = JSON.parse(ending) as { cells: object[] };
        cells.cells.splice(1, 0, filling(shift));
        const job = await fixtureJob({ "05-ends": JSON.stringify(cells) }, edition);
        const made = await filesOf(pdf, job);
        files[`${edition} ${shift}`] = `${onDisk(made)}/${made[0]?.path ?? ""}`;
      }
    }
  });

  it("are filled by half at least, but for the last one", ({ skip }) => {
    if (Object.values(files).some((file) => textPages(file) === undefined)) skip();
    for (const [name, file] of Object.entries(files)) {
      const parts = filled(file);
      expect(parts.length).toBeGreaterThan(4);
      expect(
        parts.slice(0, -1).filter((part) => part < 0.5),
        name,
      ).toEqual([]);
    }
  });

  it("end no box of code with nothing in it where its last lines stay with what they say", async ({
    skip,
  }) => {
    const said = stdout("what it says first\nthen\nand last\n");
    for (const count of [10, 11, 12, 13]) {
      const cells = [
        prose("# Boxes"),
        filling(count),
        prose("## A heading\n\nWhat leads to code:"),
        code(`${lines(10)}\n// the last line`, [said]),
        prose("Behind it."),
      ];
      const job = await fixtureJob({ boxes: notebookText(cells) });
      const made = `${onDisk(await filesOf(pdf, job))}/boxes.pdf`;
      const pages = textPages(made);
      if (pages === undefined) skip();
      // All lines are there, in their order, the last of them with what the code says.
      const written = [...(pages?.join("") ?? "").matchAll(/const line(\d+)/g)];
      expect(written.map(([, number]) => Number(number))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(pages?.find((text) => text.includes("the last line"))).toContain("what it says first");
      for (const empty of emptyEnds(made)) expect(empty, String(count)).toBeLessThan(12);
    }
  });

  it("tear no table of a figure above a row as tall as many lines", async ({ skip }) => {
    const row = (c: string, statements: string): string =>
      `<tr><td style="white-space:pre">${c}</td><td style="white-space:pre">${statements}</td></tr>`;
    const beside = display({
      "text/plain": "beside",
      "text/html":
        `<table class="lab-beside"><thead><tr><th>kernel C</th><th>statements</th></tr></thead><tbody>` +
        `${row("{", "").repeat(3)}${row("BUG_ON(x);", "set(t0, at(x, 0)),\n".repeat(11) + "lastOfAll")}</tbody></table>`,
    });
    for (const count of [15, 16, 17]) {
      const cells = [prose("# Rows"), filling(count), code("show(beside)", [beside])];
      const job = await fixtureJob({ rows: notebookText(cells) });
      const pages = textPages(`${onDisk(await filesOf(pdf, job))}/rows.pdf`);
      if (pages === undefined) skip();
      expect(
        pages?.find((text) => text.includes("kernel C")),
        String(count),
      ).toContain("lastOfAll");
    }
  });

  it("have room to write in that is lower where it would not fit otherwise", async ({ skip }) => {
    const cells = [
      prose("# Short"),
      filling(16),
      code("let answer = 0;", [], { tags: ["exercise"] }),
    ];
    const job = await fixtureJob({ short: notebookText(cells) });
    const pages = textPages(`${onDisk(await filesOf(pdf, job))}/short.pdf`);
    if (pages === undefined) skip();
    expect(pages?.[0]).toMatch(/let answer = 0;[^]*Your answer:/);
  });

  it("are not filled with the empty box of an exercise that goes on overleaf", async ({ skip }) => {
    for (const count of [16, 18, 19, 20]) {
      const cells = [
        prose("# Overleaf"),
        filling(count),
        prose(`### Exercise\n\nFind it, ${"and say why, ".repeat(12)}at last.`),
        code("let answer = 0;\ncheck(answer);", [], { tags: ["exercise"] }),
      ];
      const job = await fixtureJob({ overleaf: notebookText(cells) });
      const pages = textPages(`${onDisk(await filesOf(pdf, job))}/overleaf.pdf`);
      if (pages === undefined) skip();
      const page = pages?.find((text) => text.includes("let answer"));
      for (const words of ["check(answer)", "Find it", "at last."]) expect(page).toContain(words);
    }
  });

  it("have the first steps of a player before its drawing where only they fit", async ({
    skip,
  }) => {
    const player = display({
      ...mimeBundle({ name: "tall", alt: "tall", text: "tall", svg: tall(700) }),
      "application/vnd.lockdep-lab.frames+json": { frames: steps },
    });
    const cells = [prose("# Steps"), filling(15), code("show(steps)", [player]), filling(2)];
    const job = await fixtureJob({ steps: notebookText(cells) });
    const pages = textPages(`${onDisk(await filesOf(pdf, job))}/steps.pdf`);
    if (pages === undefined) skip();
    expect(pages?.[0]).toMatch(/show\(steps\)[^]*0\. CPU 0[^]*3\. CPU 3/);
    expect(pages?.[0]).not.toContain("11. CPU 11");
    expect(pages?.[1]).toMatch(/the end of the figure[^]*4\. CPU 4/);
  });

  it("end with no frame round a hidden test that goes on overleaf", async ({ skip }) => {
    for (const count of [16, 17]) {
      const cells = [
        prose("# Frames"),
        filling(count),
        code(`${lines(8)}\nclaim(line3);`, [stdout("claimed\nand claimed\n")], {
          tags: ["hidden-test"],
        }),
        code(lines(12), [stdout("behind it\n")]),
      ];
      const job = await fixtureJob({ frames: notebookText(cells) }, "teacher");
      const made = `${onDisk(await filesOf(pdf, job))}/frames.teacher.pdf`;
      if (textPages(made) === undefined) skip();
      for (const empty of emptyFrames(made)) expect(empty, String(count)).toBeLessThan(8);
    }
  });

  it("have the code of a timeline where its lanes have no room", async ({ skip }) => {
    const cells = [prose("# Lanes"), filling(11), code(`show(lanes);\n${lines(3)}`, [lanes])];
    const job = await fixtureJob({ lanes: notebookText(cells) });
    const pages = textPages(`${onDisk(await filesOf(pdf, job))}/lanes.pdf`);
    if (pages === undefined) skip();
    expect(pages?.[0]).toMatch(/Words that fill[^]*show\(lanes\)[^]*line2/);
    expect(pages?.[1]).toContain("the end of the lanes");
  });
});
