/**
 * A table drawn as an image: headed rows and columns of coloured cells.
 */
import type { Drawing } from "./card.js";
import type { TextLine } from "./graph.js";
import type { Tone } from "./palette.js";
import { rect, type SvgNode } from "./svg.js";
import { label, labelLines, shorten, textWidth, wrap, type TextStyle } from "./text.js";

/** One cell: lines of text, each shortened to the cell's width; the row is as high as its cells need. */
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
  /** Size of a cell in pixels. */
  readonly cell: { readonly width: number; readonly height: number };
  /** How wide each column is, where not all are as wide as a cell. */
  readonly widths?: readonly number[];
  /** How wide the names of the rows may be before they break, in smaller letters; as wide as they are, unless told. */
  readonly nameWidth?: number;
}

/** A row: its name, what may be said about it, and one cell a column (null where there is none). */
export interface GridRow {
  readonly name: string;
  readonly remark?: string;
  readonly cells: readonly (GridCell | null)[];
}

const gap = 2;
const headStyle: TextStyle = { size: 12, mono: true, bold: true };
const remarkStyle: TextStyle = { size: 11, tone: "muted" };
const remarkWidth = 132;

const lineHeight = 15;
/** How high the lines of a cell are, in pixels. */
const textHeight = (cell: GridCell | null): number => (cell?.lines.length ?? 0) * lineHeight;

/** Returns the table as a drawing. */
export function drawGrid(grid: Grid): Drawing {
  const { width: usual, height } = grid.cell;
  const widths = grid.columns.map((_, i) => grid.widths?.[i] ?? usual);
  const nameStyle = grid.nameWidth === undefined ? headStyle : { ...headStyle, size: 11 };
  const rows = grid.rows.map((row) => ({
    ...row,
    nameLines: wrap(row.name, grid.nameWidth ?? Infinity, nameStyle),
    remarkLines: row.remark === undefined ? [] : wrap(row.remark, remarkWidth, remarkStyle),
  }));
  const left =
    (grid.nameWidth === undefined ? 14 : 6) +
    Math.max(
      0,
      ...rows.flatMap((row) => row.nameLines.map((text) => textWidth(text, nameStyle))),
      ...rows.flatMap((row) => row.remarkLines.map((text) => textWidth(text, remarkStyle))),
    );
  const columns = widths.map((width, i) => ({
    x: left + widths.slice(0, i).reduce((sum, before) => sum + before + gap, 0),
    width,
  }));
  const heads = grid.columns.map((name, i) => wrap(name, widths[i] ?? usual, headStyle));
  const top = 8 + lineHeight * Math.max(0, ...heads.map((lines) => lines.length));
  const nodes: SvgNode[] = columns.flatMap(({ x, width }, i) => {
    const lines = heads[i] ?? [];
    const y = top - 8 - lineHeight * (lines.length - 1);
    return labelLines(lines, x + width / 2, y, { ...headStyle, anchor: "middle" }, lineHeight);
  });
  let y = top;
  for (const row of rows) {
    const texts = lineHeight * row.nameLines.length + 14 * row.remarkLines.length;
    const rowHeight = Math.max(
      height,
      6 + texts,
      ...row.cells.map((cell) => 10 + textHeight(cell)),
    );
    const textTop = y + (rowHeight - texts) / 2 + 11.5;
    const remarkTop = textTop + lineHeight * row.nameLines.length;
    nodes.push(
      ...labelLines(row.nameLines, 0, textTop, nameStyle, lineHeight),
      ...labelLines(row.remarkLines, 0, remarkTop, remarkStyle, 14),
      ...columns.flatMap(({ x, width }, i) => {
        const cell = row.cells[i] ?? null;
        return cell === null ? [] : drawCell(cell, { x, y, width, height: rowHeight });
      }),
    );
    y += rowHeight + gap;
  }
  const last = columns.at(-1);
  return { width: last === undefined ? left : last.x + last.width, height: y - gap, nodes };
}

function drawCell(
  cell: GridCell,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): readonly SvgNode[] {
  const first = box.y + (box.height - textHeight(cell)) / 2 + 11.5;
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
      label(
        shorten(line.text, box.width - 1, line),
        box.x + box.width / 2,
        first + lineHeight * i,
        {
          ...line,
          anchor: "middle",
        },
      ),
    ),
  ];
}
