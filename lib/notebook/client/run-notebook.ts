/** Runs a notebook's cells in a fresh kernel, top to bottom. */
import { dirname } from "node:path";
import { performance } from "node:perf_hooks";
import { textIn, type Fields } from "../jupyter/message.js";
import { isTagged, type Cell, type Notebook } from "../document/notebook.js";
import { storedOutputs } from "../document/outputs.js";
import { labKernel } from "./kernels.js";
import {
  startKernel,
  type Execution,
  type KernelCommand,
  type KernelProcess,
} from "./kernel-process.js";

/** A cell that failed, and did not say that it would (Jupyter's tag `raises-exception`). */
export interface Failure {
  /** The number of the cell, from 1, markdown cells counted. */
  readonly cell: number;
  readonly id: string;
  readonly source: string;
  /** What went wrong, whole. */
  readonly text: string;
}

/** One run of a notebook. */
export interface NotebookRun {
  /** The notebook with the outputs of this run; as it was from the failed cell on. */
  readonly notebook: Notebook;
  readonly failure: Failure | null;
  /** How long it took with the start of the kernel, and per cell, in milliseconds. */
  readonly milliseconds: number;
  readonly cellMilliseconds: readonly number[];
}

/** What a run may be told. */
export interface RunOptions {
  /** The kernel; the lab's own unless said. */
  readonly kernel?: KernelCommand;
  /** How long one cell may take, in milliseconds; two minutes unless said. */
  readonly cellTimeout?: number;
  /** Called before each code cell with its number, from 1, and how many code cells there are. */
  readonly onCell?: (index: number, of: number) => void;
}

/**
 * Runs a notebook.
 *
 * @param file its place: cells resolve their imports from its folder
 * @throws Error when the kernel does not start
 */
export async function runNotebook(
  file: string,
  notebook: Notebook,
  { kernel = labKernel, ...options }: RunOptions = {},
): Promise<NotebookRun> {
  const began = performance.now();
  const process = await startKernel(kernel, dirname(file));
  const run = await runCells(process, notebook, options).finally(() => process.shutdown());
  return { ...run, milliseconds: performance.now() - began };
}

/** Runs a notebook's cells in a kernel that stays: `milliseconds` is without its start. */
export async function runCells(
  process: KernelProcess,
  notebook: Notebook,
  { cellTimeout = 120_000, onCell = () => undefined }: Omit<RunOptions, "kernel"> = {},
): Promise<NotebookRun> {
  const began = performance.now();
  const cells: Cell[] = [...notebook.cells];
  const times: number[] = [];
  const codeCells = cells.flatMap((cell, index) => (cell.kind === "code" ? [{ cell, index }] : []));
  let failure: Failure | null = null;
  try {
    for (const { cell, index } of codeCells) {
      onCell(times.length + 1, codeCells.length);
      const start = performance.now();
      const outcome = await within(cellTimeout, process.execute(cell.source));
      times.push(performance.now() - start);
      if (outcome !== null) cells[index] = { ...cell, outputs: storedOutputs(outcome.published) };
      const text = complaint(outcome, cellTimeout);
      if (text === null || isTagged(cell, "raises-exception")) continue;
      failure = { cell: index + 1, id: cell.id, source: cell.source, text };
      break;
    }
  } catch (error) {
    const index = codeCells[times.length]?.index ?? 0;
    const { id, source } = cells[index] ?? { id: "", source: "" };
    failure = { cell: index + 1, id, source, text: String(error) };
  }
  return {
    notebook: { ...notebook, cells },
    failure,
    milliseconds: performance.now() - began,
    cellMilliseconds: times,
  };
}

async function within(milliseconds: number, work: Promise<Execution>): Promise<Execution | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, milliseconds, null);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Returns what a cell failed with; stock tslab sends no error, only text on stderr. */
function complaint(outcome: Execution | null, limit: number): string | null {
  if (outcome === null) return `did not end within ${limit / 1000} s`;
  if (outcome.reply["status"] === "ok") return null;
  const trace = outcome.reply["traceback"];
  const printed = outcome.published
    .map(({ content }): Fields => content)
    .filter((content) => content["name"] === "stderr")
    .map((content) => textIn(content, "text"))
    .join("");
  return Array.isArray(trace) ? trace.join("\n") : printed.trim();
}
