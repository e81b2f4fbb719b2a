/** Runs cells through tslab's compiler and executor, and says how each ended. */
import converterModule from "tslab/dist/converter.js";
import executorModule, { type ConsoleInterface } from "tslab/dist/executor.js";
import jupyterModule from "tslab/dist/jupyter.js";
import type { Converter, Diagnostic } from "tslab/dist/converter.js";
import type { Fields } from "../jupyter/message.js";
import { compileError, stoppedError, thrownError, type CellError } from "./cell-error.js";
import { withTagNames } from "./quick-info.js";
import type { StrictTypeScript } from "./strict-typescript.js";
import { flag, type InterruptReason } from "./protocol.js";

/** How a cell ended; `value` is what its last expression is, if that is to be shown. */
export type CellOutcome =
  | { readonly status: "ok"; readonly value: unknown }
  | { readonly status: "error"; readonly error: CellError };

/** Runs the cells of one notebook, one after the other. */
export interface Cells {
  run(source: string): Promise<CellOutcome>;
  /** Ends the running cell, if it waits for something. */
  interrupt(reason: InterruptReason): void;
  /** Answers the editor's questions: completion, hover text, whether the code is complete. */
  answer(question: "complete" | "inspect" | "is_complete", content: Fields): Fields;
}

/** What one run has seen; tslab reports all of it through its console and its converter. */
interface Trace {
  thrown: { readonly value: unknown } | null;
  diagnostics: readonly Diagnostic[];
  output: string | null;
  value: unknown;
  stop: ((reason: InterruptReason) => void) | null;
  stopped: InterruptReason | null;
}

const emptyTrace = (): Trace => ({
  thrown: null,
  diagnostics: [],
  output: null,
  value: undefined,
  stop: null,
  stopped: null,
});

/**
 * Starts tslab's compiler in the current directory.
 *
 * @param flags shared with the sockets' thread, by the indices of `flag`
 * @param typescript the compiler, which knows all of Node from the first cell on that needs more than the least
 */
export function createCells(flags: Int32Array, { nodeTypes, beginCell }: StrictTypeScript): Cells {
  let trace = emptyTrace();
  const converter = converterModule.createConverter({ isJS: false, isBrowser: false });
  const watched: Converter = {
    ...converter,
    convert(previous, source) {
      Atomics.store(flags, flag.compiling, 1);
      try {
        if (importsOthers.test(source)) nodeTypes.readAll();
        beginCell();
        let result = converter.convert(previous, source);
        // What it lacks may be Node's.
        if (result.diagnostics.length > 0 && nodeTypes.readAll()) {
          beginCell();
          result = converter.convert(previous, source);
        }
        trace.diagnostics = result.diagnostics;
        trace.output = result.output ?? null;
        return result;
      } finally {
        Atomics.store(flags, flag.compiling, 0);
      }
    },
    inspect(previous, source, position) {
      nodeTypes.readAll();
      return withTagNames(converter.inspect(previous, source, position));
    },
    complete(previous, source, position) {
      nodeTypes.readAll();
      return converter.complete(previous, source, position);
    },
  };
  const console: ConsoleInterface = {
    log(value: unknown) {
      trace.value = value;
    },
    error(...values: unknown[]) {
      // Diagnostics come with a format and its values; what a cell threw comes alone.
      if (values.length === 1) trace.thrown = { value: values[0] };
    },
  };
  const close = (): void => {
    converter.close();
  };
  const executor = executorModule.createExecutor(
    process.cwd(),
    { node: watched, browser: watched, close },
    console,
  );
  const editor = new jupyterModule.JupyterHandlerImpl(executor, false);

  const outcomeOf = (ok: boolean, source: string): CellOutcome => {
    const { thrown, diagnostics, output, value, stopped } = trace;
    if (ok && stopped === null) return { status: "ok", value };
    if (diagnostics.length > 0)
      return { status: "error", error: compileError(diagnostics, source) };
    if (stopped !== null || isInterrupt(thrown?.value)) {
      const flooded = Atomics.load(flags, flag.flooded) === 1;
      return { status: "error", error: stoppedError(stopped ?? (flooded ? "output" : "asked")) };
    }
    return { status: "error", error: thrownError(thrown?.value, { source, output }) };
  };

  return {
    async run(source) {
      trace = emptyTrace();
      const own = trace;
      // An interrupt from outside may drop the executor's own continuation with the loop's.
      const stopped = new Promise<boolean>((resolve) => {
        own.stop = (reason) => {
          own.stopped = reason;
          resolve(false);
        };
      });
      const ran = await Promise.race([executor.execute(source), stopped]);
      return outcomeOf(ran, source);
    },
    interrupt(reason) {
      trace.stop?.(reason);
      executor.interrupt();
    },
    answer(question, content) {
      const code = typeof content["code"] === "string" ? content["code"] : "";
      const position = typeof content["cursor_pos"] === "number" ? content["cursor_pos"] : 0;
      switch (question) {
        case "complete":
          return { ...editor.handleComplete({ code, cursor_pos: position }) };
        case "inspect":
          return { ...editor.handleInspect({ code, cursor_pos: position, detail_level: 0 }) };
        case "is_complete":
          return { ...editor.handleIsComplete({ code }) };
      }
    },
  };
}

/** Whether a cell imports something else than the lab, whose own declarations may lean on Node's. */
const importsOthers = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["'`](?!lockdep-lab["'`])/;

/** A script that SIGINT broke off. */
function isInterrupt(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    "code" in thrown &&
    thrown.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED"
  );
}
