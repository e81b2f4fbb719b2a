/** Jobs and documents over fixture notebooks, for tests. */
import { createBundles, type Bundles } from "../../lib/export/bundle.js";
import type { Edition } from "../../lib/export/source/edition.js";
import { projectRoot } from "../../lib/export/export.js";
import type { ExportFile, Format, Job } from "../../lib/export/format.js";
import { createHighlight } from "../../lib/export/document/highlight.js";
import { createMarkdown } from "../../lib/export/document/markdown.js";
import { parseNotebook } from "../../lib/export/source/notebook.js";

/** What is in no notebook is made once for all jobs of a test file: that takes longer than most of them. */
const shared = createBundles();
const highlighted = createHighlight();

/** Returns a job over notebooks given as name and text. */
export async function fixtureJob(
  notebooks: Readonly<Record<string, string>>,
  edition: Edition = "student",
  bundles: Bundles = shared,
): Promise<Job> {
  const highlight = await highlighted;
  return {
    sources: Object.entries(notebooks).map(([name, text]) => ({
      notebook: parseNotebook(text, name),
      path: `${name}.ipynb`,
      images: new Map(),
    })),
    edition,
    handout: { paper: "a4", answers: false, date: new Date("2026-03-01") },
    renderers: { highlight, markdown: createMarkdown(highlight) },
    bundles,
    root: projectRoot,
    progress: () => undefined,
  };
}

/** Returns the files that the format makes. */
export async function filesOf(format: Format, job: Job): Promise<ExportFile[]> {
  const files: ExportFile[] = [];
  for await (const file of format(job)) files.push(file);
  return files;
}

/** Returns the one file, as text. */
export function textOf(files: readonly ExportFile[], path: string): string {
  const data = files.find((file) => file.path === path)?.data;
  if (data === undefined)
    throw new Error(`no file ${path} among ${files.map((f) => f.path).join()}`);
  return typeof data === "string" ? data : Buffer.from(data).toString("utf8");
}
