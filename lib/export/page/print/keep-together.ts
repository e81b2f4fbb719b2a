/** What must not be torn apart by the end of a page, as far as a page can hold it. */

/** The part of a page that one drawing may take, and that a cell with one may. */
const mostDrawing = 0.82;
const mostCell = 0.92;
/** A drawing is not made smaller than this part of a page, for code that is as long as one. */
const leastDrawing = 0.45;

/** What stays whole, and up to which part of a page. */
const wholes: readonly (readonly [selector: string, most: number])[] = [
  [".lab-cell:has(.lab-figure)", mostCell],
  [".lab-cell", 0.4],
  [".lab-code", 0.4],
  [".lab-marked", 0.5],
  [".lab-prose > pre, .lab-scroll, table, blockquote", 0.5],
  [".lab-prose > ul, .lab-prose > ol", 0.25],
];

/**
 * Marks what stays whole, and what must not be the last on its page.
 *
 * @param height of a page's text, in CSS pixels
 */
export function keepTogether(height: number): void {
  for (const drawing of document.querySelectorAll<HTMLElement>(".lab-still > *")) {
    drawing.style.maxHeight = `${Math.floor(height * mostDrawing)}px`;
    const cell = drawing.closest(".lab-cell");
    if (cell === null || cell.querySelectorAll(".lab-still").length > 1) continue;
    const rest = cell.getBoundingClientRect().height - drawing.getBoundingClientRect().height;
    const room = Math.max(height * leastDrawing, height * mostCell - rest);
    if (room < height * mostDrawing) drawing.style.maxHeight = `${Math.floor(room)}px`;
  }
  for (const [selector, most] of wholes) {
    for (const place of document.querySelectorAll<HTMLElement>(selector)) {
      if (place.getBoundingClientRect().height <= height * most) place.classList.add("lab-whole");
    }
  }
  for (const prose of document.querySelectorAll<HTMLElement>(".lab-prose")) {
    const last = prose.lastElementChild;
    if (last === null || !(leadsOn(last) || isShort(prose))) continue;
    for (const one of [prose, last]) one.classList.add("lab-leads");
  }
}

/** A heading, and words that end in the middle of something. */
function leadsOn(last: Element): boolean {
  return last.matches("h1, h2, h3, h4") || /[:,?]$/.test(last.textContent.trim());
}

/** A heading and a line or two look lost without what they are about. */
function isShort(prose: HTMLElement): boolean {
  return prose.querySelector("h1, h2, h3") !== null && prose.getBoundingClientRect().height < 150;
}
