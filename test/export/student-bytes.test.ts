import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { labFiles } from "../../lib/export/course/lab-files.js";
import { createBundles } from "../../lib/export/bundle.js";
import { findChromium } from "../../lib/export/chromium.js";
import { createJob, formats, projectRoot } from "../../lib/export/export.js";
import { type FormatName, formatNames } from "../../lib/export/format-names.js";
import type { ExportFile, Job } from "../../lib/export/format.js";
import { courseFolder, studentCourse, studentParts } from "../../lib/export/formats/course.js";
import { cellTags, cutEdition } from "../../lib/export/source/edition.js";
import { scaffoldingOf } from "../../lib/export/source/scaffolding.js";
import { filesOf } from "./exporting.js";
import { linesIn } from "./lines-in.js";

/** Lines that no edition for students may have, and lines of code that each of them has. */
interface Lines {
  readonly secret: readonly string[];
  readonly open: readonly string[];
}

/** Lines of solutions, hidden tests and answers that stand nowhere else: not in the notebooks, nor in the lab itself. */
async function linesOf(job: Job): Promise<Lines> {
  const secret = new Set<string>();
  const open = new Set<string>();
  for (const { notebook } of job.sources) {
    for (const { kind, source, tags } of notebook.cells) {
      const reveals = kind === "markdown" && tags.includes("reveals");
      const hidden = reveals || tags.includes("solution") || tags.includes("hidden-test");
      for (const line of source.split("\n")) (hidden ? secret : open).add(line.trim());
    }
  }
  const lab = (await labFiles(job.root)).map(({ data }) => Buffer.from(data).toString("utf8"));
  const elsewhere = [...open, ...lab].join("\n");
  return {
    secret: [...secret].filter((line) => line.length >= 12 && !elsewhere.includes(line)),
    open: [...open].filter((line) => /^const \w+ = \w+\(.{12,}\);$/.test(line)),
  };
}

/** A text of a page may be broken wherever there is room for no more. */
const unbroken = (text: string): string => text.replace(/\s+/g, "");

