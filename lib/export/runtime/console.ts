/** The console of a cell: what Node's would print, in pieces of one stream. */
import { format, inspect } from "node-inspect-extracted";

/** Where text goes. */
export type Write = (stream: "stdout" | "stderr", text: string) => void;

/** The part of Node's console that a notebook uses. */
export interface CellConsole {
  readonly log: (...values: readonly unknown[]) => void;
  readonly info: (...values: readonly unknown[]) => void;
  readonly debug: (...values: readonly unknown[]) => void;
  readonly warn: (...values: readonly unknown[]) => void;
  readonly error: (...values: readonly unknown[]) => void;
  readonly dir: (value: unknown, options?: object) => void;
  readonly table: (rows: unknown) => void;
  readonly assert: (condition: unknown, ...values: readonly unknown[]) => void;
  readonly group: (...values: readonly unknown[]) => void;
  readonly groupEnd: () => void;
  readonly count: (label?: string) => void;
}

/** Returns the text that a value's `console.log` prints. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : inspect(value);
}

/** Returns a console that writes there. */
export function createConsole(write: Write): CellConsole {
  let indent = "";
  const counts = new Map<string, number>();
  const print = (stream: "stdout" | "stderr", text: string): void => {
    const lines = indent === "" ? text : indent + text.replace(/\n/g, `\n${indent}`);
    write(stream, `${lines}\n`);
  };
  const out = (...values: readonly unknown[]): void => {
    print("stdout", format(...values));
  };
  const err = (...values: readonly unknown[]): void => {
    print("stderr", format(...values));
  };
  return {
    log: out,
    info: out,
    debug: out,
    warn: err,
    error: err,
    dir: (value, options) => {
      print("stdout", inspect(value, { customInspect: false, ...options }));
    },
    table: (rows) => {
      print("stdout", tableOf(rows) ?? format(rows));
    },
    assert: (condition, ...values) => {
      if (condition) return;
      const [first, ...rest] = values;
      if (typeof first === "string") err(`Assertion failed: ${first}`, ...rest);
      else err("Assertion failed", ...values);
    },
    group: (...values) => {
      if (values.length > 0) out(...values);
      indent += "  ";
    },
    groupEnd: () => {
      indent = indent.slice(2);
    },
    count: (label = "default") => {
      const count = (counts.get(label) ?? 0) + 1;
      counts.set(label, count);
      out(`${label}: ${count}`);
    },
  };
}

/** Rows and columns as Node draws them; undefined for what is no table. */
function tableOf(rows: unknown): string | undefined {
  if (typeof rows !== "object" || rows === null) return undefined;
  const show = (value: unknown): string =>
    inspect(value, {
      depth: typeof value === "object" && value !== null ? 0 : 3,
      maxArrayLength: 3,
      breakLength: Infinity,
    });
  const columns = new Map<string, string[]>();
  const values: string[] = [];
  const entries = Object.entries(rows);
  entries.forEach(([, row]: [string, unknown], index) => {
    if (typeof row !== "object" || row === null) {
      values[index] = show(row);
      return;
    }
    for (const [name, value] of Object.entries(row)) {
      const column = columns.get(name) ?? [];
      columns.set(name, column);
      column[index] = show(value);
    }
  });
  const heads = ["(index)", ...columns.keys(), ...(values.length > 0 ? ["Values"] : [])];
  const cells = [
    entries.map(([key]) => key),
    ...[...columns.values()],
    ...(values.length > 0 ? [values] : []),
  ].map((column) => entries.map((_, index) => column[index] ?? ""));
  return boxed(heads, cells);
}

function boxed(heads: readonly string[], columns: readonly (readonly string[])[]): string {
  const widths = heads.map(
    (head, i) => Math.max(head.length, ...(columns[i] ?? []).map((cell) => cell.length)) + 2,
  );
  const rule = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => "─".repeat(width)).join(middle) + right;
  const row = (cells: readonly string[]): string =>
    `│${cells.map((cell, i) => centred(cell, widths[i] ?? 0)).join("│")}│`;
  const count = columns[0]?.length ?? 0;
  const body = Array.from({ length: count }, (_, r) =>
    row(columns.map((column) => column[r] ?? "")),
  );
  return [rule("┌", "┬", "┐"), row(heads), rule("├", "┼", "┤"), ...body, rule("└", "┴", "┘")].join(
    "\n",
  );
}

/** Node 20 centres the text of a cell; later versions put it at the left. */
function centred(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2);
  return " ".repeat(left) + text + " ".repeat(width - text.length - left);
}
