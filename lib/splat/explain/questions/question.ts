/** A question to ask before a report is believed. */
import type { SplatAnnotation } from "./annotations.js";

/** A question about this report. */
export interface SplatQuestion {
  readonly ask: string;
  /** What of the report makes it worth asking. */
  readonly why: string;
  /** What exists if the answer is that the report is a false positive. */
  readonly ifFalse: readonly SplatAnnotation[];
}
