/** What must not be torn apart by the end of a page, as far as a page can hold it. */

import { outerHeight } from "../measure/outer-height.js";
import { keepShortBox } from "./cut-box.js";
import { fillPages } from "./fill-pages.js";
import { mayPart } from "./part.js";
import { takeStepsApart } from "./steps-apart.js";

/** The part of a page that one drawing may take, and that a cell with one may. */
const mostDrawing = 0.8;
const mostCell = 0.88;
/** The part that a cell may take with the words that lead to it. */
const mostTogether = 0.98;
/** A drawing is not made smaller than this part of a page, for code that is as long as one. */
const leastDrawing = 0.45;
/** Printed text is not made smaller than this, in CSS pixels: 7 points. */
const leastText = 9.33;

/** What stays whole, and up to which part of a page. */
const wholes: readonly (readonly [selector: string, most: number])[] = [
  [".lab-cell:has(.lab-figure):not(.lab-apart)", mostCell],
  [".lab-cell:not(.lab-apart)", 0.4],
  [".lab-code", 0.4],
  [".lab-marked", 0.5],
  [".lab-prose > pre, .lab-scroll, table, blockquote", 0.5],
  [".lab-prose > ul, .lab-prose > ol", 0.25],
];

/** The part of a page that words have which go over whole. */
const shortLead = 0.15;
/** Words right above what they may lead to. */
const leadsToNext = ".lab-prose > p:has(+ :is(ul, ol, pre, blockquote, .lab-scroll))";

/**
 * Marks what stays whole, and what must not be the last on its page.
 *
 * @param height of a page's text, in CSS pixels
 */
export function keepTogether(height: number): void {
  for (const text of document.querySelectorAll<HTMLElement>(".lab-output .lab-text"))
    fitLines(text);
  for (const box of document.querySelectorAll<HTMLElement>("pre")) keepShortBox(box);
  for (const table of document.querySelectorAll<HTMLElement>(".lab-figure-text > table")) {
    fitWidth(table);
  }
  for (const prose of document.querySelectorAll<HTMLElement>("article > .lab-prose")) {
    giveHeadings(prose);
  }
  for (const lead of document.querySelectorAll<HTMLElement>(leadsToNext)) {
    if (!lead.textContent.trim().endsWith(":")) continue;
    lead.style.breakAfter = "avoid";
    // Its last line alone would go over otherwise: a browser that must not break there forgets widows.
    if (lead.getBoundingClientRect().height < height * shortLead) lead.style.breakInside = "avoid";
  }
  takeStepsApart(height);
  for (const drawing of document.querySelectorAll<HTMLElement>(".lab-still > :is(img, svg)")) {
    drawing.style.maxHeight = `${Math.floor(height * mostDrawing)}px`;
    const cell = drawing.closest(".lab-cell");
    if (cell === null || cell.querySelectorAll(".lab-still > *").length > 1) continue;
    const rest = cell.getBoundingClientRect().height - drawing.getBoundingClientRect().height;
    const room = Math.max(height * leastDrawing, height * mostCell - rest);
    if (room < height * mostDrawing) drawing.style.maxHeight = `${Math.floor(room)}px`;
  }
  for (const [selector, most] of wholes) {
    for (const place of document.querySelectorAll<HTMLElement>(selector)) {
      if (place.getBoundingClientRect().height <= height * most) place.classList.add("lab-whole");
    }
  }
  for (const prose of document.querySelectorAll<HTMLElement>("article > .lab-prose")) {
    joinToNext(prose, height);
  }
  fillPages(height);
}

/** Makes text smaller whose lines are too long for paper, so that its columns stay columns. */
function fitLines(text: HTMLElement): void {
  const { paddingLeft, paddingRight, fontSize } = getComputedStyle(text);
  const room = text.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
  const lines = document.createRange();
  lines.selectNodeContents(text);
  text.style.whiteSpace = "pre";
  const { width } = lines.getBoundingClientRect();
  text.style.whiteSpace = "";
  if (width <= room) return;
  const size = parseFloat(fontSize);
  text.style.fontSize = `${Math.max(Math.min(size, leastText), (size * room) / (width + 1))}px`;
}

/** Makes a table of a figure smaller that is wider than the page. */
function fitWidth(table: HTMLElement): void {
  const room = table.parentElement;
  if (room === null) return;
  const { paddingLeft, paddingRight } = getComputedStyle(room);
  const most = room.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
  const wide = table.getBoundingClientRect().width;
  if (wide > most) table.style.setProperty("zoom", String(most / wide));
}

/** Headings at the end of a text go over to the text behind it, which begins below them. */
function giveHeadings(prose: HTMLElement): void {
  const next = prose.nextElementSibling;
  if (next?.matches(".lab-prose") !== true) return;
  for (let last = prose.lastElementChild; last !== null && isHeading(last);) {
    next.prepend(last);
    last = prose.lastElementChild;
  }
}

function isHeading(one: Element | undefined): boolean {
  return one?.matches("h1, h2, h3, h4") === true;
}

/** Puts the words that lead to what comes next on its page, with the heading above them. */
function joinToNext(prose: HTMLElement, height: number): void {
  const next = withWriting(prose);
  const words = leadOf(prose);
  if (next.length === 0 || words.length === 0) return;
  const lead = document.createElement("div");
  lead.className = "lab-prose";
  const tall = [...words, ...next].reduce((sum, one) => sum + outerHeight(one), 0);
  const [cell] = next;
  if (cell?.matches(".lab-apart") === true || tall > height * mostTogether) {
    // With the first piece of what may be torn; the browser knows how tall that is.
    if (cell !== undefined) mayPart(cell);
    lead.classList.add("lab-whole", "lab-leads");
    lead.append(...words);
    prose.after(lead);
    return;
  }
  const together = document.createElement("div");
  together.className = "lab-whole";
  lead.append(...words);
  prose.after(together);
  together.append(lead, ...next);
}

/** The cell behind the words, and the room to write in that belongs to it. */
function withWriting(prose: HTMLElement): HTMLElement[] {
  let next = prose.nextElementSibling;
  // What is folded away on a screen is not there on paper.
  while (next?.matches(".lab-folded") === true) next = next.nextElementSibling;
  if (!(next instanceof HTMLElement) || !next.matches(".lab-cell, .lab-marked")) return [];
  const writing = next.nextElementSibling;
  return writing instanceof HTMLElement && writing.matches(".lab-writing")
    ? [next, writing]
    : [next];
}

/** The last paragraph, if it leads on, and headings right above it. */
function leadOf(prose: HTMLElement): HTMLElement[] {
  const parts = [...prose.children].filter((one) => one instanceof HTMLElement);
  const last = parts.at(-1);
  if (last === undefined) return [];
  if (!isHeading(last) && !isHeading(parts.at(-2)) && !/[:,?]$/.test(last.textContent.trim())) {
    return [];
  }
  const from = parts.findLastIndex((one, at) => at < parts.length - 1 && !isHeading(one));
  return parts.slice(from + 1);
}
