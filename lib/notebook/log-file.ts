/** Where a notebook's cell gets a kernel log from: a paste that is small enough, or a file. */

/** Lines of a paste at most: an editor becomes slow with more, and a cell is kept in the notebook. */
const mostLines = 3000;

/**
 * Returns a pasted text as it is, if it is small enough for a cell.
 *
 * @param text up to 3,000 lines
 * @throws RangeError for more, with what to do instead
 * @example
 * pastedLog("WARNING: possible recursive locking detected\n").length // 45
 */
export function pastedLog(text: string): string {
  const lines = text.split("\n").length;
  if (lines <= mostLines) return text;
  throw new RangeError(
    `${String(lines)} lines are too many for a cell, which keeps them in the notebook and makes the editor slow: ` +
      'save them as a file and write logFile("dmesg.txt") in the place of the paste, or run `npx lab splat FILE`',
  );
}

/**
 * Returns the text of a log, whatever is in it: a paste between backquotes breaks where the log has a
 * backquote or `${`.
 *
 * @param path of a file, seen from the notebook's folder
 * @throws Error where it cannot be read, or in a page, which has no files of its own
 */
export function logFile(path: string): string {
  const node: unknown = Reflect.get(globalThis, "process");
  if (typeof node !== "object" || node === null) {
    throw new Error(
      `${path}: a page cannot read files by their names; drop the file into a cell between two backquotes`,
    );
  }
  const { readFileSync } = process.getBuiltinModule("node:fs");
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${path}: cannot be read (${why}); name a text file, seen from this folder`, {
      cause: error,
    });
  }
}
