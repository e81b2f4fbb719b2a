/** Reads the text of a notebook file (nbformat 4): the one reader, for running and for exporting them. */
import { createHash } from "node:crypto";
import { isRecord } from "../../primitives/record.js";
import type { Fields } from "../jupyter/message.js";
import { joined, type Cell, type Notebook } from "./notebook.js";

/** A notebook that could not be read: what, where and what to do, in its message. */
export class NotebookError extends Error {
  override readonly name = "NotebookError";
}

/**
 * Returns the notebook that the text holds; its lines end as they do on Unix.
 *
 * @param name how messages call it
 * @throws NotebookError when the text is not an nbformat 4 notebook
 */
export function parseNotebook(text: string, name: string): Notebook {
  let data: unknown;
  try {
    // A byte order mark, as some editors write it, is no part of JSON.
    data = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NotebookError(`${name} is not JSON (${why}): is it a notebook, saved whole?`);
  }
  if (!isRecord(data) || data["nbformat"] !== 4 || !Array.isArray(data["cells"])) {
    throw new NotebookError(
      `${name} is not an nbformat 4 notebook: open it in JupyterLab and save it again`,
    );
  }
  const cells: readonly unknown[] = data["cells"];
  const ids = new Set<string>();
  return {
    metadata: fields(data["metadata"]),
    cells: cells.map((cell, index) => cellOf(cell, `${name}: cell ${index + 1}`, ids)),
  };
}

const kinds = ["code", "markdown", "raw"] as const;

function cellOf(stored: unknown, place: string, ids: Set<string>): Cell {
  const { cell_type: type, source: text, ...cell } = fields(stored);
  if (typeof type !== "string" || !isText(text)) {
    throw new NotebookError(`${place} has no source or no cell_type`);
  }
  const kind = kinds.find((one) => one === type);
  if (kind === undefined) throw new NotebookError(`${place} has the unknown type "${type}"`);
  const source = joined(text).replace(/\r\n?/g, "\n");
  const { outputs, attachments } = cell;
  return {
    kind,
    id: freeId(storedId(cell["id"]) ?? idOfText(source), ids),
    source,
    metadata: fields(cell["metadata"]),
    outputs: Array.isArray(outputs) ? outputs.filter(isRecord) : [],
    ...(isRecord(attachments) ? { attachments } : {}),
  };
}

const fields = (value: unknown): Fields => (isRecord(value) ? value : {});

function isText(value: unknown): boolean {
  if (typeof value === "string") return true;
  return Array.isArray(value) && value.every((line) => typeof line === "string");
}

function storedId(stored: unknown): string | undefined {
  return typeof stored === "string" && /^[\w-]{1,64}$/.test(stored) ? stored : undefined;
}

/** A cell without an id has one of its text: a cell that is inserted elsewhere does not change it. */
function idOfText(source: string): string {
  return createHash("sha256").update(source).digest("hex").slice(0, 12);
}

/** Returns the id, with a number behind it where it is taken, and takes it. */
export function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`;
  taken.add(id);
  return id;
}
