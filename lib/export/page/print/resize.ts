/** Drawings and room to write in, made smaller or larger for what a page has left. */
import { isStillRead } from "./figure-text.js";

/** A drawing is not made smaller than this part of its size. */
const leastFactor = 0.6;
/** Room to write in has between these parts of its height. */
const leastWriting = 0.6;
const mostWriting = 4;
const hardlySmaller = 0.9;
/** What rounding and the margins of a page may cost, in CSS pixels. */
const slack = 6;

/** Makes the drawing of a piece smaller so that it goes back to the page before; returns whether it did. */
export function shrinkDrawing(piece: HTMLElement, room: number, returns: () => boolean): boolean {
  // Of a timeline whose steps are a list, the lanes.
  const lanes = cellAround(piece, ".lab-apart");
  const drawings = (lanes ?? piece).querySelectorAll<SVGElement | HTMLElement>(".lab-still > *");
  const [drawing, further] = drawings;
  if (drawing === undefined || (further !== undefined && lanes === undefined)) return false;
  if (!isFrom(piece, drawing)) return false;
  const { height: tall, bottom } = drawing.getBoundingClientRect();
  const down = bottom - piece.getBoundingClientRect().top;
  const needed = lanes === undefined ? heightOf(piece) : down + marginOf(piece);
  const factor = Math.min(1, (room - needed + tall - slack) / tall);
  if (factor < leastFactor || !isStillRead(drawing, factor)) return false;
  const { maxHeight } = drawing.style;
  drawing.style.maxHeight = `${Math.floor(tall * factor)}px`;
  if (returns()) return true;
  drawing.style.maxHeight = maxHeight;
  return false;
}

/** Makes the room to write in of a piece lower so that it goes back to the page before; returns whether it did. */
export function shrinkWriting(piece: HTMLElement, room: number, returns: () => boolean): boolean {
  const next = piece.nextElementSibling;
  // It may be part of the piece, or be kept with it.
  const behind = next instanceof HTMLElement && next.matches(".lab-writing") ? next : undefined;
  const writing = writingOf(piece) ?? behind;
  if (writing === undefined) return false;
  const tall = writing.getBoundingClientRect().height;
  const { bottom } = piece.getBoundingClientRect();
  const rest = behind === undefined ? -tall : behind.getBoundingClientRect().top - bottom;
  // What misses by its margins alone is made smaller by as much.
  const height = Math.min(room - heightOf(piece) - rest - slack, tall * hardlySmaller);
  if (height < tall * leastWriting) return false;
  writing.style.height = `${Math.floor(height)}px`;
  if (returns()) return true;
  writing.style.height = "";
  return false;
}

/** Gives the room of a page to the room to write in at its end; returns whether there is such. */
export function stretchWriting(piece: HTMLElement, room: number): boolean {
  const writing = writingOf(piece);
  if (writing === undefined) return false;
  const own = writing.getBoundingClientRect().height;
  const { marginBottom } = getComputedStyle(writing);
  const grown = Math.min(own * mostWriting, own + room - parseFloat(marginBottom) - slack);
  if (grown > own) writing.style.height = `${Math.floor(grown)}px`;
  return true;
}

function writingOf(piece: HTMLElement): HTMLElement | undefined {
  const selector = ".lab-writing";
  const writing = piece.matches(selector) ? piece : piece.querySelector<HTMLElement>(selector);
  return writing ?? undefined;
}

/** The cell that a piece is in, or that it leads to. */
function cellAround(piece: HTMLElement, cell: string): Element | undefined {
  const next = piece.matches(".lab-leads") ? piece.nextElementSibling : null;
  return piece.closest(cell) ?? (next?.matches(cell) === true ? next : undefined);
}

/** Whether a drawing is in a piece or comes after it. */
function isFrom(piece: Element, drawing: Element): boolean {
  const { DOCUMENT_POSITION_FOLLOWING: after } = Node;
  return (piece.compareDocumentPosition(drawing) & after) !== 0;
}

/** The height of a piece, and of the margin above it. */
function heightOf(piece: HTMLElement): number {
  return piece.getBoundingClientRect().height + marginOf(piece);
}

function marginOf(piece: HTMLElement): number {
  return parseFloat(getComputedStyle(piece).marginTop);
}
