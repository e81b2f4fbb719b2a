/** Makes a figure large enough for the last row: as it is, larger, or in parts on several slides. */
import { base64, fromBase64 } from "../../../views/draw/markup.js";
import { contentOf, cutsOf, endOf, type Cuts } from "./cuts.js";
import { makeLegible, textsOf } from "./legible.js";
import { figureRoom, smallestText } from "./size.js";
import { shortenSteps } from "./step-list.js";

/** The largest factor: a small figure blown up looks like a mistake. */
const mostScale = 1.7;
/** Text of this part of the size is made larger in its place, which has room for it. */
const nearly = 0.85;
/** The same where a figure is seen whole by that. */
const nearlyWhole = 0.76;
/** The same for the names in a drawing that is to be seen whole. */
const nearlyInDrawing = 0.64;

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
 * Gives a drawing its size on a slide, with no text in it that is too small there. A drawing that is too tall for
 * that goes without its title, which the player has, and the words below it; where that is not enough it
 * ends above the first line that has no room: a player shows a step, and what is below are its values.
 */
export function enlargeOne(svg: SVGSVGElement, height: number): void {
  const { x, y, width, height: high } = svg.viewBox.baseVal;
  if (width === 0 || high === 0) return;
  const least = Math.min(smallestText, ...textsOf(svg).map(({ size }) => size));
  const widest = Math.min(mostScale, figureRoom.width / width);
  const legible = smallestText / least;
  resize(svg, width, high);
  const { top, bottom } = contentOf(svg, high);
  const whole = Math.min(widest, height / (bottom - top));
  const isWhole = high * legible > height && whole >= legible * nearlyInDrawing;
  const scale = isWhole ? whole : Math.min(widest, Math.max(height / high, legible));
  makeLegible(svg, Math.ceil((smallestText / scale) * 10) / 10);
  const [from, to] = isWhole ? [top, bottom] : [0, endOf(svg, high, height / scale)];
  svg.setAttribute("viewBox", `${x} ${y + from} ${width} ${to - from}`);
  resize(svg, width * scale, (to - from) * scale);
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
    .find((scale) => scale >= legible * (nearlyWhole / nearly));
  if (whole !== undefined) return [whole];
  const large = Math.min(widest, 1.3);
  return legible < large ? [large, (large + legible) / 2, legible] : [large];
}

/** Measures the drawing at its own size, and cuts it where it is too tall to be read in one. */
function partsOf(svg: SVGSVGElement, still: Still, rooms: readonly number[]): Still[] {
  const place = measuringPlace(svg, still);
  try {
    resize(svg, svg.viewBox.baseVal.width, svg.viewBox.baseVal.height);
    shortenSteps(svg);
    const { x, y, width, height } = svg.viewBox.baseVal;
    const texts = textsOf(svg);
    const least = Math.min(smallestText * 2, ...texts.map(({ size }) => size));
    const most = Math.max(...rooms);
    const scale = divided(svg, height, scalesOf({ width, height }, rooms, least), most);
    makeLegible(svg, smallestText / scale);
    const { cuts } = cutsAt(svg, height, scale, most);
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

/** Returns the factor at which a drawing is divided best, the larger one of equals. */
function divided(
  svg: SVGSVGElement,
  height: number,
  scales: readonly number[],
  most: number,
): number {
  const [first = { scale: 1, cost: 0 }, ...further] = scales.map((scale) => ({
    scale,
    cost: cutsAt(svg, height, scale, most).cost,
  }));
  return further.reduce((best, one) => (one.cost < best.cost - worthSmaller ? one : best), first)
    .scale;
}

/** What has to be gained by smaller text, in slides. */
const worthSmaller = 0.3;

function cutsAt(svg: SVGSVGElement, height: number, scale: number, most: number): Cuts {
  return cutsOf(svg, height, scale * height <= most ? height : figureRoom.height / scale);
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
