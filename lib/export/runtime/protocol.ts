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

/** From the page: run these cells; `replayed` ones bring back variables and print nothing. */
export interface RunRequest {
  readonly kind: "run";
  readonly cell: CellSource;
  readonly silent: boolean;
}

/** A piece of output of the cell that runs. */
export type OutputMessage =
  | { readonly kind: "text"; readonly stream: "stdout" | "stderr"; readonly text: string }
  | { readonly kind: "bundle"; readonly bundle: Bundle; readonly update?: string }
  | {
      readonly kind: "error";
      readonly name: string;
      readonly value: string;
      readonly trace: string;
    };

/** From the worker. */
export type WorkerMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "output"; readonly cell: string; readonly output: OutputMessage }
  | {
      readonly kind: "done";
      readonly cell: string;
      readonly ok: boolean;
      readonly milliseconds: number;
    };
