/// <reference lib="dom" />
import type { Locator } from "playwright-core";

/** What can be read of a figure as it is on the screen. */
export interface Legible {
  /** The pieces of text that it has. */
  readonly texts: readonly string[];
  /** Those where nothing is painted in the place of the text. */
  readonly unseen: readonly string[];
  /** Those in letters of less than nine pixels. */
  readonly tiny: readonly string[];
  /** Those that lie over each other. */
  readonly overlapping: readonly string[];
}

/**
 * Looks for every text of a figure, an SVG image or a chart, at its place in a picture of it.
 *
 * @param picture a screenshot of the figure
 */
export async function legible(figure: Locator, picture: Buffer): Promise<Legible> {
  return await figure.evaluate(
    async (shown, source) => {
      interface Text {
        readonly text: string;
        readonly size: number;
        readonly box: DOMRect;
        /** Slanted letters fill only the diagonal of their box. */
        readonly slanted: boolean;
      }
      const frame = shown.getBoundingClientRect();
      const textsIn = (root: ParentNode, scale: number, origin: DOMRect): Text[] =>
        Array.from(root.querySelectorAll("text")).flatMap((element) => {
          const text = element.textContent.trim();
          const box = element.getBoundingClientRect();
          const size = parseFloat(getComputedStyle(element).fontSize) * scale;
          const at = new DOMRect(box.x - origin.x, box.y - origin.y, box.width, box.height);
          const slanted = element.closest('[transform*="rotate"]') !== null;
          return text === "" || box.width === 0 ? [] : [{ text, size, box: at, slanted }];
        });
      // An image keeps its texts to itself: the same SVG beside it tells where they are.
      const imageTexts = async (image: HTMLImageElement): Promise<Text[]> => {
        const svg = await (await fetch(image.src)).text();
        const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
        const natural = Number(parsed.getAttribute("width"));
        parsed.setAttribute("width", String(frame.width));
        parsed.setAttribute("height", String(frame.height));
        const host = document.body.appendChild(document.createElement("div"));
        host.style.cssText = "position:fixed;left:0;top:0;visibility:hidden";
        host.attachShadow({ mode: "open" }).append(parsed);
        const found = textsIn(parsed, frame.width / natural, parsed.getBoundingClientRect());
        host.remove();
        return found;
      };
      const scale =
        shown instanceof SVGSVGElement ? frame.width / Number(shown.getAttribute("width")) : 1;
      const all =
        shown instanceof HTMLImageElement ? await imageTexts(shown) : textsIn(shown, scale, frame);

      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext("2d");
      if (context === null) throw new Error("this browser has no canvas");
      context.drawImage(image, 0, 0);
      const contrast = ({ x, y, width, height }: DOMRect): number => {
        const w = Math.max(1, Math.floor(width));
        const h = Math.max(1, Math.floor(height));
        const { data } = context.getImageData(Math.round(x), Math.round(y), w, h);
        let [dark, bright] = [255, 0];
        for (let at = 0; at < data.length; at += 4) {
          const [r = 0, g = 0, b = 0, a = 0] = data.subarray(at, at + 4);
          if (a === 0) continue;
          const light = 0.3 * r + 0.6 * g + 0.1 * b;
          dark = Math.min(dark, light);
          bright = Math.max(bright, light);
        }
        return bright - dark;
      };
      const over = (a: DOMRect, b: DOMRect): boolean =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
      const pairs = all.flatMap((a, i) =>
        all
          .slice(i + 1)
          .flatMap((b) =>
            !a.slanted && !b.slanted && over(a.box, b.box) ? [`${a.text} / ${b.text}`] : [],
          ),
      );
      return {
        texts: all.map(({ text }) => text),
        unseen: all.filter(({ box }) => contrast(box) < 60).map(({ text }) => text),
        tiny: all.filter(({ size }) => size < 9).map(({ text }) => text),
        overlapping: pairs,
      };
    },
    `data:image/png;base64,${picture.toString("base64")}`,
  );
}
