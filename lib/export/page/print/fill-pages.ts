/** Fills pages that would end early because what comes next stays whole: a browser tears columns as it tears pages. */
import { isStillRead } from "./figure-text.js";

/** The part of a page that may stay empty at its end. */
const mayStayEmpty = 0.22;
/** A drawing is not made smaller than this part of its size. */
const leastFactor = 0.72;
/** Room to write in grows to this many times its height at most. */
const mostWriting = 2.4;
/** Where more of a page would stay empty, code stands on it, and its drawing on the next. */
const mostlyEmpty = 0.7;
/** Of a cell that begins on a page, more than this is there, in CSS pixels. */
const sliver = 24;
/** What rounding and the margins of a page may cost, in CSS pixels. */
const slack = 6;

/** Where something begins and ends: on which page, and how far down it. */
interface Place {
  readonly page: number;
  readonly top: number;
  readonly endPage: number;
  readonly bottom: number;
}

/**
 * Goes through the pages once. Where one would end early, room to write in takes what is left, or the drawing
 * that has gone over to the next page is made smaller, as far as it can still be read.
 *
 * @param height of a page's text, in CSS pixels
 */
export function fillPages(height: number): void {
  const article = document.querySelector<HTMLElement>("article");
  if (article === null) return;
  const width = article.clientWidth;
  const { cssText } = article.style;
  article.style.cssText = `width:${width}px;height:${height}px;column-width:${width}px;column-gap:0;column-fill:auto`;
  const origin = article.getBoundingClientRect();
  const placeOf = (one: Element): Place => {
    const rects = [...one.getClientRects()];
    const [first, last] = [rects[0], rects.at(-1)];
    const page = ({ left }: DOMRect): number => Math.floor((left - origin.left + 1) / width);
    if (first === undefined || last === undefined) {
      return { page: 0, top: 0, endPage: 0, bottom: 0 };
    }
    return {
      page: page(first),
      top: first.top - origin.top,
      endPage: page(last),
      bottom: last.bottom - origin.top,
    };
  };
  let before: HTMLElement | undefined;
  for (const one of piecesOf(article)) {
    const last = before;
    before = one;
    if (last === undefined) continue;
    const [end, begin] = [placeOf(last), placeOf(one)];
    const left = height - end.bottom;
    if (begin.page !== end.endPage + 1 || left < height * mayStayEmpty) continue;
    const returns = (): boolean => placeOf(one).page === end.endPage;
    if (shrink(one, left, returns)) continue;
    const writing = last.matches(".lab-writing") ? last : last.querySelector(".lab-writing");
    if (writing instanceof HTMLElement) stretch(writing, left);
    else if (left > height * mostlyEmpty) loosen(one, returns);
  }
  for (const cell of article.querySelectorAll<HTMLElement>(".lab-cell")) {
    const [first, ...further] = cell.getClientRects();
    // Nothing but its border is left behind.
    if (first !== undefined && further.length > 0 && first.height < sliver) {
      cell.style.breakBefore = "page";
    }
  }
  article.style.cssText = cssText;
}

const cellWithOneDrawing = ".lab-cell:has(.lab-still):not(.lab-apart)";

/** What stands below one another: whole pieces, and paragraphs and lines of what may be torn. */
function* piecesOf(parent: Element): Generator<HTMLElement> {
  for (const one of parent.children) {
    if (!(one instanceof HTMLElement) || one.offsetHeight === 0) continue;
    const isWhole =
      one.matches(cellWithOneDrawing) ||
      one.matches(".lab-whole, .lab-writing, .lab-still, pre, p, table, li, h1, h2, h3");
    if (isWhole || one.childElementCount === 0) yield one;
    else yield* piecesOf(one);
  }
}

/** Makes the drawing of a piece smaller so that it goes back to the page before; returns whether it did. */
function shrink(piece: HTMLElement, room: number, returns: () => boolean): boolean {
  const [drawing, further] = piece.querySelectorAll<SVGElement | HTMLElement>(".lab-still > *");
  if (drawing === undefined || further !== undefined) return false;
  const tall = drawing.getBoundingClientRect().height;
  const { marginTop } = getComputedStyle(piece);
  const rest = piece.getBoundingClientRect().height - tall + parseFloat(marginTop);
  const factor = Math.min(1, (room - rest - slack) / tall);
  if (factor < leastFactor || !isStillRead(drawing, factor)) return false;
  const { maxHeight } = drawing.style;
  drawing.style.maxHeight = `${Math.floor(tall * factor)}px`;
  if (returns()) return true;
  drawing.style.maxHeight = maxHeight;
  return false;
}

/** Lets a page end between code and its drawing, if that brings the code back to the page before. */
function loosen(piece: HTMLElement, returns: () => boolean): void {
  const cell = piece.matches(".lab-cell") ? piece : piece.querySelector<HTMLElement>(".lab-cell");
  const code = cell?.querySelector<HTMLElement>(":scope > .lab-code");
  if (cell == null || code == null || cell.querySelector(".lab-still") === null) return;
  const kept = [piece, cell].filter((one) => one.matches(".lab-whole"));
  for (const one of kept) one.classList.remove("lab-whole");
  code.style.breakAfter = "auto";
  if (returns()) return;
  for (const one of kept) one.classList.add("lab-whole");
  code.style.breakAfter = "";
}

function stretch(writing: HTMLElement, room: number): void {
  const own = writing.getBoundingClientRect().height;
  const { marginBottom } = getComputedStyle(writing);
  const grown = Math.min(own * mostWriting, own + room - parseFloat(marginBottom) - slack);
  if (grown > own) writing.style.height = `${Math.floor(grown)}px`;
}
