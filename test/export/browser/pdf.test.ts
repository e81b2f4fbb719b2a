import { PDFDocument } from "@cantoo/pdf-lib";
import { execFileSync } from "node:child_process";
import { beforeAll, expect, it } from "vitest";
import { pdf } from "../../../lib/export/formats/pdf.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { fixture, secret } from "../fixture.js";
import { code, display, notebookText, prose, stdout, type StoredCell } from "../notebooks.js";
import { mimeBundle } from "../../../lib/views/index.js";
import { placesIn } from "../../../lib/export/print/pdf-pages.js";
import { describeInChromium, onDisk } from "./chromium.js";
import { timeline } from "./large-drawings.js";

/** The text of each page, or undefined, said loudly, where nothing reads it. */
function textPages(file: string): string[] | undefined {
  try {
    return execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).split("\f");
  } catch {
    process.stderr.write("\nNOT RUN, there is no pdftotext: the text of the handout\n");
    return undefined;
  }
}

interface Word {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly word: string;
}

/** The words of each page and where they are, in points. */
function wordsOf(file: string): readonly (readonly Word[])[] {
  const text = execFileSync("pdftotext", ["-bbox", file, "-"], { encoding: "utf8" });
  return text.split("<page ").map((page) =>
    [
      ...page.matchAll(/<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)<\/word>/g),
    ].map(([, left, top, right, bottom, word = ""]) => ({
      ...{ left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom) },
      word,
    })),
  );
}

/** The words that lie over other words of their page. */
function wordsOverOthers(file: string): string[] {
  return wordsOf(file).flatMap((words) => {
    return words.flatMap((one, at) =>
      words.slice(at + 1).flatMap((other) => {
        const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        return wide > 1 && high > 4 ? [`${one.word} over ${other.word}`] : [];
      }),
    );
  });
}

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

const tall = (height: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" class="lab-figure" width="600" height="${height}" viewBox="0 0 600 ${height}">` +
  `<title>tall</title><text x="9" y="${height - 20}">the end of the figure</text></svg>`;
const figure = (height: number): object =>
  display({
    ...mimeBundle({ name: "tall", alt: "tall", text: "tall", svg: tall(height) }),
  });
/** A step player whose steps have names as the kernel has them, longer than a column in one word. */
const steps = Array.from({ length: 12 }, (_, i) => ({
  title: `CPU ${i}, ${"sysvec_kvm_posted_intr_wakeup_ipi".repeat(2)}: raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu))`,
  svg: tall(60),
  text: "",
}));
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

const pixelsPerInch = 36;
const inPixels = (millimetres: number): number => Math.round((millimetres * pixelsPerInch) / 25.4);

/** The rows of grey pixels of each page, between its margins. */
function rowsOf(file: string): Buffer[][] {
  const images = execFileSync("pdftoppm", ["-r", String(pixelsPerInch), "-gray", file], {
    maxBuffer: 2 ** 26,
  });
  const pages: Buffer[][] = [];
  for (let at = 0; at < images.length;) {
    const [head = "", width = 0, height = 0] =
      /^P5\s(\d+) (\d+)\s255\s/.exec(images.toString("latin1", at, at + 40)) ?? [];
    const [wide, high] = [Number(width), Number(height)];
    const pixels = images.subarray(at + head.length, at + head.length + wide * high);
    const rows = Array.from({ length: high }, (_, i) => pixels.subarray(i * wide, (i + 1) * wide));
    pages.push(rows.slice(inPixels(20), high - inPixels(18)));
    at += head.length + wide * high;
  }
  return pages;
}

/** How far down each page it is printed on: a part of what lies between its margins. */
function filled(file: string): number[] {
  return rowsOf(file).map(
    (rows) => rows.findLastIndex((row) => row.some((grey) => grey < 245)) / (rows.length - 1),
  );
}

/** How much of the end of each page has the colour of a box and nothing in it, in millimetres. */
function emptyEnds(file: string): number[] {
  return rowsOf(file).map((rows) => {
    const isEmptyBox = (row: Buffer): boolean =>
      row.every((grey) => grey > 210) &&
      row.filter((grey) => grey < 252).length > row.length * 0.75;
    const last = rows.findLastIndex((row) => row.some((grey) => grey < 252));
    const written = rows.findLastIndex((row, at) => at < last - 1 && !isEmptyBox(row));
    return ((last - written) * 25.4) / pixelsPerInch;
  });
}

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
});
