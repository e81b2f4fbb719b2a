/** Exports notebooks: read, cut, turn into files, put them in place. */
import { basename, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { createBundles, type Bundles } from "./bundle.js";
import type { Edition } from "./source/edition.js";
import { readImages, type Format, type Job, type Source } from "./format.js";
import { html } from "./formats/html.js";
import { live } from "./formats/live.js";
import { book } from "./formats/book.js";
import { course, studentCourse } from "./formats/course.js";
import { ipynb } from "./formats/ipynb.js";
import { md } from "./formats/md.js";
import { nbgrader } from "./formats/nbgrader.js";
import { pdf } from "./formats/pdf.js";
import { script } from "./formats/ts.js";
import { slides } from "./formats/slides.js";
import type { FormatName } from "./format-names.js";
import { findNotebooks } from "./source/find-notebooks.js";
import { createHighlight } from "./document/highlight.js";
import { createMarkdown } from "./document/markdown.js";
import { nearMisses } from "./source/near-misses.js";
import { readNotebook } from "../notebook/document/notebook-file.js";
import { NotebookError } from "../notebook/document/parse.js";
import { knownIn, type Notebook } from "./source/notebook.js";
import type { Paper } from "./print/paper.js";
import { projectAddress } from "./project-address.js";
import { readTeaching, unknownCells, withNotes } from "./teaching/notes.js";
import { writeFiles, type Written } from "./writing/write.js";

/** Every format by its name. */
export const formats: Readonly<Record<FormatName, Format>> = {
  html,
  live,
  slides,
  pdf,
  md,
  ts: script,
  ipynb,
  book,
  course,
  nbgrader,
};

/** What to export, and where to. */
export interface ExportOptions {
  /** Names (`01-the-splat`) or paths of notebooks; all of the project's when empty. */
  readonly notebooks: readonly string[];
  readonly format: FormatName;
  /** The student's unless told; a course holds all of them unless it is to be one for students. */
  readonly edition?: Edition;
  /** The output folder. */
  readonly out: string;
  /** Of a handout; A4 unless told. */
  readonly paper?: Paper;
  /** Whether a student's handout has the solutions at the back; false if left out. */
  readonly answers?: boolean;
  /** Where readers find the course on the web; where `package.json` says unless told. */
  readonly address?: string;
  readonly progress?: (line: string) => void;
}

/** The folder of the project, from the source as from the build. */
export const projectRoot = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Writes the notebooks in one format and returns the files in place.
 *
 * @throws UnknownNameError for a name that is no notebook's.
 * @throws NotebookError for a file that is none, or one with a cell that
 *   failed when it was last run and was not meant to.
 * @throws WriteError when the output folder cannot be written.
 */
export async function exportNotebooks(options: ExportOptions): Promise<Written[]> {
  if (options.format === "nbgrader" && options.edition === "student") {
    throw new NotebookError(
      "nbgrader makes the students' version itself, from sources with solutions: leave --edition out",
    );
  }
  const job = await createJob(options);
  for (const { notebook, path } of job.sources) refuseFailed(notebook, path);
  for (const { notebook } of job.sources) {
    for (const line of nearMisses(notebook)) job.progress(`WARNING: ${line}`);
  }
  return writeFiles(options.out, formatOf(options)(job), {
    format: options.format,
    edition: editionOf(options),
    isWhole: options.notebooks.length === 0,
  });
}

/** Jupyter's tag for a cell that is to fail is `raises-exception`. */
function refuseFailed({ cells }: Notebook, path: string): void {
  for (const [index, cell] of cells.entries()) {
    if (cell.kind !== "code" || cell.tags.includes("raises-exception")) continue;
    const error = cell.outputs.find((output) => output.kind === "error");
    if (error === undefined) continue;
    throw new NotebookError(
      `cell ${index + 1} of ${path} failed when it was last run: ${error.name}: ${error.value}\n` +
        `Mend it and run the notebook again (\`lab run --update ${path}\`), or tag the cell raises-exception.`,
    );
  }
}

/** A course holds both editions unless it is for students: it is the teacher's. */
function editionOf({ format, edition }: ExportOptions): Edition {
  return edition ?? (format === "course" || format === "nbgrader" ? "teacher" : "student");
}

function formatOf({ format, edition }: ExportOptions): Format {
  return format === "course" && edition === "student" ? studentCourse : formats[format];
}

/** Returns the job that any format can do; bundles may be shared between jobs. */
export async function createJob(
  options: Pick<
    ExportOptions,
    "notebooks" | "edition" | "paper" | "answers" | "address" | "progress"
  >,
  bundles: Bundles = createBundles(),
): Promise<Job> {
  const folder = join(projectRoot, "notebooks");
  const paths = findNotebooks(options.notebooks, folder);
  if (paths.length === 0) throw new NotebookError(`there is no notebook in ${folder}`);
  const sources: Source[] = [];
  for (const path of paths) {
    const notebook = knownIn(readNotebook(path), basename(path, ".ipynb"));
    const images = await readImages(notebook, path);
    const teaching = await readTeaching(path);
    if (teaching === undefined) {
      sources.push({ notebook, path, images });
      continue;
    }
    for (const cell of unknownCells(notebook, teaching)) {
      options.progress?.(
        `WARNING: ${notebook.name}: a note is for the cell "${cell}", which is gone`,
      );
    }
    sources.push({ notebook: withNotes(notebook, teaching), path, images, teaching });
  }
  const highlight = await createHighlight();
  const address = options.address ?? (await projectAddress(projectRoot));
  return {
    sources,
    ...(address === undefined ? {} : { address }),
    edition: options.edition ?? "student",
    handout: {
      paper: options.paper ?? "a4",
      answers: options.answers ?? false,
      date: today(),
    },
    renderers: { highlight, markdown: createMarkdown(highlight) },
    bundles,
    root: projectRoot,
    progress: options.progress ?? (() => undefined),
  };
}

/** The day, or the one that the builder of a package wants: https://reproducible-builds.org/specs/source-date-epoch/ */
function today(): Date {
  const seconds = Number(process.env["SOURCE_DATE_EPOCH"]);
  return Number.isFinite(seconds) && seconds > 0 ? new Date(seconds * 1000) : new Date();
}
