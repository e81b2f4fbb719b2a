/** The default receiver of progress, such as a notebook's kernel. */
import type { Progress } from "../result/result.js";

/** Is told a few times a second. */
export type ProgressSink = (progress: Progress) => void;

/** The property of the global object that may hold a `ProgressSink`. */
export const progressSinkKey: unique symbol = Symbol.for("lockdep-lab.progress");

/** Returns the sink that the place where this runs has put up, or null. */
export function progressSink(): ProgressSink | null {
  const sink: unknown = Reflect.get(globalThis, progressSinkKey);
  return isSink(sink) ? sink : null;
}

function isSink(value: unknown): value is ProgressSink {
  return typeof value === "function";
}
