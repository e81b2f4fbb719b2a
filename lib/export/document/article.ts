/** A document as the body of a page: contents, cells, outputs. */
import { editionNames } from "../source/edition.js";
import { escapeMarkup } from "../../views/draw/markup.js";
import type { Block, CodeBlock, Document, Role } from "./document.js";
import { renderOutputs } from "../outputs/render.js";
import { numberInWords } from "../source/notebook-number.js";
import { foldedAs, type Scaffolding } from "../source/scaffolding.js";

/** What stands above and below the text of a page of a site. */
export interface Surroundings {
  /** Links of the bar at the top, trusted markup. */
  readonly bar?: string;
  /** The notebooks of a course as a list, trusted markup. */
  readonly course?: string;
  /** Links below the text, trusted markup. */
  readonly below?: string;
  /** Controls above the first cell, trusted markup. */
  readonly controls?: string;
  /** Returns what stands behind a block, trusted markup. */
  readonly after?: (block: Block) => string;
  /** What stands behind the last block, trusted markup. */
  readonly end?: string;
}

/** Returns the body of a page that shows the document. */
export function renderArticle(document: Document, around: Surroundings = {}): string {
  const titled = document.blocks.some(
    (block) => block.kind === "prose" && block.headings.some((heading) => heading.level === 1),
  );
  const first = document.headings[0];
  const title =
    titled || first === undefined ? "" : `<h1 id="${first.id}">${escapeMarkup(first.text)}</h1>`;
  return [
    `<a class="lab-skip" href="#lab-main">Skip to the text</a>\n`,
    `<header class="lab-bar"><div class="lab-bar-links">${around.bar ?? ""}${editionMark(document)}</div>`,
    `<button type="button" class="lab-theme" hidden>Dark</button></header>\n`,
    `<div class="lab-columns">\n`,
    side(around.course ?? "", contents(document)),
    `<main id="lab-main" tabindex="-1">\n${around.controls ?? ""}<article>\n${kicker(document)}${title}`,
    ...document.blocks.map((block) => renderBlock(block) + (around.after?.(block) ?? "")),
    `${around.end ?? ""}</article>\n${around.below ?? ""}</main>\n</div>\n`,
    `<footer class="lab-footer">${footer(document)}</footer>\n`,
  ].join("");
}

const side = (...parts: readonly string[]): string =>
  parts.join("") === "" ? "" : `<div class="lab-side">${parts.join("")}</div>\n`;

/** Which of the course's notebooks it is, above its title. */
function kicker({ name }: Document): string {
  const number = numberInWords(name);
  return number === "" ? "" : `<p class="lab-kicker">${number}</p>\n`;
}

/** A teacher's page says so, before anybody hands it out. */
function editionMark({ edition }: Document): string {
  const name = editionNames[edition];
  return name === "" ? "" : `<strong class="lab-edition">${name}</strong>`;
}

function footer(document: Document): string {
  const edition = ` (${document.edition} edition)`;
  return `${escapeMarkup(document.title)}${edition}, made with lockdep-lab`;
}

/** Levels 2 and 3 as a list of lists. */
function contents(document: Document): string {
  const listed = document.headings.filter(({ level }) => level === 2 || level === 3);
  if (listed.length === 0) return "";
  const items = listed.map(
    ({ level, id, text }) =>
      `<li class="lab-level-${level}"><a href="#${escapeMarkup(id)}">${escapeMarkup(text)}</a></li>`,
  );
  return (
    `<nav class="lab-contents" aria-label="Contents of this page"><details open>` +
    `<summary>Contents</summary><ul>${items.join("")}</ul></details></nav>\n`
  );
}

/** Returns one cell. */
export function renderBlock(block: Block): string {
  switch (block.kind) {
    case "prose":
      return marked(block, `<div class="lab-prose" id="${block.id}">${block.html}</div>`);
    case "code": {
      const html = marked(block, renderCell(block));
      const why = block.scaffolding;
      return why === undefined ? html : folded(why, block.number, html);
    }
  }
}

function renderCell(block: CodeBlock): string {
  const outputs = renderOutputs(block.outputs);
  const long = block.long ? ` data-long` : "";
  return (
    `<div class="lab-cell" id="${block.id}" role="group" aria-label="Code cell ${block.number}"${long}>` +
    `${cellHead(block)}${codeOf(block)}` +
    `<div class="lab-output">${outputs}</div></div>\n`
  );
}

function codeOf({ highlighted, hidesInput }: CodeBlock): string {
  const html = `<div class="lab-code">${highlighted}</div>`;
  return hidesInput ? `<details class="lab-folded"><summary>Code</summary>${html}</details>` : html;
}

/** The number that errors call the cell by; it leads to the cell itself. */
function cellHead({ id, number }: CodeBlock): string {
  return (
    `<div class="lab-cell-head"><a class="lab-number" href="#${id}" ` +
    `aria-label="Cell ${number}">${number}</a></div>`
  );
}

/** Code that has to run and that nobody need read. */
function folded(why: Exclude<Scaffolding, undefined>, number: number, html: string): string {
  const what = foldedAs(why);
  return `<details class="lab-folded"><summary>${what}, cell ${number}</summary>${html}</details>\n`;
}

/** What the reader is told about a marked cell. */
export const roleNames: Readonly<Record<Exclude<Role, "plain">, string>> = {
  exercise: "Your turn",
  solution: "Solution",
  "hidden-test": "Hidden test",
  notes: "For the teacher",
};

function marked(block: Block, html: string): string {
  if (block.role === "plain") return html;
  return (
    `<div class="lab-marked lab-${block.role}" role="group" aria-label="${roleNames[block.role]}">` +
    `<p class="lab-mark">${roleNames[block.role]}</p>${html}</div>\n`
  );
}
