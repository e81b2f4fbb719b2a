/** Makes a figure large enough for the last row: as it is, larger, or in parts on several slides. */
import { base64, fromBase64 } from "../../../views/draw/markup.js";
import { cutsOf } from "./cuts.js";
import { figureRoom, smallestText } from "./size.js";

/** The largest factor: a small figure blown up looks like a mistake. */
const mostScale = 1.7;
/** Text of this part of the size is made larger in its place, which has room for it. */
const nearly = 0.85;

/** A figure as it stands in a page: a drawing of its own, or an image. */
export type Still = SVGSVGElement | HTMLImageElement;

/**
 * Returns the pictures that stand for the picture, from top to bottom, at their size on a slide.
 *
 * @param rooms what there is for it, in CSS pixels: with the words and the code that it stands with, then less of them
 */
export function enlarge(still: Still, rooms: readonly number[]): Still[] {
  const svg = still instanceof SVGSVGElement ? still : svgOf(still);
  if (svg !== undefined) return partsOf(svg, still, rooms);
  if (!(still instanceof HTMLImageElement)) return [still];
  const factor = Math.min(
    mostScale,
    figureRoom.width / Math.max(1, still.naturalWidth),
    (rooms[0] ?? figureRoom.height) / Math.max(1, still.naturalHeight),
  );
  still.style.width = `${Math.floor(still.naturalWidth * factor)}px`;
  return [still];
}

/**
 * Gives a drawing its size on a slide, with no text in it that is too small there. What is too tall for that
 * ends above the first line that has no room: a player shows a step, and what is below are its values.
 */
export function enlargeOne(svg: SVGSVGElement, height: number): void {
  const { x, y, width, height: high } = svg.viewBox.baseVal;
  if (width === 0 || high === 0) return;
  const texts = textsOf(svg);
  const least = Math.min(smallestText, ...texts.map(({ size }) => size));
  const widest = Math.min(mostScale, figureRoom.width / width);
  const scale = Math.min(widest, Math.max(height / high, smallestText / least));
  const limit = Math.ceil((smallestText / scale) * 10) / 10;
  for (const { text, size } of texts) if (size < limit) text.style.fontSize = `${limit}px`;
  resize(svg, width, high);
  const [, shown = high] = cutsOf(svg, high, height / scale, 0.9).cuts;
  svg.setAttribute("viewBox", `${x} ${y} ${width} ${shown}`);
  resize(svg, width * scale, shown * scale);
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

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Returns the factors at which the smallest text of a drawing is legible, best first: as one image in the
 * first room that lets it be; else in parts, as large as the width allows or just legible.
 */
function scalesOf({ width, height }: Size, rooms: readonly number[], least: number): number[] {
  const widest = Math.min(mostScale, figureRoom.width / width);
  const legible = (smallestText * nearly) / least;
  const whole = rooms
    .map((room) => Math.min(widest, room / height))
    .find((scale) => scale >= legible);
  if (whole !== undefined) return [whole];
  const large = Math.min(widest, 1.3);
  return legible < large ? [large, legible] : [large];
}

/** Measures the drawing at its own size, and cuts it where it is too tall to be read in one. */
function partsOf(svg: SVGSVGElement, still: Still, rooms: readonly number[]): Still[] {
  const { x, y, width, height } = svg.viewBox.baseVal;
  const place = measuringPlace(svg, still);
  resize(svg, width, height);
  try {
    const texts = textsOf(svg);
    const least = Math.min(smallestText * 2, ...texts.map(({ size }) => size));
    const [scale, cuts] = divided(
      svg,
      height,
      scalesOf({ width, height }, rooms, least),
      Math.max(...rooms),
    );
    const limit = smallestText / scale;
    for (const { text, size } of texts) if (size < limit) text.style.fontSize = `${limit}px`;
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

/** Cuts a drawing at the first of the factors at which that goes through no shape. */
function divided(
  svg: SVGSVGElement,
  height: number,
  [first = 1, ...further]: readonly number[],
  most: number,
): readonly [scale: number, cuts: readonly number[]] {
  const at = (scale: number) =>
    cutsOf(svg, height, scale * height <= most ? height : figureRoom.height / scale);
  const own = at(first);
  if (own.isClear) return [first, own.cuts];
  for (const scale of further) {
    const { cuts, isClear } = at(scale);
    if (isClear && cuts.length <= own.cuts.length) return [scale, cuts];
  }
  return [first, own.cuts];
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
