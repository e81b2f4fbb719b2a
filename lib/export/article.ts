/** A document as the body of a page: contents, cells, outputs. */
import { escapeMarkup } from "../views/draw/markup.js";
import type { Block, CodeBlock, Document, Role } from "./document.js";
import { renderOutputs } from "./render.js";

/** What stands above and below the text of a page of a site. */
export interface Surroundings {
  /** Links of the bar at the top, trusted markup. */
  readonly bar?: string;
  /** Links below the text, trusted markup. */
  readonly below?: string;
  /** Controls above the first cell, trusted markup. */
  readonly controls?: string;
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
    `<header class="lab-bar"><div class="lab-bar-links">${around.bar ?? ""}</div>`,
    `<button type="button" class="lab-theme" hidden>Dark</button></header>\n`,
    `<div class="lab-columns">\n`,
    contents(document),
    `<main id="lab-main" tabindex="-1">\n${around.controls ?? ""}<article>\n${title}`,
    ...numbered(document.blocks),
    `</article>\n${around.below ?? ""}</main>\n</div>\n`,
    `<footer class="lab-footer">${footer(document)}</footer>\n`,
  ].join("");
}

function footer(document: Document): string {
  const edition = document.edition === "full" ? "" : ` (${document.edition} edition)`;
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

function numbered(blocks: readonly Block[]): string[] {
  let number = 0;
  return blocks.map((block) => {
    switch (block.kind) {
      case "prose":
        return renderBlock(block);
      case "code":
        return renderBlock(block, ++number);
    }
  });
}

/** Returns one cell; `number` is that of a code cell among its kind. */
export function renderBlock(block: Block, number?: number): string {
  const html =
    block.kind === "prose"
      ? `<div class="lab-prose" id="${block.id}">${block.html}</div>`
      : renderCell(block, number);
  return marked(block, html);
}

function renderCell(block: CodeBlock, number?: number): string {
  const outputs = renderOutputs(block.outputs);
  const long = block.long ? ` data-long` : "";
  return (
    `<div class="lab-cell" id="${block.id}" role="group" ` +
    `aria-label="Code cell${number === undefined ? "" : ` ${number}`}"${long}>` +
    cellHead(block, number) +
    `<div class="lab-code">${block.highlighted}</div>` +
    `<div class="lab-output">${outputs}</div></div>\n`
  );
}

/** The number that errors call the cell by; it leads to the cell itself. */
function cellHead({ id }: CodeBlock, number: number | undefined): string {
  if (number === undefined) return "";
  return (
    `<div class="lab-cell-head"><a class="lab-number" href="#${id}" ` +
    `aria-label="Cell ${number}">${number}</a></div>`
  );
}

const roleNames: Readonly<Record<Exclude<Role, "plain">, string>> = {
  exercise: "Your turn",
  solution: "Solution",
  "hidden-test": "Hidden test",
};

function marked(block: Block, html: string): string {
  if (block.role === "plain") return html;
  return (
    `<div class="lab-marked lab-${block.role}" role="group" aria-label="${roleNames[block.role]}">` +
    `<p class="lab-mark">${roleNames[block.role]}</p>${html}</div>\n`
  );
}
