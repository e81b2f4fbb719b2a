/** `ipynb`: the notebook itself, cut to the edition, with nothing in it that no reader needs. */
import { languageInfo } from "../../notebook/document/language.js";
import { cutEdition } from "../edition.js";
import { eachNotebook } from "../format.js";
import type { Cell, Notebook, Output } from "../notebook.js";

/** Returns the text of the notebook's file. */
export function notebookFile(notebook: Notebook): string {
  const file = {
    cells: notebook.cells.map(storedCell),
    metadata: {
      kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
      language_info: languageInfo,
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

function storedCell(cell: Cell): unknown {
  const metadata = {
    ...(cell.slide === "none" ? {} : { slideshow: { slide_type: cell.slide } }),
    ...(cell.tags.length === 0 ? {} : { tags: cell.tags }),
  };
  const common = { id: cell.id, metadata, source: lines(cell.source) };
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

function storedOutput(output: Output): unknown {
  switch (output.kind) {
    case "stream":
      return { name: output.name, output_type: "stream", text: lines(output.text) };
    case "display":
      return { data: output.bundle, metadata: {}, output_type: "display_data" };
    case "error":
      return {
        ename: output.name,
        evalue: output.value,
        output_type: "error",
        traceback: output.traceback.split("\n"),
      };
  }
}

/** Text as nbformat keeps it: lines with their ends, so that a difference shows line by line. */
function lines(text: string): string[] {
  return text === "" ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
}

/** The format. */
export const ipynb = eachNotebook(({ notebook }, { edition }) =>
  Promise.resolve([
    { path: `${notebook.name}.ipynb`, data: notebookFile(cutEdition(notebook, edition)) },
  ]),
);
