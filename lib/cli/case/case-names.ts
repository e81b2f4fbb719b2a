/** `lab explore --list`: every name that the command line takes, as text or as JSON. */
import { changes, fixes, furtherPaths, mutants } from "../../kvm/index.js";
import { cases } from "./cases.js";

interface Row {
  readonly name: string;
  /** What it is called too. */
  readonly also?: string;
  readonly summary: string;
}

/** Returns every name with what it stands for, as JSON in one line. */
export function namesJson(): string {
  const lists = { cases, fixes, mutants: mutants.map(withHistory), changes };
  const plain = Object.entries(lists).map(([list, rows]) => [list, rows.map(plainRow)] as const);
  return `${JSON.stringify(Object.fromEntries(plain))}\n`;
}

/** Returns every name with what it stands for, a table for each option. */
export function namesText(): string {
  return [
    table("cases (--case)", cases),
    table("fixes (--fix)", fixes),
    table("mutants (--mutant)", mutants.map(withHistory)),
    table(
      "changes (--change)",
      changes.filter(({ name }) => !isFurther(name)),
    ),
    table(
      "changes that add a path (--change)",
      changes.filter(({ name }) => isFurther(name)),
    ),
  ].join("\n");
}

function table(title: string, rows: readonly Row[]): string {
  const called = rows.map(({ name, also }) => (also === undefined ? name : `${name} ${also}`));
  const width = Math.max(18, ...called.map(({ length }) => length));
  const lines = rows.map(({ summary }, i) => `  ${(called[i] ?? "").padEnd(width)} ${summary}`);
  return [title, ...lines, ""].join("\n");
}

const isFurther = (name: string): boolean => furtherPaths.some((path) => path === name);

const plainRow = ({ name, also, summary }: Row): Row =>
  also === undefined ? { name, summary } : { name, summary, also };

const withHistory = ({ name, number, summary, history }: (typeof mutants)[number]): Row => ({
  name: number,
  also: name,
  summary: history === "" ? summary : `${summary} (${history})`,
});
