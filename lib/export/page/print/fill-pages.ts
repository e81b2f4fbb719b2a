/** Fills pages that would end early because what comes next stays whole: a browser tears columns as it tears pages. */
import { endWithPage, partWays, tear, writeOverleaf } from "./part.js";
import { shrinkDrawing, shrinkWriting, stretchWriting } from "./resize.js";
import { stepsGoAhead } from "./steps-ahead.js";

/** The part of a page that may stay empty at its end. */
const mayStayEmpty = 0.22;
/** Where more of a page would stay empty, code stands on it, and its drawing on the next. */
const mostlyEmpty = 0.4;
/** Of a cell that begins on a page, more than this is there, in CSS pixels. */
const sliver = 24;

/** Where something begins and ends: on which page, and how far down it. */
interface Place {
  readonly page: number;
  readonly top: number;
  readonly endPage: number;
  readonly bottom: number;
}

/**
 * Goes through the pages once. Where one would end early, the drawing that has gone over to the next page is made
 * smaller, as far as it can still be read; or room to write in, there or here, has another height, or alone goes
 * over; or what has gone over is torn between lines of code; or the steps of a drawing go ahead of it, or its code.
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
    leaveNoSliver(one);
    endWithPage(one);
    if (last === undefined) continue;
    const [end, begin] = [placeOf(last), placeOf(one)];
    const left = height - end.bottom;
    if (begin.page !== end.endPage + 1 || left < height * mayStayEmpty) continue;
    const isHere = (part: Element): boolean => placeOf(part).endPage === end.endPage;
    const returns = (): boolean => placeOf(one).page === end.endPage;
    const filled =
      shrinkDrawing(one, left, returns) ||
      shrinkWriting(one, left, returns) ||
      stretchWriting(last, left) ||
      writeOverleaf(one, returns) ||
      tear(one, returns) ||
      stepsGoAhead(one, isHere);
    if (!filled && left > height * mostlyEmpty) partWays(one, returns);
  }
  article.style.cssText = cssText;
}

/** Puts the cell that a piece belongs to on the next page if nothing but its border is left on this one. */
function leaveNoSliver(piece: HTMLElement): void {
  const cell = piece.closest<HTMLElement>(".lab-cell");
  const [first, ...further] = cell?.getClientRects() ?? [];
  if (cell !== null && first !== undefined && further.length > 0 && first.height < sliver) {
    cell.style.breakBefore = "page";
  }
}

const cellWithOneDrawing = ".lab-cell:has(.lab-still):not(.lab-apart, .lab-parted)";
/** The number of a cell stands beside its first line. */
const beside = ".lab-cell-head";
const drawingOfParted = ".lab-parted .lab-figure:has(.lab-still)";

/** What stands below one another: whole pieces, and paragraphs and lines of what may be torn. */
function* piecesOf(parent: Element): Generator<HTMLElement> {
  for (const one of parent.children) {
    if (!(one instanceof HTMLElement) || one.offsetHeight === 0 || one.matches(beside)) continue;
    const isWhole =
      one.matches(cellWithOneDrawing) ||
      one.matches(drawingOfParted) ||
      one.matches(".lab-whole, .lab-writing, .lab-still, pre, p, table, li, h1, h2, h3");
    if (isWhole || one.childElementCount === 0) yield one;
    else yield* piecesOf(one);
  }
}
