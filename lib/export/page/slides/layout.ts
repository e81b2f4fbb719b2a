/** Lays blocks out on slides: what belongs together stands together, and nothing is lower than its slide. */
import { apart } from "./apart.js";
import { outerHeight } from "../measure/outer-height.js";
import { room, smallestText } from "./size.js";

/** Words of more characters than this are not said twice. */
const longestLead = 220;

/** What is said again of more words is their last sentence: so tall is its line. */
const oneLine = 48;

/** What smaller text may be taller than its size says, since its lines break elsewhere. */
const reflow = 1.12;

/** Puts the blocks of a slide on it and on as many further ones, below it, as they need. */
export function layOut(slide: HTMLElement): void {
  const blocks = [...slide.children].filter(
    (child): child is HTMLElement => child instanceof HTMLElement && !child.matches("aside"),
  );
  const heading = headingOf(slide);
  const isFirst = blocks[0]?.querySelector("h1, h2, h3") !== null;
  if (!isFirst && heading !== "") slide.prepend(continued(heading));
  let current = slide;
  let filled = heightOf(slide.querySelector(":scope > .lab-continued"));
  let lead: HTMLElement | undefined;
  const begin = (piece: HTMLElement | undefined, tall: number): void => {
    const before = current;
    current = slideAfter(current, heading);
    filled = heightOf(...current.children);
    if (piece === undefined || lead === undefined) return;
    // Where what the words lead to has begun, code goes on without them; a figure stands with them.
    const isLast = before.lastElementChild === lead;
    if (!isLast && piece.querySelector(".lab-figure") === null) return;
    const last = [...lead.querySelectorAll<HTMLElement>(".lab-prose > p")].at(-1);
    if (last === undefined) return;
    const words = last.textContent.length > longestLead ? oneLine : outerHeight(last);
    if (filled + words + tall > room.height) return;
    current.append(saidAgain(lead, last, isLast));
    filled = heightOf(...current.children);
  };
  const put = (block: HTMLElement): void => {
    if (block.parentElement !== current) current.append(block);
    filled += outerHeight(block);
    if (block.querySelector(".lab-prose") !== null) lead = block;
  };
  for (const group of groupsOf(blocks)) {
    for (const block of group) block.remove();
    if (hasBlock(current) && filled + total(current, group) > room.height) {
      const fitsAlone = total(current, group) + 60 <= room.height;
      if (fitsAlone) begin(undefined, 0);
    }
    for (const block of group) {
      for (const piece of piecesOf(current, block, filled)) {
        const isShown = piece.querySelector(".lab-output, .lab-code") !== null;
        const tall = leastHeight(current, piece);
        if (hasBlock(current) && filled + tall > room.height) {
          begin(isShown ? piece : undefined, tall);
          piece.classList.remove("fragment");
        }
        put(piece);
        fit(piece, room.height - filled + outerHeight(piece));
      }
    }
  }
}

/** Headings and words that lead to something stay with what follows, and an exercise with its cell. */
function groupsOf(blocks: readonly HTMLElement[]): HTMLElement[][] {
  const groups: HTMLElement[][] = [];
  let open = false;
  for (const [at, block] of blocks.entries()) {
    const last = groups.at(-1);
    if (open && last !== undefined) last.push(block);
    else groups.push([block]);
    open = leadsOn(block) || blocks[at + 1]?.querySelector(".lab-mark") != null;
  }
  return groups;
}

/** True of a heading alone, and of words that end with a colon, a comma or a question. */
export function leadsOn(block: HTMLElement): boolean {
  const prose = block.querySelector(".lab-prose");
  if (prose === null) return false;
  return (
    /[:,?]$/.test(prose.textContent.trim()) ||
    prose.lastElementChild?.matches("h1, h2, h3, h4") === true
  );
}

/** The part of a slide that the beginning of a long text needs. */
const leastBeginning = 0.35;

/** The block, or what it consists of where it is too tall for what is left of a slide. */
function piecesOf(slide: HTMLElement, block: HTMLElement, filled: number): HTMLElement[] {
  const least = leastHeight(slide, block);
  slide.append(block);
  const rest = room.height - filled;
  const fitsHere = least <= rest;
  // A slide with a few words on it has room for a part.
  const fitsNext = least <= room.height - 60 && filled > room.height / 2;
  const left = rest < room.height * leastBeginning ? room.height : rest;
  const pieces = fitsHere || fitsNext ? [block] : apart(block, left);
  for (const piece of pieces) piece.remove();
  return pieces;
}

