/**
 * A table drawn as an image: headed rows and columns of coloured cells.
 */
import type { Drawing } from "./card.js";
import type { TextLine } from "./graph.js";
import type { Tone } from "./palette.js";
import { rect, type SvgNode } from "./svg.js";
import { label, labelLines, shorten, textWidth, wrap, type TextStyle } from "./text.js";

/** One cell: lines of text, each shortened to the cell's width. */
export interface GridCell {
  readonly lines: readonly TextLine[];
  readonly fill: Tone;
  readonly stroke: Tone;
  /** Outline in pixels; 1 unless told. */
  readonly outline?: number;
  readonly dash?: string;
}

/** A table. */
export interface Grid {
  readonly columns: readonly string[];
  readonly rows: readonly GridRow[];
  /** Inner size of a cell in pixels. */
  readonly cell: { readonly width: number; readonly height: number };
}

/** A row: its name, what may be said about it, and one cell a column (null where there is none). */
export interface GridRow {
  readonly name: string;
  readonly remark?: string;
  readonly cells: readonly (GridCell | null)[];
}

const gap = 3;
const headStyle: TextStyle = { size: 12, mono: true, bold: true };
const remarkStyle: TextStyle = { size: 11, tone: "muted" };
const remarkWidth = 132;

/** Returns the table as a drawing. */
export function drawGrid(grid: Grid): Drawing {
  const { width, height } = grid.cell;
  const rows = grid.rows.map((row) => ({
    ...row,
    remarkLines: row.remark === undefined ? [] : wrap(row.remark, remarkWidth, remarkStyle),
  }));
  const left =
    14 +
    Math.max(
      0,
      ...rows.map((row) => textWidth(row.name, headStyle)),
      ...rows.flatMap((row) => row.remarkLines.map((text) => textWidth(text, remarkStyle))),
    );
  const heads = grid.columns.map((name) => wrap(name, width, headStyle));
  const top = 8 + 15 * Math.max(0, ...heads.map((lines) => lines.length));
  const nodes: SvgNode[] = heads.flatMap((lines, i) =>
    labelLines(
      lines,
      left + i * (width + gap) + width / 2,
      top - 8 - 15 * (lines.length - 1),
      { ...headStyle, anchor: "middle" },
      15,
    ),
  );
  let y = top;
  for (const row of rows) {
    const rowHeight = Math.max(height, 20 + 14 * row.remarkLines.length);
    const textTop = y + (rowHeight - 14 - 14 * row.remarkLines.length) / 2 + 11;
    nodes.push(
      label(row.name, 0, textTop, headStyle),
      ...labelLines(row.remarkLines, 0, textTop + 15, remarkStyle, 14),
      ...row.cells.flatMap((cell, i) =>
        cell === null
          ? []
          : drawCell(cell, { x: left + i * (width + gap), y, width, height: rowHeight }),
      ),
    );
    y += rowHeight + gap;
  }
  return { width: left + grid.columns.length * (width + gap) - gap, height: y - gap, nodes };
}

function drawCell(
  cell: GridCell,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): readonly SvgNode[] {
  const first = box.y + (box.height - 15 * cell.lines.length) / 2 + 11.5;
  return [
    rect(
      box,
      {
        fill: cell.fill,
        stroke: cell.stroke,
        width: cell.outline ?? 1,
        ...(cell.dash === undefined ? {} : { dash: cell.dash }),
      },
      5,
    ),
    ...cell.lines.map((line, i) =>
      label(shorten(line.text, box.width - 4, line), box.x + box.width / 2, first + 15 * i, {
        ...line,
        anchor: "middle",
      }),
    ),
  ];
}
