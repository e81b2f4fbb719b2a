/** Where the steps of a timeline stand: what its lanes and its step marks share. */
import type { Box } from "../draw/svg.js";
import type { Bar } from "../trace/bars.js";

/** The width of the lanes' heads, in pixels. */
export const left = 96;

/** The columns of a timeline, one a step and one before the first. */
export interface Scale {
  /** The width of a column, in pixels. */
  readonly column: number;
  readonly columns: number;
}

/** Returns the box of a bar that is so high and begins at `y`, in pixels. */
export const span = (scale: Scale, bar: Bar, y: number, height: number): Box => ({
  x: left + bar.from * scale.column + 1,
  y,
  width: (bar.to - bar.from) * scale.column - 2,
  height,
});
