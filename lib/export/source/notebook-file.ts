/** A notebook as its file stores it (nbformat 4.5), with nothing in it that no reader needs. */
import { linesOf } from "../json.js";
import { languageInfo } from "../../notebook/document/language.js";
import type { Cell, Notebook } from "./notebook.js";
import { storedOutput } from "../outputs/stored-output.js";

/** A notebook's file as plain data. */
export interface StoredNotebook {
  readonly cells: readonly unknown[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nbformat: 4;
  readonly nbformat_minor: 5;
}

/** Returns the notebook as its file stores it. */
export function storedNotebook(notebook: Notebook): StoredNotebook {
  return {
    cells: notebook.cells.map(storedCell),
    metadata: {
      kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
      language_info: languageInfo,
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** Returns the notebook without what its cells have printed. */
export function withoutOutputs(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell): Cell =>
    cell.kind === "code" ? { ...cell, outputs: [] } : cell,
  );
  return { ...notebook, cells };
}

function storedCell(cell: Cell): unknown {
  const metadata = {
    ...(cell.slide === "none" ? {} : { slideshow: { slide_type: cell.slide } }),
    ...(cell.nbgrader === undefined ? {} : { nbgrader: cell.nbgrader }),
    ...(cell.folded ? { jupyter: { source_hidden: true } } : {}),
    ...(cell.tags.length === 0 ? {} : { tags: cell.tags }),
  };
  const common = { id: cell.id, metadata, source: linesOf(cell.source) };
  switch (cell.kind) {
    case "markdown":
      return { cell_type: "markdown", ...common, ...attachments(cell.attachments) };
    case "code":
      return {
        cell_type: "code",
        execution_count: null,
        ...common,
        outputs: cell.outputs.map(storedOutput),
      };
  }
}

function attachments(uris: Readonly<Record<string, string>>): object {
  const entries = Object.entries(uris).flatMap(([file, uri]) => {
    const [, mime, data] = /^data:([^;]+);base64,(.*)$/.exec(uri) ?? [];
    return mime === undefined ? [] : [[file, { [mime]: data }] as const];
  });
  return entries.length === 0 ? {} : { attachments: Object.fromEntries(entries) };
}
