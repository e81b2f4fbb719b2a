/** Where the pages of a PDF are printed on. */
import { execFileSync } from "node:child_process";

const pixelsPerInch = 36;
const inPixels = (millimetres: number): number => Math.round((millimetres * pixelsPerInch) / 25.4);

/** The rows of grey pixels of each page, between its margins. */
export function rowsOf(file: string): Buffer[][] {
  const images = execFileSync("pdftoppm", ["-r", String(pixelsPerInch), "-gray", file], {
    maxBuffer: 2 ** 26,
  });
  const pages: Buffer[][] = [];
  for (let at = 0; at < images.length;) {
    const [head = "", width = 0, height = 0] =
      /^P5\s(\d+) (\d+)\s255\s/.exec(images.toString("latin1", at, at + 40)) ?? [];
    const [wide, high] = [Number(width), Number(height)];
    const pixels = images.subarray(at + head.length, at + head.length + wide * high);
    const rows = Array.from({ length: high }, (_, i) => pixels.subarray(i * wide, (i + 1) * wide));
    pages.push(rows.slice(inPixels(20), high - inPixels(18)));
    at += head.length + wide * high;
  }
  return pages;
}

/** How far down each page it is printed on: a part of what lies between its margins. */
export function filled(file: string): number[] {
  return rowsOf(file).map(
    (rows) => rows.findLastIndex((row) => row.some((grey) => grey < 245)) / (rows.length - 1),
  );
}

/** How much of the end of each page has the colour of a box and nothing in it, in millimetres. */
export function emptyEnds(file: string): number[] {
  return rowsOf(file).map((rows) => {
    const isEmptyBox = (row: Buffer): boolean =>
      row.every((grey) => grey > 210) &&
      row.filter((grey) => grey < 252).length > row.length * 0.75;
    const last = rows.findLastIndex((row) => row.some((grey) => grey < 252));
    const written = rows.findLastIndex((row, at) => at < last - 1 && !isEmptyBox(row));
    return ((last - written) * 25.4) / pixelsPerInch;
  });
}

/** How much of the end of each page has a frame at its right and nothing in it, in millimetres. */
export function emptyFrames(file: string): number[] {
  return rowsOf(file).map((rows) => {
    const isEmptyFrame = (row: Buffer): boolean => {
      const [left, right] = [row.length * 0.15, row.length * 0.85];
      return (
        row.subarray(left, right).every((grey) => grey > 250) &&
        row.subarray(right).some((grey) => grey < 250)
      );
    };
    const last = rows.findLastIndex((row) => row.some((grey) => grey < 250));
    const within = rows.findLastIndex((row, at) => at < last - 1 && !isEmptyFrame(row));
    return ((last - 1 - within) * 25.4) / pixelsPerInch;
  });
}
