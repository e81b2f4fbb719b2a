/** The texts that `lab splat` reads: files, folders with all that is in them, standard input. */
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";

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
        const bytes = file === "-" ? await buffer(process.stdin) : readFileSync(file);
        yield { file, text: textOf(bytes) };
      } catch (error) {
        cannot(file, error);
      }
    }
  }
}

/** Returns bytes as text: UTF-8, or UTF-16 where its mark or its zeros say so, as PowerShell writes what it is given. */
function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const begin = bytes.subarray(0, 512);
  if ((first === 0xff && second === 0xfe) || everyOtherIsZero(begin, 1))
    return new TextDecoder("utf-16le").decode(bytes);
  if ((first === 0xfe && second === 0xff) || everyOtherIsZero(begin, 0))
    return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder().decode(bytes);
}

/** English as UTF-16 without a mark: the high byte of every character is zero, and no low one is. */
const everyOtherIsZero = (bytes: Uint8Array, high: 0 | 1): boolean =>
  bytes.length >= 8 && bytes.every((byte, at) => (byte === 0) === (at % 2 === high));

/** The files of a folder, those of its folders too, by name; hidden ones are left out. */
function filesIn(name: string): readonly string[] {
  if (name === "-" || !(statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false)) {
    return [name];
  }
  try {
    const entries = readdirSync(name, { withFileTypes: true })
      .filter((entry) => !entry.name.startsWith(".") && (entry.isFile() || entry.isDirectory()))
      .map((entry) => join(name, entry.name))
      .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
    if (entries.length === 0) {
      process.stderr.write(`${name}: the folder is empty (hidden files are left out)\n`);
    }
    return entries.flatMap(filesIn);
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
