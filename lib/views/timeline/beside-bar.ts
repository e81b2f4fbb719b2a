/**
 * What a bar says, where it is too short to say it: the end of a hang is one column wide, as is an interrupt that is
 * served at once, and either is the point of its figure.
 */
import type { Bar } from "../trace/bars.js";
import { textWidth, type TextStyle } from "../draw/text.js";

/** Between a text and the bar that it is beside. */
const gap = 6;

/**
 * Returns the text to stand left of a bar; empty if one of the texts fits into the bar, or none into the room before it.
 *
 * @param bars those of the same row
 * @param texts what may be said of the bar, the best first
 * @param column the width of a column, in pixels
 */
export function besideBar(
  bars: readonly Bar[],
  bar: Bar,
  texts: readonly string[],
  column: number,
  style: TextStyle,
): string {
  const fits = (text: string, columns: number, taken: number): boolean =>
    textWidth(text, style) + taken <= columns * column;
  if (texts.some((text) => fits(text, bar.to - bar.from, 8))) return "";
  const before = Math.max(0, ...bars.filter(({ to }) => to <= bar.from).map(({ to }) => to));
  return texts.find((text) => fits(text, bar.from - before, 2 * gap)) ?? "";
}
