/// <reference lib="dom" />
import type { Page } from "playwright-core";

/** What is really painted in a picture of the screen. */
export interface Painted {
  readonly width: number;
  readonly height: number;
  /** How many colours there are. */
  readonly colours: number;
  /** The share of pixels that are not of the commonest colour, from 0 to 1. */
  readonly drawn: number;
}

/** Counts the colours of a picture, in the browser that took it. */
export async function painted(page: Page, picture: Buffer): Promise<Painted> {
  return await page.evaluate(
    async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const { width, height } = image;
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext("2d");
      if (context === null) throw new Error("this browser has no canvas");
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      const counts = new Map<number, number>();
      for (const pixel of new Uint32Array(data.buffer)) {
        counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
      }
      const commonest = Math.max(...counts.values());
      return { width, height, colours: counts.size, drawn: 1 - commonest / (width * height) };
    },
    `data:image/png;base64,${picture.toString("base64")}`,
  );
}
