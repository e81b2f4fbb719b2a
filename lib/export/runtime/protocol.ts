/** What a page and its worker say to each other. */
import type { Bundle } from "../notebook.js";

/** A cell as the page hands it over. */
export interface CellSource {
  /** The HTML id of the cell. */
  readonly id: string;
  /** What errors call it: `cell 3`. */
  readonly label: string;
  readonly source: string;
}

/** From the page: run a cell, and first what it needs of the cells above it. */
export interface RunRequest {
  readonly cell: CellSource;
  readonly above: readonly CellSource[];
}

/** A piece of output of a cell. */
export type OutputMessage =
  | { readonly kind: "text"; readonly stream: "stdout" | "stderr"; readonly text: string }
  | { readonly kind: "bundle"; readonly bundle: Bundle }
  | {
      readonly kind: "error";
      readonly name: string;
      readonly value: string;
      readonly trace: string;
    };

/** From the worker; `request` ends when the cell asked for has run, or one that it needs has failed. */
export type WorkerMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "started"; readonly cell: string }
  | { readonly kind: "output"; readonly cell: string; readonly output: OutputMessage }
  | {
      readonly kind: "finished";
      readonly cell: string;
      readonly ok: boolean;
      readonly milliseconds: number;
    }
  | { readonly kind: "idle" };
