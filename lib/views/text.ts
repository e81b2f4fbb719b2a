/**
 * Text in a picture: how wide it will be, where it breaks, and the element that shows it.
 *
 * No font is at hand where a figure is made, so widths are estimates on the generous side: the
 * advance of 0.602 em that the usual monospace fonts share, and classes of letters for the rest.
 */
import { element, type SvgElement } from "./svg.js";
import type { Tone } from "./palette.js";

/** How a line of text looks. */
export interface TextStyle {
  /** Font size in pixels, 11 at least; 13 unless told. */
  readonly size?: number;
  readonly tone?: Tone;
  readonly mono?: boolean;
  readonly bold?: boolean;
  readonly anchor?: "start" | "middle" | "end";
}

const narrow = /[iljtfrI.,:;'|!()[\]{} ]/;
const wide = /[mwMW@%—–&]/;
const capital = /[A-Z0-9_#?→>=<+]/;

function letterWidth(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  if (code >= 0x1100) return 1.05;
  if (narrow.test(letter)) return 0.36;
  if (wide.test(letter)) return 0.95;
  return capital.test(letter) ? 0.68 : 0.6;
}

/** Returns the estimated width of one line in pixels. */
export function textWidth(text: string, style: TextStyle = {}): number {
  const size = style.size ?? 13;
  const letters = Array.from(text);
  if (style.mono === true) {
    return (
      size * letters.reduce((sum, c) => sum + ((c.codePointAt(0) ?? 0) >= 0x1100 ? 1.1 : 0.602), 0)
    );
  }
  const em = letters.reduce((sum, c) => sum + letterWidth(c), 0);
  return size * em * (style.bold === true ? 1.06 : 1);
}

/** Returns a text element; `y` is the baseline. */
export function label(text: string, x: number, y: number, style: TextStyle = {}): SvgElement {
  const classes = [
    `f-${style.tone ?? "ink"}`,
    ...(style.mono === true ? ["mono"] : []),
    ...(style.bold === true ? ["bold"] : []),
  ];
  const size = style.size ?? 13;
  return element(
    "text",
    {
      x,
      y,
      class: classes.join(" "),
      style: size === 13 ? undefined : `font-size:${size}px`,
      "text-anchor": style.anchor === "start" ? undefined : style.anchor,
      "xml:space": / {2}|^ | $/.test(text) ? "preserve" : undefined,
    },
    [text],
  );
}

/**
 * Returns the text broken into lines no wider than `width` pixels, after spaces, commas, opening
 * brackets, `->` and underscores, or inside a word where nothing else helps.
 */
export function wrap(text: string, width: number, style: TextStyle = {}): readonly string[] {
  const pieces = text.match(/.+?(?:[\s,(]|->|_(?!_)|$)/gu) ?? [text];
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces.flatMap((p) => chop(p, width, style))) {
    if (line !== "" && textWidth((line + piece).trimEnd(), style) > width) {
      lines.push(line.trim());
      line = "";
    }
    line += piece;
  }
  return [...lines, line.trim()];
}

function chop(piece: string, width: number, style: TextStyle): string[] {
  if (textWidth(piece.trimEnd(), style) <= width) return [piece];
  const parts: string[] = [];
  let part = "";
  for (const letter of piece) {
    if (part !== "" && textWidth(part + letter, style) > width) {
      parts.push(part);
      part = "";
    }
    part += letter;
  }
  return [...parts, part];
}

/** Returns the text, its middle replaced by an ellipsis if it is wider than `width` pixels. */
export function shorten(text: string, width: number, style: TextStyle = {}): string {
  if (textWidth(text, style) <= width) return text;
  const letters = Array.from(text);
  for (let kept = letters.length - 1; kept > 1; kept--) {
    const head = Math.ceil(kept / 2);
    const short = `${letters.slice(0, head).join("")}…${letters.slice(letters.length - (kept - head)).join("")}`;
    if (textWidth(short, style) <= width) return short;
  }
  return "…";
}

/** Returns the lines as text elements, the first baseline at `y`, `leading` pixels apart. */
export function labelLines(
  lines: readonly string[],
  x: number,
  y: number,
  style: TextStyle = {},
  leading = (style.size ?? 13) * 1.3,
): readonly SvgElement[] {
  return lines.map((text, i) => label(text, x, y + i * leading, style));
}
