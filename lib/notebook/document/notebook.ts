/** Notebook files: read, changed and written as the nbformat says, in a form that suits git. */
import { isRecord } from "../../primitives/record.js";
import { readFileSync, writeFileSync } from "node:fs";
import { textIn, type Fields } from "../jupyter/message.js";

/** One cell; `rest` keeps whatever else the file says of it. */
export interface Cell {
  readonly kind: "code" | "markdown" | "raw";
  readonly id: string;
  readonly source: string;
  readonly metadata: Fields;
  readonly outputs: readonly Fields[];
}

/** A notebook; its cells in reading order. */
export interface Notebook {
  readonly metadata: Fields;
  readonly cells: readonly Cell[];
}

/**
 * Reads a notebook file.
 *
 * @throws Error when the file is missing or no notebook of format 4
 */
export function readNotebook(file: string): Notebook {
  const value: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isRecord(value) || value["nbformat"] !== 4 || !Array.isArray(value["cells"])) {
    throw new Error(`${file} is no notebook of format 4`);
  }
  const cells: readonly unknown[] = value["cells"];
  const metadata = isRecord(value["metadata"]) ? value["metadata"] : {};
  return { metadata, cells: cells.filter(isRecord).map(cellFrom) };
}

function cellFrom(fields: Fields, index: number): Cell {
  const type = textIn(fields, "cell_type");
  const outputs = fields["outputs"];
  return {
    kind: type === "code" || type === "markdown" ? type : "raw",
    id: textIn(fields, "id") || `cell-${index + 1}`,
    source: joined(fields["source"]),
    metadata: isRecord(fields["metadata"]) ? fields["metadata"] : {},
    outputs: Array.isArray(outputs) ? outputs.filter(isRecord) : [],
  };
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

/** Writes a notebook file. */
export function writeNotebook(file: string, notebook: Notebook): void {
  writeFileSync(file, formatNotebook(notebook));
}
