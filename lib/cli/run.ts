/** `lab run [NOTEBOOK...]`: runs notebooks headless, each in a fresh kernel. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runNotebook, type Failure } from "../notebook/client/run-notebook.js";
import { formatNotebook, readNotebook, writeNotebook } from "../notebook/document/notebook.js";
import type { Register } from "./main.js";

const folder = fileURLToPath(new URL("../../notebooks", import.meta.url));

/** Returns the project's notebooks in reading order. */
export function allNotebooks(): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
  return names.sort().map((name) => join(folder, name));
}

/** Registers `lab run`. */
export const registerRun: Register = (program) => {
  program
    .command("run")
    .description("run notebooks headless, each in a fresh kernel")
    .argument("[notebooks...]", "notebook files; all of the lab's when none is named")
    .option("--update", "write the outputs into the files")
    .option("--timeout <seconds>", "how long one cell may take", Number, 120)
    .action(async (named: string[], options: { update?: true; timeout: number }) => {
      const files = named.length > 0 ? named.map(place) : allNotebooks();
      let failed = 0;
      for (const file of files) {
        if (!(await runOne(file, options.update === true, options.timeout * 1000))) failed += 1;
      }
      const sum = `${files.length - failed} of ${files.length} notebooks ran`;
      process.stdout.write(`${sum}${failed > 0 ? `, ${failed} failed` : ""}\n`);
      if (failed > 0) process.exitCode = 1;
    });
};

/** A notebook may be named by its file, or as in the lab's folder: `01-the-splat`. */
function place(name: string): string {
  const inside = join(folder, name.endsWith(".ipynb") ? name : `${name}.ipynb`);
  return existsSync(name) || !existsSync(inside) ? name : inside;
}

async function runOne(file: string, update: boolean, cellTimeout: number): Promise<boolean> {
  const name = basename(file, ".ipynb");
  const live = process.stderr.isTTY;
  const say = (text: string): void => {
    process.stderr.write(live ? `\r\x1b[K${text}` : "");
  };
  try {
    const before = readNotebook(file);
    const { notebook, failure, milliseconds } = await runNotebook(file, before, {
      cellTimeout,
      onCell: (index, of) => {
        say(`${name}: cell ${index} of ${of}`);
      },
    });
    say("");
    const seconds = `${(milliseconds / 1000).toFixed(1)} s`;
    if (failure !== null) {
      process.stdout.write(`${name}: FAILED after ${seconds}\n${describe(failure)}\n`);
      return false;
    }
    const changed = update && formatNotebook(notebook) !== readFileSync(file, "utf8");
    if (changed) writeNotebook(file, notebook);
    const count = notebook.cells.filter(({ kind }) => kind === "code").length;
    process.stdout.write(`${name}: ${count} cells, ${seconds}${changed ? ", updated" : ""}\n`);
    return true;
  } catch (error) {
    say("");
    process.stdout.write(
      `${name}: FAILED\n  ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return false;
  }
}

function describe({ cell, id, source, text }: Failure): string {
  const indented = (lines: string, mark: string): string => lines.replace(/^/gm, `  ${mark}`);
  return `  cell ${cell} (${id}):\n${indented(source, "> ")}\n${indented(text, "")}`;
}
