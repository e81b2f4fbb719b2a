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
    throw new NotebookError(
      `cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
  return parseNotebook(text, basename(path).replace(/\.ipynb$/, ""));
}
