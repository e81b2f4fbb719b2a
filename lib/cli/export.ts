/** `lab export`: notebooks as teaching material. */
import { join } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import { editions } from "../export/source/edition.js";
import { formatNames } from "../export/format-names.js";
import { paperNames } from "../export/print/paper.js";
import { UnknownNameError } from "../primitives/named.js";

interface Options {
  readonly to: string;
  readonly edition?: string;
  readonly out: string;
  readonly paper: string;
  readonly answers?: boolean;
  readonly address?: string;
}

/** Adds `lab export` to the program. */
export function registerExport(program: Command): void {
  program
    .command("export")
    .description("write notebooks as pages, slides, handouts, scripts, a site or a course")
    .argument("[notebook...]", "names or paths of notebooks; all when none is named")
    .option("--to <format>", `one of ${formatNames.join(", ")}`, "html")
    .option(
      "--edition <edition>",
      "student (no solutions; the default) or teacher (solutions marked, and in the files' names); " +
        "a course holds student and teacher editions unless it is to be student",
    )
    .addOption(
      new Option("--out <folder>", "where to write").default("exported").argParser(someFolder),
    )
    .option("--paper <size>", `of a pdf: ${paperNames.join(" or ")}`, "a4")
    .option("--answers", "a student's pdf with the solutions at the back (NAME.answers.pdf)")
    .addOption(
      new Option(
        "--address <url>",
        "where readers find the course on the web: on start pages, first slides and handouts",
      ).argParser(webAddress),
    )
    .action(async (notebooks: readonly string[], options: Options) => {
      const started = performance.now();
      const format = oneOf("format", options.to, formatNames);
      const edition =
        options.edition === undefined
          ? {}
          : { edition: oneOf("edition", options.edition, editions) };
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
          format,
          ...edition,
          out: options.out,
          paper: oneOf("paper size", options.paper, paperNames),
          answers: options.answers === true,
          ...(options.address === undefined ? {} : { address: options.address }),
          progress: (line) => process.stderr.write(`${format}: ${line}\n`),
        });
        for (const { path, bytes } of written) {
          process.stdout.write(`${join(options.out, path)}\t${size(bytes)}\n`);
        }
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        process.stderr.write(`${written.length} files in ${seconds} s\n`);
      } catch (error) {
        if (!(error instanceof Error) || error instanceof UnknownNameError) throw error;
        process.stderr.write(`lab export: ${error.message}\nNothing was written.\n`);
        process.exitCode = 1;
      }
    });
}

function webAddress(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError("This is not a web address: one begins with https://.");
}

function someFolder(text: string): string {
  if (text.trim() !== "") return text;
  throw new InvalidArgumentError("It names no folder; . is the current one.");
}

/** Returns the name that is one of these. @throws UnknownNameError naming the nearest */
function oneOf<Name extends string>(what: string, given: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === given);
  if (found !== undefined) return found;
  throw new UnknownNameError(what, given, names);
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;
}
