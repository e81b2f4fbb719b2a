/** Makes small text of a drawing larger in its place, as far as what stands around it leaves room. */

/** What a text has on either side in the box that is drawn around it, in the drawing's own units. */
const inset = 3;
/** A box that is taller than this is a panel with much in it, and no text's own. */
const tallestBox = 60;

/** A text with its size, in the drawing's own units. */
export interface SizedText {
  readonly text: SVGElement;
  readonly size: number;
}

/** Returns the texts of a drawing. */
export function textsOf(svg: SVGSVGElement): SizedText[] {
  return [...svg.querySelectorAll<SVGElement>("text, tspan")].map((text) => ({
    text,
    size: parseFloat(getComputedStyle(text).fontSize),
  }));
}

/**
 * Gives every text of the drawing at least that size. What would then run over its neighbour, out of its box or
 * out of the drawing is set closer.
 *
 * @param least in the drawing's own units
 */
export function makeLegible(svg: SVGSVGElement, least: number): void {
  const small = textsOf(svg).filter(({ size }) => size < least);
  if (small.length === 0) return;
  const before = new Map(placesOf(svg).map(({ text, place }) => [text, place]));
  for (const { text } of small) text.style.fontSize = `${least}px`;
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  if (!(scale > 0)) return;
  const now = placesOf(svg);
  const boxes = [...svg.querySelectorAll("rect")].map((one) => one.getBoundingClientRect());
  const edge = svg.getBoundingClientRect().right;
  for (const { text, place } of now) {
    const was = before.get(text);
    if (was === undefined || place.width <= was.width) continue;
    const own = boxes.find((one) => contains(one, was) && one.height < tallestBox * scale);
    const runsOver =
      place.right > edge ||
      now.some(
        (other) => other.text !== text && meet(other.place, place) && !meet(other.place, was),
      );
    const most = Math.min(
      own === undefined ? Infinity : own.width - 2 * inset * scale,
      runsOver && own === undefined ? was.width : Infinity,
      widthBetween(boxes, { text, was, place, edge: inset * scale }),
    );
    const isTooWide = place.width > most || (runsOver && own !== undefined);
    if (!isTooWide || most <= 0) continue;
    text.setAttribute("textLength", String(most / scale));
    text.setAttribute("lengthAdjust", "spacingAndGlyphs");
  }
}

/** A text before and after it was made larger, and what it keeps clear of the edge of a box. */
interface Grown {
  readonly text: SVGElement;
  readonly was: DOMRect;
  readonly place: DOMRect;
  readonly edge: number;
}

/** Returns how wide the text may be for the box in which it stands, and for the next one beside it. */
function widthBetween(boxes: readonly DOMRect[], { text, was, place, edge }: Grown): number {
  const isCentred = getComputedStyle(text).textAnchor === "middle";
  const widths = boxes.map((box) => {
    if (contains(box, was)) {
      if (contains(box, place)) return Infinity;
      const middle = (was.left + was.right) / 2;
      const half = Math.min(middle - box.left, box.right - middle) - edge;
      return Math.max(was.width, isCentred ? 2 * half : box.right - edge - was.left);
    }
    if (!meet(box, place) || meet(box, was)) return Infinity;
    return box.left > was.left && !isCentred ? box.left - edge - was.left : was.width;
  });
  return Math.min(...widths, Infinity);
}

interface Placed {
  readonly text: SVGElement;
  readonly place: DOMRect;
}

function placesOf(svg: SVGSVGElement): Placed[] {
  return [...svg.querySelectorAll<SVGElement>("text")].map((text) => ({
    text,
    place: text.getBoundingClientRect(),
  }));
}

function contains(box: DOMRect, one: DOMRect): boolean {
  return (
    box.left <= one.left && one.right <= box.right && box.top <= one.top && one.bottom <= box.bottom
  );
}

/** Whether a text shares more than the edge of its line with another, or with a box. */
function meet(one: DOMRect, other: DOMRect): boolean {
  const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  return wide > 0 && high > Math.min(one.height, other.height) / 2;
}
