/** `lab export`: notebooks as teaching material. */
import { join } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import { editions, type Edition } from "../export/edition.js";
import { formatNames, type FormatName } from "../export/format-names.js";
import { nearest } from "../export/nearest.js";

interface Options {
  readonly to: FormatName;
  readonly edition?: Edition;
  readonly out: string;
}

/** Adds `lab export` to the program. */
export function registerExport(program: Command): void {
  program
    .command("export")
    .description("write notebooks as pages, slides, handouts, scripts, a site or a course")
    .argument("[notebook...]", "names or paths of notebooks; all when none is named")
    .addOption(
      new Option("--to <format>", `one of ${formatNames.join(", ")}`)
        .default("html")
        .argParser(oneOf("format", formatNames)),
    )
    .addOption(
      new Option(
        "--edition <edition>",
        "student (no solutions; the default), teacher (solutions marked) or full; " +
          "a course holds student and teacher editions unless it is to be student",
      ).argParser(oneOf("edition", editions)),
    )
    .addOption(
      new Option("--out <folder>", "where to write").default("exported").argParser(someFolder),
    )
    .action(async (notebooks: readonly string[], options: Options) => {
      const started = performance.now();
      // Ctrl-C ends the process by its own exit, which takes half of an export away with it.
      const stop = (): void => {
        process.stderr.write("lab export: stopped. Nothing was written.\n");
        process.exit(130);
      };
      process.once("SIGINT", stop).once("SIGTERM", stop);
      try {
        // Loaded only now: the compilers behind the formats would slow every other command.
        const { exportNotebooks } = await import("../export/index.js");
        const written = await exportNotebooks({
          notebooks,
          format: options.to,
          ...(options.edition === undefined ? {} : { edition: options.edition }),
          out: options.out,
          progress: (line) => process.stderr.write(`${options.to}: ${line}\n`),
        });
        for (const { path, bytes } of written) {
          process.stdout.write(`${join(options.out, path)}\t${size(bytes)}\n`);
        }
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        process.stderr.write(`${written.length} files in ${seconds} s\n`);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        process.stderr.write(`lab export: ${error.message}\nNothing was written.\n`);
        process.exitCode = 1;
      }
    });
}

function someFolder(text: string): string {
  if (text.trim() !== "") return text;
  throw new InvalidArgumentError("It names no folder; . is the one you are in.");
}

function oneOf<Name extends string>(what: string, names: readonly Name[]): (text: string) => Name {
  return (text) => {
    const found = names.find((name) => name === text);
    if (found !== undefined) return found;
    throw new InvalidArgumentError(
      `No such ${what}: did you mean ${nearest(text, names).join(" or ")}?`,
    );
  };
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;
}
