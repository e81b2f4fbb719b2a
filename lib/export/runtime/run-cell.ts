/** Runs one cell in a notebook's scope: its output, its last expression, its error. */
import { compileCell, CellSyntaxError, type CompiledCell, type Place } from "./compile.js";
import { createConsole, textOf, type CellConsole } from "./console.js";
import type { Made } from "./heap-watch.js";
import type { CellSource, OutputMessage } from "./protocol.js";
import { createScope, undoUninitialised, type Modules, type NotebookScope } from "./scope.js";

/** What a notebook's cells run in. */
export interface Runtime {
  /** Runs the cell and returns whether it went through. */
  readonly run: (cell: CellSource, send: (output: OutputMessage) => void) => Promise<boolean>;
}

/** What the runtime needs of the place where it runs. */
export interface Host {
  readonly modules: Modules;
  /** What cells see in place of globals of the same names. */
  readonly globals?: Readonly<Record<string, unknown>>;
  /** Called with every object that a cell makes. */
  readonly made: Made;
  /** Evaluates a script in the global scope. */
  readonly evaluate: (script: string) => unknown;
  readonly isGlobal: (name: string) => boolean;
  /** Makes the console that cells see. */
  readonly useConsole: (console: CellConsole) => void;
  /** Returns the bundle that shows a value richly, if it has one. */
  readonly bundleOf: (value: unknown) => Readonly<Record<string, unknown>> | undefined;
  /** Puts back what a cell has changed of JavaScript's own objects, and returns what that was. */
  readonly restore: () => readonly string[];
}

interface Compiled {
  readonly label: string;
  readonly cell: CompiledCell;
}

/** Returns a runtime in which no cell has run. */
export function createRuntime(host: Host): Runtime {
  const scope = createScope(host.modules, host.globals);
  const compiled = new Map<string, Compiled>();
  let runs = 0;
  return {
    run: async (source, send) => {
      host.useConsole(
        createConsole((stream, text) => {
          send({ kind: "text", stream, text });
        }),
      );
      const before = Object.getOwnPropertyDescriptors(scope.names);
      let cell: CompiledCell;
      try {
        cell = compileCell(source.source, {
          inNotebook: (name) => name in scope.names,
          isGlobal: host.isGlobal,
        });
      } catch (error) {
        send(errorOutput(error, source.label, compiled));
        return false;
      }
      const script = `lab-cell-${++runs}`;
      compiled.set(script, { label: source.label, cell });
      try {
        const result = await evaluate(host, scope, cell, script);
        restore(host, send);
        show(result, host, send);
        return true;
      } catch (error) {
        restore(host, send);
        undoUninitialised(scope.names, before, cell.declares);
        send(thrown(error, source.label, compiled));
        return false;
      }
    },
  };
}

/** The value of the last expression, boxed; undefined where the cell ends with no expression. */
async function evaluate(
  host: Host,
  scope: NotebookScope,
  cell: CompiledCell,
  script: string,
): Promise<unknown> {
  const made: unknown = host.evaluate(`${cell.code}\n//# sourceURL=${script}`);
  if (typeof made !== "function") return undefined;
  const result: unknown = Reflect.apply(made, undefined, [scope, host.made]);
  return cell.awaits ? await result : result;
}

function restore(host: Host, send: (output: OutputMessage) => void): void {
  const changed = host.restore();
  if (changed.length === 0) return;
  const text = `[the cell changed ${changed.join(", ")}: the page has put that back]\n`;
  send({ kind: "text", stream: "stderr", text });
}

function show(result: unknown, host: Host, send: (output: OutputMessage) => void): void {
  if (typeof result !== "object" || result === null || !("value" in result)) return;
  const { value } = result;
  if (value === undefined || value === null) return;
  const bundle = host.bundleOf(value);
  if (bundle !== undefined) send({ kind: "bundle", bundle });
  else send({ kind: "text", stream: "stdout", text: `${textOf(value)}\n` });
}

function thrown(
  error: unknown,
  label: string,
  compiled: ReadonlyMap<string, Compiled>,
): OutputMessage {
  return looked("", () => errorOutput(error, label, compiled));
}

/**
 * Returns what is shown of something that no cell has caught.
 *
 * @param where in words: what has thrown it
 */
export function uncaught(reason: unknown, where: string): OutputMessage {
  const trace = `    in ${where}`;
  return looked(trace, () =>
    reason instanceof Error
      ? { kind: "error", name: reason.name, value: reason.message, trace }
      : { kind: "error", name: "Uncaught", value: textOf(reason), trace },
  );
}

/** What has been thrown may be anything, and may throw when it is looked at. */
function looked(trace: string, look: () => OutputMessage): OutputMessage {
  try {
    return look();
  } catch {
    const value = "a value that cannot be shown: looking at it throws";
    return { kind: "error", name: "Uncaught", value, trace };
  }
}

function errorOutput(
  error: unknown,
  label: string,
  compiled: ReadonlyMap<string, Compiled>,
): OutputMessage {
  if (error instanceof CellSyntaxError) {
    return { kind: "error", name: error.name, value: error.message, trace: at(label, error.place) };
  }
  if (!(error instanceof Error)) {
    return { kind: "error", name: "Uncaught", value: textOf(error), trace: "" };
  }
  const frames = framesOf(error.stack ?? "", compiled);
  return { kind: "error", name: error.name, value: error.message, trace: frames.join("\n") };
}

function at(label: string, place: Place | undefined, name = ""): string {
  const where = place === undefined ? "" : `, line ${place.line}, column ${place.column}`;
  return `    at ${name === "" ? "" : `${name} in `}${label}${where}`;
}

/** The frames of the notebook's own cells, with their places; the lab's and the page's say nothing to a reader. */
function framesOf(stack: string, compiled: ReadonlyMap<string, Compiled>): string[] {
  const frames: string[] = [];
  for (const line of stack.split("\n")) {
    const found = /(lab-cell-\d+):(\d+):(\d+)/.exec(line);
    const source = compiled.get(found?.[1] ?? "");
    if (found === null || source === undefined) continue;
    const called =
      /^\s*at (?:async )?(?:Object\.)?([\w$.]+) \(/.exec(line) ?? /^([\w$]+)@/.exec(line);
    const name = called?.[1] ?? "";
    const place = source.cell.placeOf({ line: Number(found[2]), column: Number(found[3]) });
    frames.push(at(source.label, place, name === "eval" ? "" : name));
  }
  return frames;
}
