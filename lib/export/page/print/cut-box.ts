/** Boxes of lines that a page's end has torn: a browser draws their frames on to the end of the page, with nothing in them. */

/** Of a box that is torn, no more than this stays empty at the end of a page, in CSS pixels: two lines. */
const mostEmpty = 40;
/** Fewer lines than this do not make a box of their own before the end of a page. */
const fewLines = 3;
/** Nor do fewer than this go over. */
const fewLinesOver = 2;

/** Where a line begins: a place in a text. */
type LineStart = readonly [text: Node, offset: number];

/** Returns the boxes of lines of a part of the page, from the first to the last. */
export function boxesOf(part: Element): HTMLElement[] {
  return [part, ...part.querySelectorAll("pre")].filter(
    (one) => one instanceof HTMLElement && one.matches("pre"),
  ) as HTMLElement[];
}

/** Whether a box is torn by the end of a page and its frame goes on below the last line of that page. */
export function hasEmptyEnd(box: HTMLElement): boolean {
  const [first, second] = box.getClientRects();
  if (first === undefined || second === undefined) return false;
  const text = document.createRange();
  text.selectNodeContents(box);
  const lines = [...text.getClientRects()].filter(({ left }) => left < second.left);
  return first.bottom - Math.max(...lines.map(({ bottom }) => bottom)) > mostEmpty;
}

/** Whether too few lines of a torn box stand on either page: a browser that must not break behind it forgets orphans. */
export function hasFewLines(box: HTMLElement): boolean {
  const second = box.getClientRects()[1];
  if (second === undefined) return false;
  const starts = lineStarts(box);
  const over = firstOver(box, starts, second);
  return over >= 0 && (over + 1 < fewLines || starts.length - over < fewLinesOver);
}

/** Returns the first line of a torn box that stands on the second page, if enough of them stand on the first. */
export function lineOverleaf(box: HTMLElement): LineStart | undefined {
  const second = box.getClientRects()[1];
  if (second === undefined) return undefined;
  const starts = lineStarts(box);
  const at = firstOver(box, starts, second);
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
