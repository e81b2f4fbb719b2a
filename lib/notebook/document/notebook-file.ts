/** Notebooks on the disk. */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import process from "node:process";
import { formatNotebook, type Notebook } from "./notebook.js";
import { NotebookError, parseNotebook } from "./parse.js";

/**
 * Reads a notebook file.
 *
 * @throws NotebookError when the file is missing, is not JSON or is not an nbformat 4 notebook
 */
export function readNotebook(file: string): Notebook {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const why = code === "ENOENT" ? "there is no such file" : String(cause);
    throw new NotebookError(`cannot read ${file}: ${why}`, { cause });
  }
  return parseNotebook(text, basename(file).replace(/\.ipynb$/, ""));
}

/** Writes a notebook file, whole or not at all. */
export function writeNotebook(file: string, notebook: Notebook): void {
  const beside = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, formatNotebook(notebook));
    renameSync(beside, file);
  } finally {
    rmSync(beside, { force: true });
  }
}
