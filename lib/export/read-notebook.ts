/** Reads a notebook from its file. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { NotebookError, parseNotebook, type Notebook } from "./notebook.js";

/**
 * Returns the notebook stored in a file.
 *
 * @throws NotebookError when the file is missing, is not JSON or is not an nbformat 4 notebook.
 */
export async function readNotebook(path: string): Promise<Notebook> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const why = code === "ENOENT" ? "there is no such file" : String(cause);
    throw new NotebookError(`cannot read ${path}: ${why}`, { cause });
  }
  return parseNotebook(text, basename(path).replace(/\.ipynb$/, ""));
}
