/** What every format is: a function from notebooks to files, none of which it writes itself. */
import { readFile } from "node:fs/promises";
import { dirname, extname, resolve, sep } from "node:path";
import type { Bundles } from "./bundle.js";
import { buildDocument, type Document, type Renderers } from "./document/document.js";
import { fileStem, toRead, type Edition } from "./source/edition.js";
import type { Notebook } from "./source/notebook.js";
import type { Paper } from "./print/paper.js";
import type { Teaching } from "./teaching/notes.js";

/** A notebook with the file it came from. */
export interface Source {
  readonly notebook: Notebook;
  readonly path: string;
  /** Images beside the notebook that its prose shows: what it calls them, and their data URIs. */
  readonly images: ReadonlyMap<string, string>;
  /** What a teacher is told about it, where there is a file of notes. */
  readonly teaching?: Teaching;
}

/** What only printed handouts are asked about. */
export interface HandoutOptions {
  readonly paper: Paper;
  /** A student's handout has the solutions on its last pages. */
  readonly answers: boolean;
  /** The day that stands on them. */
  readonly date: Date;
}

/** What a format has to work with. */
export interface Job {
  readonly sources: readonly Source[];
  readonly edition: Edition;
  readonly handout: HandoutOptions;
  readonly renderers: Renderers;
  readonly bundles: Bundles;
  /** The folder of the project, with its `package.json`. */
  readonly root: string;
  /** Where the project, or the course made of it, is to be found on the web. */
  readonly address?: string;
  /** Tells a reader what is being done. */
  readonly progress: (line: string) => void;
}

/** A finished file; `path` is relative to the output folder. */
export interface ExportFile {
  readonly path: string;
  readonly data: string | Uint8Array;
}

/** Makes the files of one format, one after the other. */
export type Format = (job: Job) => AsyncIterable<ExportFile>;

/** Returns the format that makes each notebook's files from that notebook alone. */
export function eachNotebook(
  make: (source: Source, job: Job) => Promise<readonly ExportFile[]>,
): Format {
  return async function* (job) {
    for (const source of job.sources) {
      job.progress(source.notebook.name);
      yield* await make(source, job);
    }
  };
}

/** Returns the source for pages and paper, whose cells do not run. */
export function readOnly(source: Source, edition: Edition): Source {
  return { ...source, notebook: toRead(source.notebook, edition) };
}

/**
 * Returns the document of one notebook of a job.
 *
 * @param extension that of the files of other notebooks, undefined where these cannot be linked to.
 */
export function documentOf(source: Source, job: Job, extension: string | undefined): Document {
  return linkedDocument(source, job, (name) =>
    extension === undefined ? undefined : fileStem(name, job.edition) + extension,
  );
}

/** Returns the document of one notebook, with the address of each other notebook's file. */
export function linkedDocument(
  source: Source,
  job: Job,
  page: (notebook: string) => string | undefined,
): Document {
  return buildDocument(source.notebook, job.edition, job.renderers, {
    page,
    image: (src) => source.images.get(src),
  });
}

const imageTypes: Readonly<Record<string, string>> = {
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
};

/** Returns the images that the notebook's prose names by relative paths inside its own folder. */
export async function readImages(
  notebook: Notebook,
  path: string,
): Promise<ReadonlyMap<string, string>> {
  const folder = dirname(resolve(path));
  const found = new Map<string, string>();
  for (const cell of notebook.cells) {
    if (cell.kind !== "markdown") continue;
    for (const match of cell.source.matchAll(/!\[[^\]]*\]\(\s*<?([^)\s>]+)/g)) {
      const src = match[1] ?? "";
      const file = resolve(folder, safeDecode(src));
      const type = imageTypes[extname(file).toLowerCase()];
      if (type === undefined || /^[a-z]+:/i.test(src) || !file.startsWith(folder + sep)) continue;
      const data = await readFile(file).catch(() => undefined);
      if (data !== undefined) found.set(src, `data:${type};base64,${data.toString("base64")}`);
    }
  }
  return found;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
