/** Boxes of lines that a page's end has torn: a browser draws their frames on to the end of the page, with nothing in them. */

/** Of a box that is torn, no more than this stays empty at the end of a page, in CSS pixels: two lines. */
const mostEmpty = 40;
/** Fewer lines than this do not make a box of their own before the end of a page. */
const fewLines = 3;
/** Nor do fewer than this go over. */
const fewLinesOver = 2;

/** Keeps a box whole that has too few lines for two pages: else a browser tears it rather than the code above it. */
export function keepShortBox(box: HTMLElement): void {
  if (lineStarts(box).length + 1 < fewLines + fewLinesOver) box.style.breakInside = "avoid";
}

/** Where a line begins: a place in a text. */
type LineStart = readonly [text: Node, offset: number];

/** Returns the boxes of lines of a part of the page, from the first to the last. */
export function boxesOf(part: Element): HTMLElement[] {
  return [part, ...part.querySelectorAll("pre")].filter(
    (one) => one instanceof HTMLElement && one.matches("pre"),
  ) as HTMLElement[];
}

/**
 * Whether a box is whole, or torn so that it can stay: with some lines on either page, and no frame that goes on below
 * the last line of the first. (A browser that must not break behind a box forgets its orphans and widows.)
 */
export function isTornWell(box: HTMLElement): boolean {
  const [first, second] = box.getClientRects();
  if (first === undefined || second === undefined) return true;
  const starts = lineStarts(box);
  const over = firstOver(box, starts, second);
  if (over + 1 < fewLines || starts.length - over < fewLinesOver) return false;
  const text = document.createRange();
  text.selectNodeContents(box);
  const here = [...text.getClientRects()].filter(({ left }) => left < second.left);
  return first.bottom - Math.max(...here.map(({ bottom }) => bottom)) <= mostEmpty;
}

/** Returns the line with which a torn box can begin anew on the second page, if that leaves enough on the first. */
export function lineOverleaf(box: HTMLElement): LineStart | undefined {
  const second = box.getClientRects()[1];
  if (second === undefined) return undefined;
  const starts = lineStarts(box);
  const at = Math.min(firstOver(box, starts, second), starts.length - fewLinesOver);
  return at + 1 < fewLines ? undefined : starts[at];
}

function firstOver(
  box: HTMLElement,
  starts: readonly LineStart[],
  { left: page }: DOMRect,
): number {
  return starts.findIndex((start, index) =>
    [...lineRange(box, start, starts[index + 1]).getClientRects()].some(
      ({ left, width }) => width > 0 && left >= page,
    ),
  );
}

/** Makes two boxes of one: the second begins with a line. */
export function cutBox(box: HTMLElement, start: LineStart): void {
  const rest = document.importNode(box, false);
  rest.append(lineRange(box, start, undefined).extractContents());
  const frame = box.closest<HTMLElement>(".lab-code");
  if (frame === null) {
    box.after(rest);
    return;
  }
  const restFrame = document.importNode(frame, false);
  restFrame.append(rest);
  frame.after(restFrame);
}

/** Every line but the first. */
function lineStarts(box: HTMLElement): LineStart[] {
  const starts: LineStart[] = [];
  const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    for (const { index } of (text.textContent ?? "").matchAll(/\n/g))
      starts.push([text, index + 1]);
  }
  // Behind the last end of a line there is none.
  return box.textContent.endsWith("\n") ? starts.slice(0, -1) : starts;
}

function lineRange(box: HTMLElement, [text, offset]: LineStart, end: LineStart | undefined): Range {
  const range = document.createRange();
  range.selectNodeContents(box);
  range.setStart(text, offset);
  if (end !== undefined) range.setEnd(...end);
  return range;
}
