/** `course`: one archive that stands alone: a start page, the lab, notebooks, the book, slides, handouts. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { zipSync, type Zippable } from "fflate";
import { findChromium } from "../chromium.js";
import { labPackage, usesPackage } from "../course/lab-package.js";
import { labFiles } from "../course/lab-files.js";
import { courseReadme } from "../course/readme.js";
import { startPage } from "../course/start-page.js";
import type { Edition } from "../source/edition.js";
import type { ExportFile, Format, Job } from "../format.js";
import { book } from "./book.js";
import { html } from "./html.js";
import { ipynb } from "./ipynb.js";
import { nbgrader } from "./nbgrader.js";
import { pdf } from "./pdf.js";
import { slides } from "./slides.js";

interface Part {
  readonly folder: string;
  readonly format: Format;
  readonly edition: Edition;
}

/** What the archive for students holds of the notebooks. */
export const studentParts: readonly Part[] = [
  { folder: "lab/notebooks", format: ipynb, edition: "student" },
  { folder: "pages", format: html, edition: "student" },
  { folder: "slides", format: slides, edition: "student" },
  { folder: "book", format: book, edition: "student" },
  { folder: "handouts", format: pdf, edition: "student" },
];
const teacherParts: readonly Part[] = [
  { folder: "teacher/notebooks", format: ipynb, edition: "teacher" },
  { folder: "teacher/pages", format: html, edition: "teacher" },
  { folder: "teacher/slides", format: slides, edition: "teacher" },
  { folder: "teacher/handouts", format: pdf, edition: "teacher" },
  { folder: "teacher/nbgrader", format: nbgrader, edition: "teacher" },
];

/** The time that every entry bears, so that the same course has the same bytes. */
const entryTime = new Date(2000, 0, 1);

/** The folder that the archive becomes. */
export const courseFolder = "lockdep-lab-course";

/** Returns the format; without the teacher's parts an archive can be given to students as it is. */
function courseFormat(parts: readonly Part[], teacher: boolean): Format {
  return async function* (job) {
    const entries: Zippable = {};
    const add = (folder: string, { path, data }: ExportFile): void => {
      const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
      entries[`${courseFolder}/${folder === "" ? "" : `${folder}/`}${path}`] = bytes;
    };
    const handouts = findChromium() !== undefined;
    if (!handouts) job.progress("WARNING: no Chromium was found, so the course has no handouts");
    for (const { folder, format, edition } of parts) {
      if (format === pdf && !handouts) continue;
      job.progress(folder);
      const quiet: Job = { ...job, edition, progress: () => undefined };
      for await (const file of format(quiet)) add(folder, file);
    }
    for (const file of await labFiles(job.root)) add("lab", file);
    const lab = await labPackage(job.root);
    if (lab === undefined) job.progress("WARNING: npm pack failed, so the course has no package");
    else {
      add("", lab);
      add("", { path: "package.json", data: usesPackage(lab.path, job.sources) });
    }
    const { address } = job;
    const about = {
      handouts,
      teacher,
      lab: lab?.path,
      ...(address === undefined ? {} : { address }),
    };
    add("", { path: "index.html", data: await startPage(job, about) });
    add("", { path: "README.md", data: courseReadme(about) });
    add("", { path: "LICENSE", data: await readFile(join(job.root, "LICENSE")) });
    yield { path: `${courseFolder}.zip`, data: zipSync(entries, { level: 9, mtime: entryTime }) };
  };
}

/** The whole archive, for teachers. */
export const course: Format = courseFormat([...studentParts, ...teacherParts], true);

/** The archive without solutions. */
export const studentCourse: Format = courseFormat(studentParts, false);
