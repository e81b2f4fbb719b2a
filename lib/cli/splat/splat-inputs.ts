/** The texts that `lab splat` reads: files, folders with all that is in them, standard input. */
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** A text and where it is from; `-` is standard input. */
export interface Input {
  readonly file: string;
  readonly text: string;
}

/** Yields every text; what cannot be read is said on standard error, and the exit status is 1. */
export async function* inputsOf(names: readonly string[]): AsyncGenerator<Input> {
  for (const name of names.length === 0 ? ["-"] : names) {
    for (const file of filesIn(name)) {
      try {
        yield { file, text: file === "-" ? await text(process.stdin) : readFileSync(file, "utf8") };
      } catch (error) {
        cannot(file, error);
      }
    }
  }
}

/** The files of a folder, those of its folders too, by name; hidden ones are left out. */
function filesIn(name: string): readonly string[] {
  if (name === "-" || !(statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false)) {
    return [name];
  }
  try {
    return readdirSync(name, { withFileTypes: true })
      .filter((entry) => !entry.name.startsWith(".") && (entry.isFile() || entry.isDirectory()))
      .map((entry) => join(name, entry.name))
      .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
      .flatMap(filesIn);
  } catch (error) {
    cannot(name, error);
    return [];
  }
}

function cannot(name: string, error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${name}: cannot be read (${why}); name a text file, or - for input\n`);
  process.exitCode = 1;
}
