/** Makes a figure large enough for the last row: as it is, larger, or in parts on several slides. */
import { base64 } from "../../../views/draw/markup.js";
import { figureRoom, smallestText } from "./size.js";

/** The largest factor: a small figure blown up looks like a mistake. */
const mostScale = 1.7;
/** Text of this part of the size is made larger in its place, which has room for it. */
const nearly = 0.85;
/** A shape lower than this is not cut through, in the figure's own units. */
const wholeShape = 90;

/**
 * Returns the images that stand for the image, from top to bottom, at their size on a slide.
 *
 * @param height what there is for it, in CSS pixels
 */
export function enlarge(image: HTMLImageElement, height: number): HTMLImageElement[] {
  const svg = svgOf(image);
  if (svg === undefined) {
    const factor = Math.min(
      mostScale,
      figureRoom.width / Math.max(1, image.naturalWidth),
      height / Math.max(1, image.naturalHeight),
    );
    image.style.width = `${Math.floor(image.naturalWidth * factor)}px`;
    return [image];
  }
  const place = document.createElement("div");
  place.style.cssText = "position:absolute;left:0;top:0;visibility:hidden";
  place.attachShadow({ mode: "open" }).append(svg);
  document.body.append(place);
  try {
    return partsOf(svg, image.alt, height);
  } finally {
    place.remove();
  }
}

/** Returns a drawing at its size on a slide, with no text in it that is too small there. */
export function enlarged(markup: string, height: number): string {
  const [, wide, high] = /viewBox="\S+ \S+ ([\d.]+) ([\d.]+)"/.exec(markup) ?? [];
  if (wide === undefined || high === undefined) return markup;
  const scale = Math.min(mostScale, figureRoom.width / Number(wide), height / Number(high));
  const limit = Math.ceil((smallestText / scale) * 10) / 10;
  return markup
    .replace(/(<svg[^>]*?) width="[^"]*"/, "$1")
    .replace(/(<svg[^>]*?) height="[^"]*"/, "$1")
    .replace("<svg", `<svg width="${Number(wide) * scale}" height="${Number(high) * scale}"`)
    .replace(
      /(font-size[=:]"?|font:(?:\d+ )?)(\d+(?:\.\d+)?)/g,
      (_, before: string, size: string) => before + String(Math.max(Number(size), limit)),
    );
}

function svgOf(image: HTMLImageElement): SVGSVGElement | undefined {
  const data = /^data:image\/svg\+xml;base64,(.*)$/.exec(image.src)?.[1];
  if (data === undefined) return undefined;
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  const parsed = new DOMParser().parseFromString(new TextDecoder().decode(bytes), "image/svg+xml");
  const root = document.importNode(parsed.documentElement, true);
  return root instanceof SVGSVGElement && root.hasAttribute("viewBox") ? root : undefined;
}

function partsOf(svg: SVGSVGElement, alt: string, most: number): HTMLImageElement[] {
  const { x, y, width, height } = svg.viewBox.baseVal;
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  const texts = [...svg.querySelectorAll<SVGElement>("text, tspan")];
  const sizes = texts.map((text) => parseFloat(getComputedStyle(text).fontSize));
  const least = Math.min(smallestText * 2, ...sizes);
  const widest = Math.min(mostScale, figureRoom.width / width);
  const whole = Math.min(widest, most / height);
  // As one image where its text stays legible; else as large as the width allows, in parts.
  const scale = whole * least >= smallestText * nearly ? whole : Math.min(widest, 1.3);
  const limit = smallestText / scale;
  for (const [i, text] of texts.entries()) {
    if ((sizes[i] ?? limit) < limit) text.style.fontSize = `${limit}px`;
  }
  const cuts = cutsOf(svg, height, figureRoom.height / scale);
  return cuts.slice(1).map((bottom, i) => {
    const top = cuts[i] ?? 0;
    const part = document.importNode(svg, true);
    part.setAttribute("viewBox", `${x} ${y + top} ${width} ${bottom - top}`);
    part.setAttribute("width", String(width * scale));
    part.setAttribute("height", String((bottom - top) * scale));
    const image = new Image(Math.round(width * scale), Math.round((bottom - top) * scale));
    image.src = `data:image/svg+xml;base64,${base64(new XMLSerializer().serializeToString(part))}`;
    image.alt = cuts.length === 2 ? alt : `${alt} (part ${i + 1} of ${cuts.length - 1})`;
    return image;
  });
}

/** Returns where to cut, from 0 to the height, through no line of text and no small shape. */
function cutsOf(svg: SVGSVGElement, height: number, most: number): number[] {
  if (height <= most) return [0, height];
  const origin = svg.getBoundingClientRect().top;
  const whole = [...svg.querySelectorAll<SVGGraphicsElement>("text, rect, circle, path, line")]
    .map((one) => one.getBoundingClientRect())
    .map(({ top, bottom }) => ({ top: top - origin, bottom: bottom - origin }))
    .filter(({ top, bottom }) => bottom - top < wholeShape);
  const free = (at: number): boolean => !whole.some(({ top, bottom }) => top < at && at < bottom);
  const parts = Math.ceil(height / most);
  const cuts = [0];
  for (let from = 0; height - from > most;) {
    // Parts of about one height look better than a rest of two lines.
    const wanted = Math.max(height / parts, Math.min(most, height - from) * 0.6);
    const down = Array.from({ length: Math.floor(most) }, (_, i) => from + i + 1);
    const near = down.filter((at) => at - from >= wanted && at - from <= most);
    const at = near.find(free) ?? down.findLast(free) ?? from + most;
    cuts.push(at);
    from = at;
  }
  return [...cuts, height];
}
