import { PDFDocument } from "@cantoo/pdf-lib";
import { beforeAll, expect, it } from "vitest";
import { pdf } from "../../../lib/export/formats/pdf.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { secret } from "../fixture.js";
import { code, display, notebookText, prose, stdout } from "../notebooks.js";
import { mimeBundle } from "../../../lib/views/index.js";
import { describeInChromium, onDisk } from "./chromium.js";
import { timeline } from "./large-drawings.js";
import { textPages, wordsOf, wordsOverOthers } from "./printed-words.js";
import { figure, steps } from "./tall-drawings.js";

const table = ["what", ...Array.from({ length: 3 }, (_, i) => `with ${i}`)]
  .map((row) => `${row.padEnd(40)}${"circular".padEnd(30)}deadlock in 2 steps of 3 CPUs`)
  .join("\n");
const paged = notebookText([
  prose("# Pages"),
  prose("Press the button.", { tags: ["runs"] }),
  prose("Words on the first page.\n\n".repeat(4)),
  code("const wide = 1; // not left behind", [figure(385)]),
  prose(`${"Words that fill the page.\n\n".repeat(26)}## A heading before code`),
  code("const first = 1; // the first line\nconst last = 2; // the last line", [figure(500)]),
  code("show(1); // shows a figure that is taller than any page", [figure(3000)]),
  code("show(steps)", [
    display({
      "text/plain": "steps",
      "application/vnd.lockdep-lab.frames+json": { frames: steps },
    }),
  ]),
  code("table", [stdout(`${table}\n`)]),
  code("show(beside); // C beside its statements", [
    display({
      "text/plain": "beside",
      "text/html":
        `<table class="lab-beside"><tr><td style="white-space:pre">${"raw_spin_lock(lock); ".repeat(6)}</td>` +
        `<td style="white-space:pre">statement, ofTheLastColumn</td></tr></table>`,
    }),
  ]),
  code("show(timeline); // lanes and words", [
    display({ ...mimeBundle({ name: "timeline", alt: "timeline", text: "", svg: timeline }) }),
  ]),
  prose("Words to fill the page.\n\n".repeat(8)),
  prose("## Exercises"),
  prose("### Exercise\n\nFind it."),
  code("let answer = 0; // change this", [stdout("not yet\n")], { tags: ["exercise"] }),
  code(secret, [], { tags: ["solution"] }),
]);

describeInChromium("a student's handout on American paper", () => {
  const pages: { plain?: string[] | undefined; answers?: string[] | undefined } = {};
  let file = "";
  beforeAll(async () => {
    const job = await fixtureJob({ "04-paged": paged });
    const print = async (answers: boolean): Promise<string> => {
      const handout = { ...job.handout, paper: "letter", answers } as const;
      const files = await filesOf(pdf, { ...job, handout });
      const { width, height } = (await PDFDocument.load(Buffer.from(files[0]?.data ?? "")))
        .getPage(0)
        .getSize();
      expect([width, height]).toEqual([612, 792]);
      return `${onDisk(files)}/${files[0]?.path ?? ""}`;
    };
    file = await print(false);
    pages.plain = textPages(file);
    const back = await print(true);
    expect(back).toMatch(/04-paged\.answers\.pdf$/);
    pages.answers = textPages(back);
  });

  it("keeps a cell with its figure and the heading above it on one page", ({ skip }) => {
    if (pages.plain === undefined) skip();
    const page = pages.plain?.find((text) => text.includes("the first line"));
    for (const words of ["the last line", "the end of the figure"]) expect(page).toContain(words);
    expect(page).toMatch(/^\s*A heading before code$/m);
    const second = pages.plain?.find((text) => text.includes("taller than any page"));
    expect(second).toContain("the end of the figure");
  });

  it("makes a drawing smaller rather than leave half of a page empty before it", ({ skip }) => {
    if (pages.plain === undefined) skip();
    const page = pages.plain?.find((text) => text.includes("not left behind"));
    expect(page).toContain("Words on the first page");
    expect(page).toContain("the end of the figure");
  });

  it("prints the steps of a timeline as a list below its lanes, which goes on over pages", ({
    skip,
  }) => {
    if (pages.plain === undefined) skip();
    const text = pages.plain?.join("\f") ?? "";
    for (const number of [1, 20, 40]) {
      expect(text).toMatch(new RegExp(`(?:^| )${number}\\. CPU 0 vcpu0: step`, "m"));
    }
    expect(text).toMatch(/At the end: nobody waits\.[^]*Words to fill/);
  });

  it("prints a table of a figure as wide as the paper is", ({ skip }) => {
    if (pages.plain === undefined) skip();
    const last = wordsOf(file)
      .flat()
      .find(({ word }) => word === "ofTheLastColumn");
    // Letter paper has 612 points, of which 45 are its margin.
    expect(last?.right).toBeLessThan(612 - 45);
  });

  it("keeps a heading of exercises with the first of them", ({ skip }) => {
    if (pages.plain === undefined) skip();
    const page = pages.plain?.findLast((text) => /^ *Exercises$/m.test(text));
    expect(page).toMatch(/^ *Exercises$\s+^ *Exercise$[^]*change this/m);
  });

  it("prints no word over another, and columns of text as columns", ({ skip }) => {
    if (pages.plain === undefined) skip();
    expect(pages.plain?.join("\f")).toMatch(/with 2 +circular +deadlock in 2 steps of 3 CPUs$/m);
    expect(wordsOverOthers(file)).toEqual([]);
  });

  it("has room to write, and nothing of running cells or that a run has said", ({ skip }) => {
    if (pages.plain === undefined) skip();
    const text = pages.plain?.join("\f") ?? "";
    expect(text).toContain("Your answer:");
    for (const words of ["button", "not yet", "answerOfTheTeacher", "Answers"]) {
      expect(text).not.toContain(words);
    }
  });

  it("has the answers on its last page when asked for them, under the names of their exercises", ({
    skip,
  }) => {
    if (pages.answers === undefined) skip();
    const last = pages.answers?.filter((text) => text.trim() !== "").at(-1);
    expect(last).toMatch(/Answers\s+Exercise\s+Solution\s[^]*answerOfTheTeacher/);
    const before = pages.answers?.slice(0, -2).join("\f");
    expect(before).not.toContain("answerOfTheTeacher");
  });
});
