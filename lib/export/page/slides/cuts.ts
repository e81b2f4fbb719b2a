/** Where a drawing that is too tall for a slide can be cut. */

/** A shape lower than this is not cut through, in the figure's own units. */
const wholeShape = 90;

/** What a cut leaves beside a line of text: a letter may be drawn beyond its line. */
const air = 1.5;

/** Where a drawing is cut. */
export interface Cuts {
  /** From 0 to the height. */
  readonly cuts: readonly number[];
  /** What is wrong with it, in slides: 1 for each piece, and less for each fault. */
  readonly cost: number;
}

/** What faults cost, in slides. */
const faults = {
  scrap: 0.8,
  throughShape: 0.4,
  throughSmall: 1.5,
  throughText: 5,
  uneven: 0.2,
} as const;

/** Pieces lower than this part of the room are a few lines that nobody would know what they belong to. */
const scrap = 0.25;

/** The distance of places where a drawing may be cut, in the drawing's own units. */
const grain = 2;

/**
 * Returns where to cut: into as few pieces as can be, through no line of text and no small shape, through no shape
 * at all where that can be, with no scrap and of about one height.
 *
 * @param most the height of a piece, in the drawing's own units
 */
export function cutsOf(svg: SVGSVGElement, height: number, most: number): Cuts {
  if (height <= most) return { cuts: [0, height], cost: 1 };
  const shapes = shapesOf(svg, height);
  const room = Math.max(grain, Math.floor(most / grain) * grain);
  const steps = Math.ceil(height / grain);
  const fair = height / Math.ceil(height / most);
  const price = Array.from({ length: steps }, (_, i) => priceOf(shapes, height, i * grain));
  // The best way to cut what is above each place: its cost, and where the last piece begins.
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let to = 1; to <= steps; to++) {
    const bottom = Math.min(height, to * grain);
    let found = { cost: Infinity, from: to - 1 };
    for (let from = Math.max(0, to - room / grain); from < to; from++) {
      const tall = bottom - from * grain;
      const uneven = Math.abs(tall - fair) / most;
      const cost =
        (best[from]?.cost ?? Infinity) +
        1 +
        (price[from] ?? 0) +
        (tall < most * scrap ? faults.scrap : 0) +
        faults.uneven * uneven * uneven;
      if (cost < found.cost) found = { cost, from };
    }
    best.push(found);
  }
  const cuts = [height];
  for (let at = steps; at > 0;) {
    at = best[at]?.from ?? 0;
    cuts.unshift(at * grain);
  }
  return { cuts, cost: best[steps]?.cost ?? Infinity };
}

/**
 * Returns where a drawing ends of which only the beginning has room: above the first line without room, or, where
 * lines of several columns leave no such place, at the end of the room. What is cut through then is hidden.
 */
export function endOf(svg: SVGSVGElement, height: number, most: number): number {
  if (height <= most) return height;
  const shapes = shapesOf(svg, height);
  for (let at = Math.floor(most); at > most * leastBeginning; at--) {
    if (priceOf(shapes, height, at) < faults.throughSmall) return at;
  }
  for (const { shape, top, bottom } of shapes) {
    if (isSmall(top, bottom) && top < most && most < bottom) shape.style.visibility = "hidden";
  }
  return most;
}

/** The part of the room that the beginning of a drawing fills at least. */
const leastBeginning = 0.75;

const isSmall = (top: number, bottom: number): boolean => bottom - top < wholeShape;

/** What it costs to cut a drawing at a place; what is as tall as the drawing is its frame or its grid. */
function priceOf(shapes: readonly Shape[], height: number, at: number): number {
  if (at === 0) return 0;
  const crossed = shapes.filter(({ top, bottom }) => top - air < at && at < bottom + air);
  const small = crossed.filter(({ top, bottom }) => isSmall(top, bottom));
  if (small.some(({ shape }) => shape.localName === "text")) return faults.throughText;
  if (small.length > 0) return faults.throughSmall;
  return crossed.some(({ top, bottom }) => bottom - top < height * 0.8) ? faults.throughShape : 0;
}

/** Returns where the shapes of a drawing begin and end that are not its frame, with a little room. */
export function contentOf(svg: SVGSVGElement, height: number): Extent {
  const drawn = shapesOf(svg, height, "rect, circle, ellipse, path, line, polygon").filter(
    ({ top, bottom }) => bottom > top && bottom - top < height * 0.8,
  );
  if (drawn.length === 0) return { top: 0, bottom: height };
  return {
    top: Math.max(0, Math.min(...drawn.map(({ top }) => top)) - around),
    bottom: Math.min(height, Math.max(...drawn.map(({ bottom }) => bottom)) + around),
  };
}

/** Above and below what is drawn, in the drawing's own units. */
const around = 8;

interface Extent {
  readonly top: number;
  readonly bottom: number;
}

interface Shape extends Extent {
  readonly shape: SVGElement;
}

/** From where to where each shape goes, in the drawing's own units: a deck is scaled to its screen. */
function shapesOf(
  svg: SVGSVGElement,
  height: number,
  shapes = "text, rect, circle, path, line",
): Shape[] {
  const place = svg.getBoundingClientRect();
  const inDrawing = (at: number): number => ((at - place.top) * height) / place.height;
  return [...svg.querySelectorAll<SVGGraphicsElement>(shapes)].map((shape) => {
    const { top, bottom } = shape.getBoundingClientRect();
    return { shape, top: inDrawing(top), bottom: inDrawing(bottom) };
  });
}
