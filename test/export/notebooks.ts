/** Small notebooks for tests, as a notebook file stores them. */

/** A cell in the shape of nbformat. */
export type StoredCell = Readonly<Record<string, unknown>>;

/** Returns a Markdown cell. */
export function prose(source: string, metadata: object = {}): StoredCell {
  return { cell_type: "markdown", metadata, source };
}

/** Returns a code cell with stored outputs. */
export function code(
  source: string,
  outputs: readonly object[] = [],
  metadata: object = {},
): StoredCell {
  return { cell_type: "code", execution_count: null, metadata, outputs, source };
}

/** Returns a stream output. */
export function stdout(text: string): object {
  return { output_type: "stream", name: "stdout", text };
}

/** Returns a display output. */
export function display(data: Readonly<Record<string, unknown>>): object {
  return { output_type: "display_data", data, metadata: {} };
}

/** Returns the text of a notebook file. */
export function notebookText(cells: readonly StoredCell[], metadata: object = {}): string {
  const stored = cells.map((cell, index) => ({ id: `c${index + 1}`, ...cell }));
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: stored });
}
