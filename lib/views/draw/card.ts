/**
 * The frame every figure shares: a heading, the drawing, and notes below it.
 */
import { group, svgDocument, type SvgNode } from "./svg.js";
import { labelLines, wrap } from "./text.js";

/** Pixels between the card's edge and what is in it. */
export const margin = 20;

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
}

/** Returns the image: heading above, notes below, the drawing between them. */
export function framed(drawing: Drawing, surround: Surround): string {
  const width = Math.max(drawing.width, surround.minWidth ?? 0);
  const headingStyle = { size: 16, bold: true };
  const heading = wrap(surround.heading, width, headingStyle);
  const top = margin + heading.length * 21 + 8;
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
