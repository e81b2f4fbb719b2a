/**
 * The four answers that two judges can give together, as a square: what lockdep says is a row, what can
 * really happen a column.
 */
import type { Quadrant } from "../../verdict/index.js";
import { framed } from "../draw/card.js";
import type { Figure } from "../draw/figure.js";
import type { Tone } from "../draw/palette.js";
import { type GridCell, drawGrid } from "../draw/table.js";

/** A program with its pair of answers. */
export interface Placed {
  readonly name: string;
  readonly quadrant: Quadrant;
}

interface Corner {
  readonly quadrant: Quadrant;
  readonly sign: string;
  readonly fill: Tone;
  readonly ink: Tone;
}

const columns = ["nothing can go wrong", "it can fail"];

/** Each corner of the square, row by row. */
const rows: readonly { readonly name: string; readonly corners: readonly Corner[] }[] = [
  {
    name: "lockdep is silent",
    corners: [
      { quadrant: "both find nothing", sign: "✓", fill: "greenWash", ink: "green" },
      { quadrant: "false negative", sign: "✗", fill: "redWash", ink: "red" },
    ],
  },
  {
    name: "lockdep reports",
    corners: [
      { quadrant: "false positive", sign: "?", fill: "amberWash", ink: "amber" },
      { quadrant: "both find it", sign: "●", fill: "blueWash", ink: "blue" },
    ],
  },
];

const corners = rows.flatMap((row) => row.corners);

/**
 * Returns the square of programs, each in the corner where its two verdicts put it; those for which the two
 * judges were not asked the same are told below it.
 *
 * @example
 * verdictSquare([{ name: "two orders", quadrant: "both find it" }]).text
 */
export function verdictSquare(
  programs: readonly Placed[],
  heading = "What lockdep says, and what can happen",
): Figure {
  const inCorner = ({ quadrant }: Corner): readonly string[] =>
    programs.filter((one) => one.quadrant === quadrant).map(({ name }) => name);
  const most = Math.max(1, ...corners.map((corner) => inCorner(corner).length));
  const drawing = drawGrid({
    columns,
    rows: rows.map(({ name, corners: inRow }) => ({
      name,
      cells: inRow.map((corner) => cellOf(corner, inCorner(corner))),
    })),
    cell: { width: 220, height: 40 + 16 * most },
  });
  const others = programs
    .filter(({ quadrant }) => !corners.some((corner) => corner.quadrant === quadrant))
    .map(({ name, quadrant }) => `${name}: ${quadrant}`);
  const said = [
    ...corners.flatMap((corner) => inCorner(corner).map((name) => `${name}: ${corner.quadrant}`)),
    ...others,
  ];
  const alt = `${heading}. ${said.join("; ")}.`;
  return {
    name: "verdict-square",
    alt,
    text: [heading, ...said.map((line) => `  ${line}`)].join("\n"),
    svg: framed(drawing, { heading, alt, minWidth: 420, notes: others }),
  };
}

const cellOf = ({ quadrant, sign, fill, ink }: Corner, names: readonly string[]): GridCell => ({
  lines: [
    { text: `${sign} ${quadrant}`, size: 13, bold: true, tone: ink },
    ...names.map((text) => ({ text, size: 12 })),
  ],
  fill,
  stroke: ink,
});
