/** What a page and its worker say to each other, on a channel that cells cannot reach. */
import { fieldOf, textField } from "../json.js";
import { isRecord } from "../../primitives/record.js";
import type { Bundle } from "../outputs/stored-output.js";

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

/** From the worker, between a request and `idle`. */
export type WorkerMessage =
  | { readonly kind: "started"; readonly cell: string }
  | { readonly kind: "output"; readonly cell: string; readonly output: OutputMessage }
  | {
      readonly kind: "finished";
      readonly cell: string;
      readonly ok: boolean;
      readonly milliseconds: number;
    }
  /** The cell asked for has not run, since one that it needs has failed. */
  | { readonly kind: "blocked"; readonly cell: string; readonly by: string }
  /** The request is done with. */
  | { readonly kind: "idle" }
  /** Cells hold more objects than they may. */
  | { readonly kind: "full" }
  /** The worker itself cannot go on: a cell has changed what it is built on. */
  | { readonly kind: "broken" };

/**
 * Returns what a worker said, or undefined for anything else.
 *
 * A worker runs cells from anybody, so its words are checked field by field and nothing is passed on
 * as it came.
 */
export function readWorkerMessage(data: unknown): WorkerMessage | undefined {
  const kind = fieldOf(data, "kind");
  if (kind === "idle" || kind === "full" || kind === "broken") return { kind };
  const cell = textField(data, "cell");
  if (cell === undefined) return undefined;
  switch (kind) {
    case "started":
      return { kind, cell };
    case "output": {
      const output = readOutput(fieldOf(data, "output"));
      return output === undefined ? undefined : { kind, cell, output };
    }
    case "finished": {
      const ok = fieldOf(data, "ok");
      const milliseconds = fieldOf(data, "milliseconds");
      if (typeof ok !== "boolean" || typeof milliseconds !== "number") return undefined;
      return { kind, cell, ok, milliseconds: Math.max(0, milliseconds) };
    }
    case "blocked": {
      const by = textField(data, "by");
      return by === undefined ? undefined : { kind, cell, by };
    }
    default:
      return undefined;
  }
}

function readOutput(data: unknown): OutputMessage | undefined {
  const kind = fieldOf(data, "kind");
  switch (kind) {
    case "text": {
      const stream = fieldOf(data, "stream");
      const text = textField(data, "text");
      if ((stream !== "stdout" && stream !== "stderr") || text === undefined) return undefined;
      return { kind, stream, text };
    }
    case "bundle": {
      const bundle = plainData(fieldOf(data, "bundle"));
      return isRecord(bundle) ? { kind, bundle } : undefined;
    }
    case "error": {
      const [name, value, trace] = ["name", "value", "trace"].map((key) => textField(data, key));
      if (name === undefined || value === undefined || trace === undefined) return undefined;
      return { kind, name, value, trace };
    }
    default:
      return undefined;
  }
}

/** A message may hold what JSON cannot: circles, large integers, buffers. */
function plainData(value: unknown): unknown {
  try {
    const [plain] = JSON.parse(JSON.stringify([value])) as readonly unknown[];
    return plain;
  } catch {
    return undefined;
  }
}
