/** Reads what a file on the command line holds. */
import { readFileSync } from "node:fs";
import { FileError } from "./file-error.js";

/** Returns the text of a file. @throws FileError that says why it cannot be read */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new FileError(`cannot read ${file}: ${why}`);
  }
}
