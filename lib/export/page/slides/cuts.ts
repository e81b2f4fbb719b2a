/** Where a drawing that is too tall for a slide can be cut. */

/** A shape lower than this is not cut through, in the figure's own units. */
const wholeShape = 90;

/** What a cut leaves beside a line of text: a letter may be drawn beyond its line. */
const air = 1.5;

/** Where a drawing is cut. */
export interface Cuts {
  /** From 0 to the height. */
  readonly cuts: readonly number[];
  /** No shape is cut through. */
  readonly isClear: boolean;
}

/**
 * Returns where to cut: through no line of text and no small shape, and through no shape at all where that
 * can be.
 *
 * @param fullest the part of the room that a piece takes at least
 */
export function cutsOf(svg: SVGSVGElement, height: number, most: number, fullest = 0.6): Cuts {
  if (height <= most) return { cuts: [0, height], isClear: true };
  const shapes = shapesOf(svg, height);
  const outside =
    (low: number) =>
    (at: number): boolean =>
      !shapes.some(({ top, bottom }) => bottom - top < low && top - air < at && at < bottom + air);
  // What is as tall as the drawing is its frame or its grid.
  const [free, clear] = [outside(wholeShape), outside(height * 0.8)];
  const parts = Math.ceil(height / most);
  const cuts = [0];
  for (let from = 0; height - from > most;) {
    // Parts of about one height look better than a rest of two lines.
    const wanted = Math.max(height / parts, Math.min(most, height - from) * fullest);
    const down = Array.from({ length: Math.floor(most) }, (_, i) => from + i + 1);
    const near = down.filter((at) => at - from >= wanted && at - from <= most);
    const at =
      near.find((one) => clear(one) && !isScrap(height - one, most)) ??
      near.find(free) ??
      down.findLast(free) ??
      from + most;
    cuts.push(at);
    from = at;
  }
  return { cuts: [...cuts, height], isClear: cuts.every(clear) };
}

/** A few lines that nobody would know what they belong to. */
const isScrap = (rest: number, most: number): boolean => rest < most * 0.25;

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

/** From where to where each shape goes, in the drawing's own units: a deck is scaled to its screen. */
function shapesOf(
  svg: SVGSVGElement,
  height: number,
  shapes = "text, rect, circle, path, line",
): Extent[] {
  const place = svg.getBoundingClientRect();
  const inDrawing = (at: number): number => ((at - place.top) * height) / place.height;
  return [...svg.querySelectorAll<SVGGraphicsElement>(shapes)]
    .map((one) => one.getBoundingClientRect())
    .map(({ top, bottom }) => ({ top: inDrawing(top), bottom: inDrawing(bottom) }));
}
