/** Makes a figure large enough for the last row: as it is, larger, or in parts on several slides. */
import { base64, fromBase64 } from "../../../views/draw/markup.js";
import { figureRoom, smallestText } from "./size.js";

/** The largest factor: a small figure blown up looks like a mistake. */
const mostScale = 1.7;
/** Text of this part of the size is made larger in its place, which has room for it. */
const nearly = 0.85;
/** A shape lower than this is not cut through, in the figure's own units. */
const wholeShape = 90;

/** A figure as it stands in a page: a drawing of its own, or an image. */
export type Still = SVGSVGElement | HTMLImageElement;

/**
 * Returns the pictures that stand for the picture, from top to bottom, at their size on a slide.
 *
 * @param height what there is for it, in CSS pixels
 */
export function enlarge(still: Still, height: number): Still[] {
  const svg = still instanceof SVGSVGElement ? still : svgOf(still);
  if (svg !== undefined) return partsOf(svg, still, height);
  if (!(still instanceof HTMLImageElement)) return [still];
  const factor = Math.min(
    mostScale,
    figureRoom.width / Math.max(1, still.naturalWidth),
    height / Math.max(1, still.naturalHeight),
  );
  still.style.width = `${Math.floor(still.naturalWidth * factor)}px`;
  return [still];
}

/** Gives a drawing its size on a slide, with no text in it that is too small there. */
export function enlargeWhole(svg: SVGSVGElement, height: number): void {
  const { width, height: high } = svg.viewBox.baseVal;
  if (width === 0 || high === 0) return;
  const scale = Math.min(mostScale, figureRoom.width / width, height / high);
  resize(svg, width * scale, high * scale);
  const limit = Math.ceil((smallestText / scale) * 10) / 10;
  for (const { text, size } of textsOf(svg)) {
    if (size < limit) text.style.fontSize = `${limit}px`;
  }
}

function resize(svg: SVGSVGElement, width: number, height: number): void {
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
}

function svgOf(image: HTMLImageElement): SVGSVGElement | undefined {
  const data = /^data:image\/svg\+xml;base64,(.*)$/.exec(image.src)?.[1];
  if (data === undefined) return undefined;
  const parsed = new DOMParser().parseFromString(fromBase64(data), "image/svg+xml");
  const root = document.importNode(parsed.documentElement, true);
  return root instanceof SVGSVGElement && root.hasAttribute("viewBox") ? root : undefined;
}

interface SizedText {
  readonly text: SVGElement;
  /** In the drawing's own units. */
  readonly size: number;
}

function textsOf(svg: SVGSVGElement): SizedText[] {
  return [...svg.querySelectorAll<SVGElement>("text, tspan")].map((text) => ({
    text,
    size: parseFloat(getComputedStyle(text).fontSize),
  }));
}

/** Measures the drawing at its own size, and cuts it where it is too tall to be read in one. */
function partsOf(svg: SVGSVGElement, still: Still, most: number): Still[] {
  const { x, y, width, height } = svg.viewBox.baseVal;
  const place = measuringPlace(svg, still);
  resize(svg, width, height);
  try {
    const texts = textsOf(svg);
    const least = Math.min(smallestText * 2, ...texts.map(({ size }) => size));
    const widest = Math.min(mostScale, figureRoom.width / width);
    const whole = Math.min(widest, most / height);
    // As one image where its text stays legible; else as large as the width allows, in parts.
    const scale = whole * least >= smallestText * nearly ? whole : Math.min(widest, 1.3);
    const limit = smallestText / scale;
    for (const { text, size } of texts) if (size < limit) text.style.fontSize = `${limit}px`;
    const cuts = cutsOf(svg, height, figureRoom.height / scale);
    const alt = still instanceof SVGSVGElement ? still.getAttribute("aria-label") : still.alt;
    return cuts.slice(1).map((bottom, i) => {
      const top = cuts[i] ?? 0;
      const part = document.importNode(svg, true);
      part.setAttribute("viewBox", `${x} ${y + top} ${width} ${bottom - top}`);
      resize(part, width * scale, (bottom - top) * scale);
      const name = alt ?? "";
      const label = cuts.length === 2 ? name : `${name} (part ${i + 1} of ${cuts.length - 1})`;
      if (still instanceof HTMLImageElement) return imageOf(part, label);
      part.setAttribute("aria-label", label);
      return part;
    });
  } finally {
    place.remove();
  }
}

/** Puts the drawing where it has a size: of an image, away from the page's own rules. */
function measuringPlace(svg: SVGSVGElement, still: Still): HTMLElement {
  const place = document.createElement("div");
  place.style.cssText = "position:absolute;left:0;top:0;visibility:hidden";
  const inside = still instanceof HTMLImageElement ? place.attachShadow({ mode: "open" }) : place;
  if (svg.parentElement !== null) svg.replaceWith(document.importNode(svg, true));
  inside.append(svg);
  document.body.append(place);
  return place;
}

function imageOf(part: SVGSVGElement, alt: string): HTMLImageElement {
  const [width, height] = [part.getAttribute("width"), part.getAttribute("height")].map(Number);
  const image = new Image(Math.round(width ?? 0), Math.round(height ?? 0));
  image.src = `data:image/svg+xml;base64,${base64(new XMLSerializer().serializeToString(part))}`;
  image.alt = alt;
  return image;
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
