/** `lab run [NOTEBOOK...]`: runs notebooks headless, each in a fresh kernel. */
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { findNotebooks } from "../export/source/find-notebooks.js";
import { runNotebook, type Failure, type NotebookRun } from "../notebook/client/run-notebook.js";
import { readNotebook, writeNotebook } from "../notebook/document/notebook-file.js";
import { formatNotebook, isTagged } from "../notebook/document/notebook.js";
import { countOption } from "./frame/options.js";
import type { Register } from "./frame/program.js";
import { liveLine } from "./frame/live-line.js";

const folder = fileURLToPath(new URL("../../notebooks", import.meta.url));

interface Options {
  readonly update?: true;
  /** How long one cell may take, in seconds. */
  readonly timeout: number;
  /** How many notebooks run at once. */
  readonly jobs: number;
  readonly cells?: true;
}

/** What is said of a notebook that ran. */
interface Outcome {
  readonly well: boolean;
  readonly text: string;
}

/** Registers `lab run`. */
export const registerRun: Register = (program) => {
  program
    .command("run")
    .description("run notebooks headless, each in a fresh kernel")
    .argument("[notebooks...]", "names, numbers or paths of notebooks; all when none is named")
    .option("--update", "write the outputs into the files")
    .option("--timeout <seconds>", "how long one cell may take", countOption(1, 86_400), 600)
    .option("--jobs <count>", "how many run at once", countOption(1, 1024), availableParallelism())
    .option("--cells", "print the time of every cell")
    .action(async (names: string[], options: Options) => {
      const began = performance.now();
      endOnSignals();
      const files = findNotebooks(names, folder);
      const progress = new Progress();
      const works = files.map((file) => ({
        rank: longCells(file),
        work: () => runOne(file, options, progress),
      }));
      let failed = 0;
      for (const outcome of atMost(options.jobs, works)) {
        const { well, text } = await outcome;
        progress.clear();
        process.stdout.write(`${text}\n`);
        if (!well) failed += 1;
      }
      const sum = `${files.length - failed} of ${files.length} notebooks ran`;
      const rest = failed > 0 ? `, ${failed} failed` : "";
      process.stdout.write(`${sum}${rest}, ${seconds(performance.now() - began)} in all\n`);
      if (failed > 0) process.exitCode = 1;
    });
};

/** By what a terminal, a shell or a supervisor ends a process, with the numbers that its status is told by. */
const ending = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** A process that ends by its own exit takes its kernels along: none of them ends on Ctrl-C, which stops a cell there. */
function endOnSignals(): void {
  for (const [signal, number] of Object.entries(ending)) {
    process.once(signal, () => {
      process.stderr.write("\nlab run: stopped, with its kernels.\n");
      process.exit(128 + number);
    });
  }
}

interface Work<T> {
  readonly rank: number;
  readonly work: () => Promise<T>;
}

/** Starts the works, those of the highest rank first, so many at a time; each result can be awaited by itself. */
function atMost<T>(count: number, works: readonly Work<T>[]): readonly Promise<T>[] {
  const waiting: (() => void)[] = [];
  let free = Math.max(1, Math.floor(count) || 1);
  const start = async (work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
  const started = works
    .map((of, at) => ({ ...of, at }))
    .toSorted((a, b) => b.rank - a.rank)
    .map(({ work, at }) => ({ at, result: start(work) }));
  return started.toSorted((a, b) => a.at - b.at).map(({ result }) => result);
}

/** Returns how many cells of a notebook say that they take long: the last to end should not be the last to start. */
function longCells(file: string): number {
  try {
    return readNotebook(file).cells.filter((cell) => isTagged(cell, "long")).length;
  } catch {
    return 0; // What is wrong with it is said when its turn comes.
  }
}

/** One line at the foot of a terminal: where each notebook under way is. */
class Progress {
  readonly #at = new Map<string, string>();
  readonly #line = liveLine();

  say(name: string, where: string): void {
    this.#at.set(name, where);
    this.#draw();
  }

  done(name: string): void {
    this.#at.delete(name);
    this.#draw();
  }

  clear(): void {
    this.#line.clear();
  }

  #draw(): void {
    this.#line.show([...this.#at].map(([name, where]) => `${name}: ${where}`).join("; "));
  }
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

async function runOne(file: string, options: Options, progress: Progress): Promise<Outcome> {
  const name = basename(file, ".ipynb");
  try {
    const before = readNotebook(file);
    const run = await runNotebook(file, before, {
      cellTimeout: options.timeout * 1000,
      onCell: (index, of) => {
        progress.say(name, `cell ${index} of ${of}`);
      },
    });
    const { notebook, failure } = run;
    const took = seconds(run.milliseconds);
    if (failure !== null) {
      return { well: false, text: `${name}: FAILED after ${took}\n${describe(failure)}` };
    }
    const changed =
      options.update === true && formatNotebook(notebook) !== readFileSync(file, "utf8");
    if (changed) writeNotebook(file, notebook);
    const count = `${run.cellMilliseconds.length} cells`;
    const text = `${name}: ${count}, ${took}${changed ? ", updated" : ""}`;
    return { well: true, text: [text, ...timesOf(run, options.cells === true)].join("\n") };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { well: false, text: `${name}: FAILED\n  ${text}` };
  } finally {
    progress.done(name);
  }
}

/** What a cell may take in milliseconds unless its tag `long` says that it takes more. */
const usual = 1000;

/** The time of every cell, or of those that take longer than they say. */
function timesOf({ notebook, cellMilliseconds }: NotebookRun, every: boolean): readonly string[] {
  const codeCells = notebook.cells.filter(({ kind }) => kind === "code");
  return codeCells.flatMap((cell, i) => {
    const time = cellMilliseconds[i] ?? 0;
    const slow = time > usual && !isTagged(cell, "long");
    if (!every && !slow) return [];
    const mark = slow ? "  over 1 s and not marked long" : isTagged(cell, "long") ? "  long" : "";
    return [`  ${seconds(time).padStart(7)}  ${cell.id}${mark}`];
  });
}

function describe({ cell, id, source, text }: Failure): string {
  const indented = (lines: string, mark: string): string => lines.replace(/^/gm, `  ${mark}`);
  return `  cell ${cell} (${id}):\n${indented(source, "> ")}\n${indented(text, "")}`;
}
