/** Notebooks as their files have them, and the text of a file as the nbformat says, in a form that suits git. */
import type { Fields } from "../jupyter/message.js";

/** One cell. */
export interface Cell {
  readonly kind: "code" | "markdown" | "raw";
  /** Unique in its notebook, fit for an HTML id. */
  readonly id: string;
  readonly source: string;
  readonly metadata: Fields;
  readonly outputs: readonly Fields[];
  /** Images of prose, by their names. */
  readonly attachments?: Fields;
}

/** A notebook; its cells in reading order. */
export interface Notebook {
  readonly metadata: Fields;
  readonly cells: readonly Cell[];
}

/** Whether a cell has a tag, such as `long` or `solution`. */
export function isTagged({ metadata }: Cell, tag: string): boolean {
  const { tags } = metadata;
  return Array.isArray(tags) && tags.includes(tag);
}

/** The format stores text as a string or as a list of lines. */
export function joined(text: unknown): string {
  if (typeof text === "string") return text;
  return Array.isArray(text) ? text.filter((part) => typeof part === "string").join("") : "";
}

function lines(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

/** Returns the file's text: sources by line, no execution counts, keys in nbformat's order. */
export function formatNotebook({ cells, metadata }: Notebook): string {
  const value = {
    cells: cells.map((cell) => ({
      ...(cell.attachments === undefined ? {} : { attachments: cell.attachments }),
      cell_type: cell.kind,
      ...(cell.kind === "code" ? { execution_count: null } : {}),
      id: cell.id,
      metadata: cell.metadata,
      ...(cell.kind === "code" ? { outputs: cell.outputs } : {}),
      source: lines(cell.source),
    })),
    metadata,
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(value, null, 1)}\n`;
}
