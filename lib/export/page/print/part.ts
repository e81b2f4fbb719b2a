/** Where what else stays together is parted, so that a page is filled. */
import { boxesOf, cutBox, isTornWell, lineOverleaf } from "./cut-box.js";

const whole = "lab-whole";
/** Headings, and words that `keepTogether()` has found to lead on. */
const leading = 'h1, h2, h3, h4, p[style*="break-after"]';

/** Lets a page end between lines of what has gone over whole to the next; returns whether it then begins before. */
export function tear(piece: HTMLElement, returns: () => boolean): boolean {
  const parts = withWhatItLeadsTo(piece.closest<HTMLElement>(".lab-marked") ?? piece);
  const stays = ".lab-still, .lab-exercise, .lab-notes";
  if (parts.some((one) => one.matches(stays) || one.querySelector(stays) !== null)) return false;
  const inside = parts.flatMap((one) => [one, ...one.querySelectorAll(`.${whole}`)]);
  // Its words stay with the first lines of what they lead to.
  const letGo = piece.matches(`.${whole}`) ? holdWords(piece) : undefined;
  const parted = withoutWhole(inside, () => returns() && parts.every(canEnd));
  if (parted) parts.forEach(endWithPage);
  else letGo?.();
  return parted;
}

/** Words up to this height go over whole, in CSS pixels: a browser that must not break behind them forgets widows. */
const shortWords = 160;

/** Holds the words of a group to what they lead to; returns what undoes it. */
function holdWords(group: HTMLElement): () => void {
  const words = group.querySelector<HTMLElement>(":scope > .lab-prose");
  const short = (words?.offsetHeight ?? 0) < shortWords;
  const names = short ? ["lab-leads", whole] : ["lab-leads"];
  words?.classList.add(...names);
  const last = words?.lastElementChild;
  const paragraph =
    last instanceof HTMLElement && last.offsetHeight < shortWords ? last : undefined;
  if (paragraph !== undefined) paragraph.style.breakInside = "avoid";
  return () => {
    words?.classList.remove(...names);
    if (paragraph !== undefined) paragraph.style.breakInside = "";
  };
}

/** Whether the frame of what is torn ends with its lines, or can be made to; no table ends before it has to. */
function canEnd(part: Element): boolean {
  if ([part, ...part.querySelectorAll("table")].some(endsEarly)) return false;
  return boxesOf(part).every((box) => isTornWell(box) || lineOverleaf(box) !== undefined);
}

/** Ends the frame of what a page's end has torn with the last line of that page. */
export function endWithPage(part: Element): void {
  for (const box of boxesOf(part)) {
    const start = isTornWell(box) ? undefined : lineOverleaf(box);
    if (start !== undefined) cutBox(box, start);
  }
}

/** Of a page on which a table is torn, no more than this stays empty below its last row, in CSS pixels. */
const mostBelowRow = 60;

/** Whether a table is torn where a row as tall as many lines goes over. */
function endsEarly(part: Element): boolean {
  if (!part.matches("table")) return false;
  const [first, second] = part.getClientRects();
  if (first === undefined || second === undefined) return false;
  const bottoms = [...part.querySelectorAll("tr")].flatMap((row) =>
    [...row.getClientRects()].filter(({ left }) => left < second.left).map(({ bottom }) => bottom),
  );
  return first.bottom - Math.max(...bottoms) > mostBelowRow;
}

/** A heading, what stands below it, and what that leads to. */
function withWhatItLeadsTo(piece: Element): Element[] {
  const parts = [piece];
  for (let last: Element | null = piece; last?.matches(leading) === true;) {
    last = last.nextElementSibling;
    if (last !== null) parts.push(last);
  }
  return parts;
}

/** Lets a page end between an exercise and the room to write in; returns whether the exercise then begins before. */
export function writeOverleaf(piece: HTMLElement, returns: () => boolean): boolean {
  const exercise = piece.querySelector<HTMLElement>(":scope > .lab-exercise");
  if (exercise?.nextElementSibling?.matches(".lab-writing") !== true) return false;
  const letGo = holdWords(piece);
  exercise.style.breakAfter = "auto";
  if (withoutWhole([piece], returns)) return true;
  letGo();
  exercise.style.breakAfter = "";
  return false;
}

/** Lets a page end between code and its drawing, if that brings the code back to the page before. */
export function partWays(piece: HTMLElement, returns: () => boolean): boolean {
  const cell =
    piece.querySelector<HTMLElement>(".lab-cell") ?? piece.closest<HTMLElement>(".lab-cell");
  const code = cell?.querySelector<HTMLElement>(":scope > .lab-code");
  if (cell == null || code == null || cell.querySelector(".lab-still") === null) return false;
  // Of a timeline whose steps are a list, the code is a piece of its own, and stays one.
  const isCode = code.contains(piece);
  if (!isCode && !piece.contains(code)) return false;
  const { breakBefore } = cell.style;
  cell.style.breakBefore = "";
  code.style.breakAfter = "auto";
  const parted = isCode ? returns() : withoutWhole([piece, cell], returns);
  if (!parted) {
    cell.style.breakBefore = breakBefore;
    code.style.breakAfter = "";
  }
  return parted;
}

/** Lets a page end between a cell's code and its drawing. */
export function mayPart(cell: HTMLElement): void {
  const code = cell.querySelector<HTMLElement>(":scope > .lab-code");
  if (code === null || cell.querySelector(".lab-still") === null) return;
  cell.classList.remove(whole);
  cell.classList.add("lab-parted");
  code.style.breakAfter = "auto";
}

function withoutWhole(places: readonly Element[], returns: () => boolean): boolean {
  const kept = places.filter((one) => one.matches(`.${whole}`));
  for (const one of kept) one.classList.remove(whole);
  if (returns()) return true;
  for (const one of kept) one.classList.add(whole);
  return false;
}
