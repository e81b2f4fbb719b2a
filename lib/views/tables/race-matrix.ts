/**
 * The race matrix: which two paths can really be at the same lock at the same time, counted.
 */
import type { Figure } from "../draw/figure.js";
import { framed } from "../draw/card.js";
import { drawGrid, type GridCell } from "../draw/table.js";
import { counted, grouped } from "../../primitives/counted.js";

/** What was measured about two paths; the order of `a` and `b` does not matter. */
export interface RaceEntry {
  readonly a: string;
  readonly b: string;
  /** States in which one holds a lock instance and the other waits for it or is about to take it. */
  readonly meeting: number;
  /** Steps of the shortest schedule to such a state, or null if there is none. */
  readonly steps: number | null;
}

/** The measured races of a scenario, with the bounds within which they were looked for. */
export interface RaceMatrix {
  readonly paths: readonly string[];
  readonly entries: readonly RaceEntry[];
  /** Such as `2 CPUs, 2 vCPUs, all 45,296 states`. */
  readonly bounds: string;
  /** False if the search was cut short: then "none" means none seen, not never. */
  readonly complete: boolean;
  /** What meeting means here, in a sentence; a lock's name belongs into it. */
  readonly meaning: string;
}

function find(matrix: RaceMatrix, a: string, b: string): RaceEntry | undefined {
  return matrix.entries.find((e) => (e.a === a && e.b === b) || (e.a === b && e.b === a));
}

function cellOf(entry: RaceEntry | undefined, complete: boolean): GridCell {
  if (entry === undefined) {
    return {
      lines: [{ text: "not measured", size: 12, tone: "muted" }],
      fill: "panel",
      stroke: "line",
      dash: "4 3",
    };
  }
  if (entry.meeting === 0 && !complete) {
    return {
      lines: [
        { text: "? none seen", size: 13, bold: true, tone: "muted" },
        { text: "search cut short", size: 11 },
      ],
      fill: "panel",
      stroke: "line",
      dash: "4 3",
    };
  }
  if (entry.meeting === 0) {
    return {
      lines: [
        { text: "✓ never meet", size: 13, bold: true, tone: "green" },
        { text: "exclude each other", size: 11 },
      ],
      fill: "greenWash",
      stroke: "green",
    };
  }
  return {
    lines: [
      { text: "⚡ race", size: 13, bold: true, tone: "amber" },
      { text: `${complete ? "" : "at least "}${grouped(entry.meeting)} states`, size: 11 },
      ...(entry.steps === null
        ? []
        : [{ text: `first after ${counted(entry.steps, "step")}`, size: 11 }]),
    ],
    fill: "amberWash",
    stroke: "amber",
    outline: 2,
  };
}

function sentence({ a, b, meeting }: RaceEntry, complete: boolean): string {
  if (meeting > 0) {
    return `${a} and ${b} race, in ${complete ? "" : "at least "}${grouped(meeting)} states`;
  }
  return complete
    ? `${a} and ${b} never meet`
    : `${a} and ${b} were not seen to meet, but the search was cut short`;
}

/**
 * Returns the figure of a race matrix: each pair of paths once, below and on the diagonal.
 *
 * @param matrix what was measured, and within what bounds.
 */
export function raceMatrix(matrix: RaceMatrix): Figure {
  const drawing = drawGrid({
    columns: matrix.paths,
    rows: matrix.paths.map((row, i) => ({
      name: row,
      cells: matrix.paths.map((column, j) =>
        j > i ? null : cellOf(find(matrix, row, column), matrix.complete),
      ),
    })),
    cell: { width: 140, height: 62 },
  });
  const said = matrix.entries.map((e) => sentence(e, matrix.complete));
  const alt = `Race matrix of ${matrix.paths.join(", ")} (${matrix.bounds}): ${said.join("; ")}.`;
  return {
    name: "race-matrix",
    alt,
    text: ["races", ...said.map((line) => `  ${line}`), `  ${matrix.bounds}`].join("\n"),
    svg: framed(drawing, {
      heading: "Who races with whom",
      alt,
      minWidth: 420,
      notes: [matrix.meaning, `Measured: ${matrix.bounds}.`],
    }),
  };
}
