/**
 * The quadrant: for every fix and every change of the code, lockdep's verdict beside the explorer's.
 */
import type { Quadrant } from "../../verdict/index.js";
import type { Figure } from "../draw/figure.js";
import { framed } from "../draw/card.js";
import { drawGrid, type GridCell } from "../draw/table.js";
import type { Tone } from "../draw/palette.js";
import { counted } from "../../primitives/counted.js";

/** One cell, as `lab matrix --json` prints it; further fields are ignored. */
export interface VerdictEntry {
  readonly fix: string;
  readonly mutant: string;
  readonly lockdep: { readonly kind: string | null };
  readonly explorer: {
    readonly verdict: string;
    readonly complete: boolean;
    /** Length of the shortest counterexample, or null. */
    readonly steps: number | null;
    readonly cpus: number;
    readonly vcpus: number;
  };
  readonly quadrant: Quadrant;
}

/** What may be said beside the table. */
export interface VerdictMatrixOptions {
  readonly heading?: string;
  /** A short description of each mutant by its name. */
  readonly remarks?: Readonly<Record<string, string>>;
}

interface Look {
  readonly sign: string;
  readonly meaning: string;
  readonly fill: Tone;
  readonly ink: Tone;
  readonly outline: number;
}

const looks: Readonly<Record<Quadrant, Look>> = {
  "both find nothing": {
    sign: "✓",
    meaning: "both are content",
    fill: "greenWash",
    ink: "green",
    outline: 1,
  },
  "both find it": {
    sign: "●",
    meaning: "both see the bug",
    fill: "blueWash",
    ink: "blue",
    outline: 1,
  },
  "false positive": {
    sign: "?",
    meaning: "false positive: lockdep complains, the code cannot fail in these bounds",
    fill: "amberWash",
    ink: "amber",
    outline: 1,
  },
  "false negative": {
    sign: "✗",
    meaning: "FALSE NEGATIVE: lockdep is silent, the code fails",
    fill: "redWash",
    ink: "red",
    outline: 3,
  },
  "not lockdep's question": {
    sign: "–",
    meaning: "not lockdep's question: the code fails in a way that lockdep does not look for",
    fill: "panel",
    ink: "ink",
    outline: 1,
  },
  "not the explorer's question": {
    sign: "–",
    meaning: "not the explorer's question: lockdep complains of a rule that no state here breaks",
    fill: "panel",
    ink: "ink",
    outline: 1,
  },
  "different complaints": {
    sign: "≠",
    meaning: "both complain, of different things",
    fill: "amberWash",
    ink: "amber",
    outline: 1,
  },
  inconclusive: {
    sign: "…",
    meaning: "inconclusive: the exploration was cut short",
    fill: "panel",
    ink: "muted",
    outline: 1,
  },
};

const order: readonly Quadrant[] = [
  "both find nothing",
  "both find it",
  "false positive",
  "false negative",
  "not lockdep's question",
  "not the explorer's question",
  "different complaints",
  "inconclusive",
];

const lockdepText = (entry: VerdictEntry): string => entry.lockdep.kind ?? "silent";

function foundText(entry: VerdictEntry): string {
  const { verdict, complete } = entry.explorer;
  return verdict === "none" ? (complete ? "safe" : "unknown") : verdict;
}

function explorerText(entry: VerdictEntry): string {
  const { steps } = entry.explorer;
  return steps === null ? foundText(entry) : `${foundText(entry)} in ${counted(steps, "step")}`;
}

function cellOf(entry: VerdictEntry | undefined): GridCell | null {
  if (entry === undefined) return null;
  const look = looks[entry.quadrant];
  const { steps } = entry.explorer;
  return {
    lines: [
      { text: look.sign, size: 14, bold: true, tone: look.ink },
      { text: lockdepText(entry), size: 11 },
      { text: foundText(entry), size: 11 },
      ...(steps === null
        ? []
        : [{ text: counted(steps, "step"), size: 11, tone: look.ink } as const]),
    ],
    fill: look.fill,
    stroke: look.ink,
    outline: look.outline,
  };
}

function boundsOf({ cpus, vcpus }: VerdictEntry["explorer"]): string {
  const machine = counted(cpus, "CPU", "CPUs");
  return vcpus === 0 ? machine : `${machine} and ${counted(vcpus, "vCPU", "vCPUs")}`;
}

/**
 * Returns the figure of fixes (columns) against mutants (rows) with the quadrant of each pair.
 *
 * @param entries one for each pair that was tried, in any number; missing pairs stay empty.
 */
export function verdictMatrix(
  entries: readonly VerdictEntry[],
  options: VerdictMatrixOptions = {},
): Figure {
  const fixes = [...new Set(entries.map((e) => e.fix))];
  const mutants = [...new Set(entries.map((e) => e.mutant))];
  const find = (mutant: string, fix: string): VerdictEntry | undefined =>
    entries.find((e) => e.mutant === mutant && e.fix === fix);
  const drawing = drawGrid({
    columns: fixes,
    rows: mutants.map((name) => {
      const remark = options.remarks?.[name];
      return {
        name,
        ...(remark === undefined ? {} : { remark }),
        cells: fixes.map((fix) => cellOf(find(name, fix))),
      };
    }),
    cell: { width: 84, height: 68 },
  });
  const present = order.filter((name) => entries.some((e) => e.quadrant === name));
  const count = (name: Quadrant): number => entries.filter((e) => e.quadrant === name).length;
  const tally = present.map((name) => `${count(name)} × ${name}`).join(", ");
  const misses = entries
    .filter((e) => e.quadrant === "false negative")
    .map((e) => `${e.fix} with ${e.mutant} (${explorerText(e)})`);
  const missed =
    misses.length === 0
      ? "No false negatives."
      : `Lockdep is silent although the code fails: ${misses.join(", ")}.`;
  const heading = options.heading ?? "Lockdep's verdict beside the explorer's";
  const alt = `${heading}: ${mutants.length} mutants by ${fixes.length} fixes; ${tally}. ${missed}`;
  const counted = entries.some(({ explorer }) => explorer.steps !== null);
  const bounds = [...new Set(entries.map((e) => boundsOf(e.explorer)))];
  return {
    name: "verdict-matrix",
    alt,
    text: plainText(entries, heading),
    svg: framed(drawing, {
      heading,
      alt,
      minWidth: 560,
      notes: [
        `In a cell: the quadrant's sign, lockdep's answer, the explorer's${counted ? " with the steps of its shortest counterexample" : ""}.`,
        ...present.map((name) => `${looks[name].sign}  ${looks[name].meaning}: ${count(name)}`),
        `Explored: ${bounds.join("; ")}.`,
      ],
    }),
  };
}

function plainText(entries: readonly VerdictEntry[], heading: string): string {
  const rows = entries.map((e) => [e.mutant, e.fix, lockdepText(e), explorerText(e), e.quadrant]);
  const table = [["mutant", "fix", "lockdep", "explorer", "quadrant"], ...rows];
  const widths = [0, 1, 2, 3].map((i) => Math.max(...table.map((row) => (row[i] ?? "").length)));
  return [
    heading,
    ...table.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  ")),
  ].join("\n");
}
