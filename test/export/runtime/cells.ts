/** Runs cells in the live page's runtime, in this process. */
import { vi } from "vitest";
import { createRuntime } from "../../../lib/export/runtime/run-cell.js";
import type { OutputMessage } from "../../../lib/export/runtime/protocol.js";
import type { Modules } from "../../../lib/export/runtime/scope.js";

/** What a cell sent, in short. */
export interface CellResult {
  readonly ok: boolean;
  /** All text of standard output. */
  readonly out: string;
  readonly error: string;
  readonly trace: string;
  readonly sent: readonly OutputMessage[];
}

/** Returns a function that runs one cell after the other in one notebook. */
export function createNotebook(
  modules: Modules = {},
  globals: Readonly<Record<string, unknown>> = {},
): (source: string) => Promise<CellResult> {
  const runtime = createRuntime({
    modules,
    globals,
    made: (value) => value,
    // Indirect, so that the script runs in the global scope as it does in the page's worker.
    evaluate: (script) => globalThis.eval(script) as unknown,
    isGlobal: (name) => name in globalThis,
    useConsole: (console) => {
      vi.stubGlobal("console", console);
    },
    bundleOf: () => undefined,
    restore: () => [],
  });
  let count = 0;
  return async (source) => {
    const sent: OutputMessage[] = [];
    const id = String(++count);
    const ok = await runtime.run({ id, label: `cell ${id}`, source }, (output) =>
      sent.push(output),
    );
    const out = sent.map((one) => (one.kind === "text" && one.stream === "stdout" ? one.text : ""));
    const failed = sent.find((one) => one.kind === "error");
    return {
      ok,
      out: out.join(""),
      error: failed === undefined ? "" : `${failed.name}: ${failed.value}`,
      trace: failed?.trace ?? "",
      sent,
    };
  };
}
