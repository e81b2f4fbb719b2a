import { readNotebook } from "../../../lib/notebook/document/notebook-file.js";
import { notebookFile } from "../files.js";

/** Returns the text in a template that a cell of a notebook gives a name to. */
export function textInCell(notebook: string, name: string): string {
  const { cells } = readNotebook(notebookFile(notebook));
  const start = `const ${name} = c\``;
  const cell = cells.find(({ source }) => source.includes(start));
  const [, text] = cell?.source.split(start)[1]?.match(/^([^`]*)`/) ?? [];
  if (text === undefined) throw new Error(`no cell of ${notebook} has a C text ${name}`);
  return text;
}