/** The height of a block in the smallest text that can be read. */
function leastHeight(slide: HTMLElement, block: HTMLElement): number {
  slide.append(block);
  const height = outerHeight(block);
  const zoom = leastZoom(block);
  block.remove();
  return zoom === 1 ? height : Math.min(height, height * zoom * reflow);
}

/** The height of blocks as they would stand on the slide. */
function total(slide: HTMLElement, blocks: readonly HTMLElement[]): number {
  slide.append(...blocks);
  const height = blocks.reduce((sum, block) => sum + outerHeight(block), 0);
  for (const block of blocks) block.remove();
  return height;
}

function heightOf(...elements: readonly (Element | null)[]): number {
  return elements.reduce(
    (sum, one) => sum + (one instanceof HTMLElement ? outerHeight(one) : 0),
    0,
  );
}

function hasBlock(slide: HTMLElement): boolean {
  return slide.querySelector(":scope > .lab-block:not(.lab-said-again)") !== null;
}

/** The heading under which the slide stands. */
function headingOf(slide: Element | null): string {
  if (slide === null) return "";
  const [heading] = slide.querySelectorAll("h1, h2, h3, .lab-continued");
  return heading?.textContent ?? headingOf(slide.previousElementSibling);
}

function slideAfter(slide: HTMLElement, heading: string): HTMLElement {
  const next = document.createElement("section");
  next.append(continued(heading));
  slide.after(next);
  return next;
}

/** The heading of a slide that goes on with what was begun on another. */
export function continued(heading: string): HTMLElement {
  const again = document.createElement("h3");
  again.className = "lab-continued";
  again.textContent = heading;
  return again;
}

/**
 * The last words of what leads to a figure, for the slide on which the figure stands. Words that end with
 * a colon leave the slide before where they are its last, unless nothing would be left there.
 */
function saidAgain(lead: HTMLElement, last: HTMLElement, isLast: boolean): HTMLElement {
  const again = document.createElement("div");
  again.className = "lab-block lab-said-again";
  if (last.textContent.length > longestLead) {
    const sentence = isLast ? lastSentence(last) : undefined;
    if (sentence !== undefined) again.append(sentence);
    return again;
  }
  const before = [...(lead.parentElement?.querySelectorAll("p, ul, ol, pre, table, img") ?? [])];
  const goes =
    isLast && /[:,]$/.test(last.textContent.trim()) && before.some((one) => one !== last);
  again.append(goes ? last : document.importNode(last, true));
  return again;
}

/** The sentence that ends a paragraph with a colon, taken out of it. */
function lastSentence(paragraph: HTMLElement): HTMLElement | undefined {
  const text = paragraph.lastChild;
  const [, start, sentence] = /^([^]*[.!?] )([^.!?]+:)\s*$/.exec(text?.textContent ?? "") ?? [];
  if (text === null || start === undefined || sentence === undefined) return undefined;
  text.textContent = start;
  const own = document.createElement("p");
  own.textContent = sentence;
  return own;
}

/** The factor at which the smallest text of the block can still be read; figures have their size. */
function leastZoom(block: HTMLElement): number {
  if (block.querySelector(".lab-figure") !== null) return 1;
  const sizes = [...block.querySelectorAll<HTMLElement>("p, li, pre, td, th, span, code")]
    .filter((one) => one.getClientRects().length > 0)
    .map((one) => parseFloat(getComputedStyle(one).fontSize));
  return Math.min(1, smallestText / Math.min(...sizes, smallestText * 2));
}

/** Makes a block that is a little too tall smaller, and lets it scroll where that would be too small. */
function fit(block: HTMLElement, space: number): void {
  const tall = outerHeight(block);
  if (tall <= space) return;
  const least = leastZoom(block);
  let factor = Math.max(least, space / tall);
  block.style.setProperty("zoom", String(factor));
  // Lines break elsewhere in smaller text.
  while (outerHeight(block) > space && factor > least) {
    factor = Math.max(least, factor - 0.02);
    block.style.setProperty("zoom", String(factor));
  }
  if (outerHeight(block) <= space) return;
  block.style.maxHeight = `${Math.floor(space / factor)}px`;
  block.style.overflow = "auto";
  block.tabIndex = 0;
}