/** The words of a PDF; none, said loudly, where nothing reads them. */
function printed(data: ExportFile["data"]): string[] {
  try {
    const text = execFileSync("pdftotext", ["-layout", "-", "-"], {
      input: data,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    return [unbroken(text)];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    process.stderr.write("\nNOT RUN, there is no pdftotext: solutions in the words of a PDF\n");
    return [];
  }
}

/** All bytes of files as text, archives unzipped; of a PDF, its words. */
function bytesOf(files: readonly ExportFile[]): string[] {
  return files.flatMap(({ path, data }) => {
    if (path.endsWith(".pdf")) return printed(data);
    if (path.endsWith(".zip") && typeof data !== "string") {
      return bytesOf(
        Object.entries(unzipSync(data)).map(([name, bytes]) => ({ path: name, data: bytes })),
      );
    }
    return [typeof data === "string" ? data : Buffer.from(data).toString("utf8")];
  });
}

/**
 * What is searched for lines: the texts as they are, and with markup and JSON undone. A line of theirs stands there
 * once, since pages share the megabytes that make them run.
 */
function readings(texts: readonly string[]): string[] {
  const lines = new Set<string>();
  for (const text of texts) for (const line of text.split("\n")) lines.add(line);
  const whole = [...lines].join("\n");
  const plain = whole
    .replace(/<\/?span[^>]*>/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#(?:39|x27);/g, "'")
    .replace(/&(?:amp|#x26);/g, "&")
    .replace(/&#x3[Cc];/g, "<")
    .replace(/\\u003c/g, "<")
    .replace(/\\"/g, '"');
  return [whole, plain];
}

const bundles = createBundles();

/** The files of the course: it holds what five of the formats make, so that each is made once. */
async function courseFiles(job: Job): Promise<ExportFile[]> {
  const [archive] = await filesOf(studentCourse, job);
  if (archive === undefined || typeof archive.data === "string") throw new Error("no course");
  return Object.entries(unzipSync(archive.data)).map(([path, data]) => ({ path, data }));
}

describe("the student's edition of the notebooks", () => {
  const prepared: { job?: Job; lines: Lines; course: readonly ExportFile[] } = {
    lines: { secret: [], open: [] },
    course: [],
  };
  const filesOfFormat = (name: FormatName, job: Job): Promise<readonly ExportFile[]> => {
    if (name === "course") return Promise.resolve(prepared.course);
    const part = studentParts.find(({ format }) => format === formats[name]);
    if (part === undefined) return filesOf(formats[name], job);
    const folder = `${courseFolder}/${part.folder}/`;
    return Promise.resolve(prepared.course.filter(({ path }) => path.startsWith(folder)));
  };
  beforeAll(async () => {
    prepared.job = await createJob({ notebooks: [], edition: "student" }, bundles);
    prepared.lines = await linesOf(prepared.job);
    prepared.course = await courseFiles(prepared.job);
  });

  // nbgrader's sources are for nobody but nbgrader, which takes the solutions out itself.
  it.each(formatNames.filter((name) => name !== "nbgrader"))(
    "has no line of a solution or a hidden test in any byte of %s",
    async (name) => {
      const { job, lines } = prepared;
      if (job === undefined || (name === "pdf" && findChromium() === undefined)) {
        process.stderr.write(`\nNOT RUN, there is no Chromium: solutions in ${name}\n`);
        return;
      }
      const files = await filesOfFormat(name, job);
      expect(files.length).toBeGreaterThan(0);
      const texts = readings(bytesOf(files));
      if (name === "pdf" && texts[0] === "") return;
      const sought = (of: readonly string[]): string[] =>
        name === "pdf" ? of.map(unbroken) : [...of];
      const found = texts.map((text) => linesIn(text, sought([...lines.secret, ...lines.open])));
      const isIn = (line: string): boolean => found.some((of) => of.has(line));
      expect(sought(lines.secret).filter(isIn)).toEqual([]);
      // What is read so is what stands there: code that everybody may see is found, but for what a talk leaves out.
      expect(sought(lines.open).filter(isIn).length).toBeGreaterThan(lines.open.length * 0.8);
    },
    300_000,
  );

  it("would notice one: the teacher's edition holds them all", async () => {
    const { job, lines } = prepared;
    if (job === undefined) return;
    const files = await filesOf(formats.html, { ...job, edition: "teacher" });
    const solutions = linesIn(readings(bytesOf(files)).join("\n"), lines.secret);
    expect(solutions.size).toBeGreaterThan(lines.secret.length * 0.8);
    expect(readdirSync(join(projectRoot, "notebooks")).length).toBeGreaterThan(0);
  });
});

/** What tells a student how an answer is judged, and with it what it is. */
const givesAway = /^\s*(?:hints|because|actual): /m;

describe("the exercises of a student's notebooks", () => {
  let job: Job | undefined;
  beforeAll(async () => {
    job = await createJob({ notebooks: [], edition: "student" }, bundles);
  });

  it("have one place to write in under each heading, and nothing above it but folded code", () => {
    for (const { notebook } of job?.sources ?? []) {
      const { cells } = cutEdition(notebook, "student");
      const folded = scaffoldingOf(cells);
      let places = 0;
      for (const [at, { id, kind, source, tags }] of cells.entries()) {
        if (kind === "markdown" && /^#/m.test(source)) places = 0;
        if (tags.includes(cellTags.exercise)) places += 1;
        expect(places, `${notebook.name}: ${id}`).toBeLessThan(2);
        if (kind !== "code" || folded[at] !== undefined) continue;
        expect(source, `${notebook.name}: ${id}`).not.toMatch(givesAway);
      }
    }
  });

  it("give away no hint or reason in Markdown before it is unfolded", async () => {
    if (job === undefined) return;
    const files = await filesOf(formats.md, job);
    const texts = files.filter(({ path }) => path.endsWith(".md"));
    expect(texts.length).toBe(job.sources.length);
    for (const { path, data } of texts) {
      const shown = String(data).replace(/^<details>$[^]*?^<\/details>$/gm, "");
      expect(shown, path).not.toMatch(givesAway);
      const marks = shown.match(/^\*\*Your turn\*\*$/gm)?.length ?? 0;
      expect(marks, path).toBe(String(data).match(/^\*\*Your turn\*\*$/gm)?.length ?? 0);
      expect(String(data), path).not.toMatch(/Shift-Enter|run the cell\b/i);
    }
  });
});
