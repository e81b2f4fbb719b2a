/** Shows figures wherever a notebook's cells run: the lab's kernel, stock tslab, the live page. */
import { isRecord } from "../primitives/record.js";
import { shown } from "../primitives/shown.js";
import { mimeBundle, type Figure, type MimeBundle } from "../views/draw/figure.js";

/** Receives what a cell shows; the live page puts one of these on the global object. */
export type DisplaySink = (bundle: MimeBundle) => void;

/** The property of the global object that holds a `DisplaySink`, where there is no tslab. */
export const displaySinkKey: unique symbol = Symbol.for("lockdep-lab.display");

/**
 * Shows a figure below the cell, in the richest form that the front end knows.
 *
 * Outside of a notebook it prints the figure's text, so that a notebook saved as a script runs too.
 *
 * @throws TypeError if that is no figure
 * @example
 * show(usageBits("{-.-.}"))
 */
export function show(figure: Figure): void {
  const given: unknown = figure;
  if (!isRecord(given) || typeof given["text"] !== "string") {
    throw new TypeError(
      `show(): a figure is wanted, as counterexample(), lockGraph() and others return, and not ${shown(given)}`,
    );
  }
  const sink = pageSink() ?? tslabSink();
  if (sink === null) console.log(figure.text);
  else sink(mimeBundle(figure));
}

function pageSink(): DisplaySink | null {
  const sink: unknown = Reflect.get(globalThis, displaySinkKey);
  return isCallable(sink) ? (bundle) => void sink(bundle) : null;
}

/** tslab's public API takes one MIME type a call; the function below it takes a whole bundle. */
function tslabSink(): DisplaySink | null {
  const loaded: unknown = tslabJupyter();
  if (typeof loaded !== "object" || loaded === null) return null;
  const write: unknown = Reflect.get(loaded, "lastWriteDisplayData");
  if (!isCallable(write)) return null;
  return (data) => void write({ data, metadata: {}, transient: {} }, false);
}

/** The module instance that runs this kernel, wherever it was installed. */
function tslabJupyter(): unknown {
  // Looked up at run time: this file also runs in a browser, where there is no process.
  const node: unknown = Reflect.get(globalThis, "process");
  if (typeof node !== "object" || node === null || !("getBuiltinModule" in node)) return null;
  const { createRequire } = process.getBuiltinModule("node:module");
  const { cache } = createRequire(`${process.cwd()}/cell.js`);
  const entry = Object.entries(cache).find(([file]) =>
    /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(file),
  );
  return entry?.[1]?.exports;
}

function isCallable(value: unknown): value is (...args: readonly unknown[]) => unknown {
  return typeof value === "function";
}
