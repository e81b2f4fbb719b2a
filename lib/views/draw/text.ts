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
  /** The ground that is painted around the letters, where lines cross them. */
  readonly halo?: Tone;
}

/** Advances in em, those of DejaVu Sans: the widest of the fonts that a reader is likely to have. */
const advances: readonly (readonly [letters: RegExp, em: number])[] = [
  [/[iljI|!' .,:;]/, 0.32],
  [/[tfr()[\]{}-]/, 0.41],
  [/[csz_"/]/, 0.53],
  [/[abdeghknopquvxy0-9?$*]/, 0.635],
  [/[wC-HK-VX-Z&]/, 0.79],
  [/[ABJL]/, 0.69],
  [/[mMW%@—]/, 1],
];

function letterWidth(letter: string): number {
  if ((letter.codePointAt(0) ?? 0) >= 0x1100) return letter === "→" ? 0.84 : 1.05;
  return advances.find(([letters]) => letters.test(letter))?.[1] ?? 0.84;
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
  return size * em * (style.bold === true ? 1.12 : 1);
}

/** Returns a text element; `y` is the baseline. */
export function label(text: string, x: number, y: number, style: TextStyle = {}): SvgElement {
  const classes = [
    `f-${style.tone ?? "ink"}`,
    ...(style.mono === true ? ["mono"] : []),
    ...(style.bold === true ? ["bold"] : []),
    ...(style.halo === undefined ? [] : ["halo", `s-${style.halo}`]),
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
 * Returns the text broken into lines no wider than `width` pixels: after spaces, commas and opening
 * brackets; where that is not enough after `->`, before `[`, after hyphens, after underscores, and at
 * last inside a word.
 */
export function wrap(text: string, width: number, style: TextStyle = {}): readonly string[] {
  const fits = (piece: string): boolean => textWidth(piece.trimEnd(), style) <= width;
  const broken = (piece: string, at: RegExp): readonly string[] =>
    fits(piece) ? [piece] : (piece.match(at) ?? [piece]);
  const pieces = (text.match(/.+?(?:[\s,(]+|$)/gu) ?? [text])
    .flatMap((piece) => broken(piece, /.+?(?:->|$)/gu))
    .flatMap((piece) => broken(piece, /.+?(?:(?=\[)|$)/gu))
    .flatMap((piece) => broken(piece, /.+?(?:-(?!>)|$)/gu))
    .flatMap((piece) => broken(piece, /.+?(?:_+|$)/gu))
    .flatMap((piece) => (fits(piece) ? [piece] : Array.from(piece)));
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces) {
    if (line !== "" && !fits(line + piece)) {
      lines.push(line.trim());
      line = "";
    }
    line += piece;
  }
  return [...lines, line.trim()];
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

/** Returns the first of the texts that is no wider than `width` pixels, or as much of the last as is. */
export function fitting(texts: readonly string[], width: number, style: TextStyle = {}): string {
  const whole = texts.find((text) => textWidth(text, style) <= width);
  const shown = whole ?? shorten(texts.at(-1) ?? "", width, style);
  return shown === "…" ? "" : shown;
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
