/**
 * The frame every figure shares: a heading, the drawing, and notes below it.
 */
import { group, svgDocument, type SvgNode } from "./svg.js";
import { labelLines, wrap } from "./text.js";

/** Pixels between the card's edge and what is in it. */
export const margin = 20;

/** The widest drawing that a notebook in a window of 900 pixels shows whole, in its card. */
export const pageWidth = 700 - 2 * margin;

/** A drawing with its own origin and size, in pixels. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly SvgNode[];
}

/** What stands around a drawing. */
export interface Surround {
  readonly heading: string;
  /** The figure's alt text, which becomes the image's title. */
  readonly alt: string;
  /** Sentences below the drawing, wrapped to its width. */
  readonly notes?: readonly string[];
  /** The least width of the card's inside in pixels, 0 unless told. */
  readonly minWidth?: number;
  /** For how many lines the heading keeps room, so that nothing jumps from one picture to the next. */
  readonly headingLines?: number;
}

const headingStyle = { size: 16, bold: true } as const;

/** Returns how many lines a heading takes above a drawing that is so wide. */
export const headingLines = (heading: string, width: number): number =>
  wrap(heading, width, headingStyle).length;

/** Returns the image: heading above, notes below, the drawing between them. */
export function framed(drawing: Drawing, surround: Surround): string {
  const width = Math.max(drawing.width, surround.minWidth ?? 0);
  const heading = wrap(surround.heading, width, headingStyle);
  const top = margin + Math.max(heading.length, surround.headingLines ?? 1) * 21 + 8;
  const noteStyle = { size: 12, tone: "muted" } as const;
  const notes = (surround.notes ?? []).flatMap((note) => wrap(note, width, noteStyle));
  const below = top + drawing.height + (notes.length === 0 ? 0 : 20);
  const height = below + notes.length * 17 + margin - (notes.length === 0 ? 0 : 6);
  return svgDocument({ width: width + 2 * margin, height }, surround.alt, [
    ...labelLines(heading, margin, margin + 14, headingStyle, 21),
    group(drawing.nodes, { x: margin + (width - drawing.width) / 2, y: top }),
    ...labelLines(notes, margin, below + 6, noteStyle, 17),
  ]);
}
