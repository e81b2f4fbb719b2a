/** `book`: a static site of all notebooks, live, for any web host or a folder on a disk. */
import { renderArticle } from "../document/article.js";
import type { Document } from "../document/document.js";
import { linkedDocument, type ExportFile, type Format, type Job, type Source } from "../format.js";
import { escapeMarkup, scriptJson } from "../../views/draw/markup.js";
import { figureStyles } from "../outputs/figure-styles.js";
import { renderPage, type Asset } from "../document/page.js";
import { minutesOf, type Teaching } from "../teaching/notes.js";
import { describe } from "./html.js";
import { cellData, liveControls, memoryNote } from "./live.js";
import { hasReference, referenceFiles } from "./reference.js";
import { notebookNumber } from "../source/notebook-number.js";

/** Returns what all pages share; scripts, not modules and not fetches, so that it works from a disk too. */
async function sharedFiles(job: Job, documents: readonly Document[]): Promise<ExportFile[]> {
  const { bundles } = job;
  const worker = await bundles.program("worker");
  const maths = documents.some(({ libraries }) => libraries.has("katex"));
  return [
    {
      path: "assets/style.css",
      data: figureStyles() + (await bundles.styles("page", "print", "live", "book")),
    },
    ...(maths ? [{ path: "assets/katex.css", data: await bundles.katexStyles() }] : []),
    { path: "assets/plotly.js", data: await bundles.plotly() },
    { path: "assets/mermaid.js", data: await bundles.program("mermaid") },
    { path: "assets/worker.js", data: workerFile("labWorkerProgram", worker) },
    {
      path: "assets/language.js",
      data: workerFile("labLanguageProgram", await bundles.program("language/worker")),
    },
    { path: "assets/live.js", data: await bundles.program("live") },
    { path: "assets/page.js", data: await bundles.program("static") },
    { path: "assets/search.js", data: await bundles.program("search") },
    {
      path: "assets/sections.js",
      data: `globalThis.labSections=${scriptJson(documents.flatMap(sectionsOf))};`,
    },
  ];
}

/** A function's source is its text: a third smaller than the same program as a string. */
function workerFile(name: string, program: string): string {
  return `globalThis.${name}="("+function(){${program}\n}+")()";\n`;
}

interface Section {
  /** The address of the section, from any page of the book. */
  readonly id: string;
  readonly page: string;
  readonly heading: string;
  readonly text: string;
}

/** A section reaches from one heading to the next; code belongs to it as well as prose. */
function sectionsOf(document: Document): Section[] {
  const file = `${document.name}.html`;
  const page = document.title;
  const sections: Section[] = [];
  let current: Section = { id: file, page, heading: page, text: "" };
  for (const block of document.blocks) {
    if (block.kind === "prose" && block.headings.length > 0) {
      for (const { id, text } of block.headings) {
        sections.push(current);
        current = { id: `${file}#${encodeURIComponent(id)}`, page, heading: text, text: "" };
      }
    }
    const text = block.kind === "prose" ? block.text : block.source;
    current = { ...current, text: `${current.text} ${text.replace(/\s+/g, " ")}`.trim() };
  }
  return [...sections, current].filter(({ text }) => text !== "");
}

const search =
  `<div class="lab-search" role="search" hidden><label class="lab-sr" for="lab-search">Search the book</label>` +
  `<input id="lab-search" type="search" placeholder="Search" autocomplete="off">` +
  `<span id="lab-result-count" role="status"></span>` +
  `<ul id="lab-results" aria-label="Search results" hidden></ul></div>`;

const linked = (href: string): Asset => ({ kind: "linked", href: `assets/${href}` });

const note =
  "Types and kernel C are checked while you write; what checks them is loaded when you first come to a cell. " +
  memoryNote;

function pageOf(
  documents: readonly Document[],
  at: number,
  document: Document,
  source: Source,
): string {
  const link = (other: Document | undefined, text: string, rel: string): string =>
    other === undefined
      ? "<span></span>"
      : `<a rel="${rel}" href="${escapeMarkup(other.name)}.html">${text}: ${numbered(other.name, other.title)}</a>`;
  const around =
    `<nav class="lab-below" aria-label="Other pages">` +
    `${link(documents[at - 1], "Before", "prev")}${link(documents[at + 1], "Next", "next")}</nav>\n`;
  return renderPage({
    title: document.title,
    description: describe(document),
    body: renderArticle(document, {
      course: courseList(documents, document),
      bar: `<a href="index.html">All notebooks</a>${search}`,
      below: around,
      controls: liveControls(note),
    }),
    styles: [
      linked("style.css"),
      ...(document.libraries.has("katex") ? [linked("katex.css")] : []),
    ],
    data: [cellData(document, source)],
    scripts: ["worker", "live", "sections", "search"].map((name) => linked(`${name}.js`)),
    later: ["plotly", "mermaid", "language"].map((name) => ({
      id: `lab-${name}`,
      href: `assets/${name}.js`,
    })),
    runsCells: true,
  });
}

/** Every notebook of the book, beside each of them. */
function courseList(documents: readonly Document[], here: Document): string {
  const items = documents.map(({ name, title }) => {
    const current = name === here.name ? ` aria-current="page"` : "";
    return `<li><a href="${escapeMarkup(name)}.html"${current}>${numbered(name, title)}</a></li>`;
  });
  return (
    `<nav class="lab-course" aria-label="Notebooks"><details open><summary>Notebooks</summary>` +
    `<ol>${items.join("")}</ol></details></nav>`
  );
}

/** Returns a title with the number that the notebook's name begins with. */
function numbered(name: string, title: string): string {
  const number = notebookNumber(name);
  return escapeMarkup(number === undefined ? title : `${number} ${title}`);
}

function indexPage(
  documents: readonly Document[],
  teachings: ReadonlyMap<string, Teaching>,
): string {
  const entries = documents.map((document) => {
    const sections = document.headings
      .filter(({ level }) => level === 2)
      .map(
        ({ id, text }) =>
          `<li><a href="${escapeMarkup(`${document.name}.html#${id}`)}">${escapeMarkup(text)}</a></li>`,
      );
    return (
      `<li><h2><a href="${escapeMarkup(document.name)}.html">${numbered(document.name, document.title)}</a></h2>` +
      `<p>${escapeMarkup(describe(document))}</p>${plan(teachings.get(document.name))}` +
      `${sections.length === 0 ? "" : `<ul>${sections.join("")}</ul>`}</li>\n`
    );
  });
  const title = "lockdep-lab";
  return renderPage({
    title,
    description: "Notebooks about lockdep, with every cell to be changed and run in the page",
    body:
      `<a class="lab-skip" href="#lab-main">Skip to the text</a>\n` +
      `<header class="lab-bar"><div class="lab-bar-links">${search}</div>` +
      `<button type="button" class="lab-theme" hidden>Dark</button></header>\n` +
      `<div class="lab-columns"><main id="lab-main" tabindex="-1"><h1>${title}</h1>` +
      `<p>What lockdep believes beside what really can happen. Every cell can be changed and run: ` +
      `the whole lab is in the page, and nothing leaves it.</p>` +
      `<ol class="lab-pages">${entries.join("")}</ol>${referenceLink()}</main></div>\n` +
      `<footer class="lab-footer">Made with lockdep-lab</footer>\n`,
    styles: [linked("style.css")],
    scripts: ["page", "sections", "search"].map((name) => linked(`${name}.js`)),
  });
}

/** Returns what a student can do afterwards, what to know before, and how long it takes in a class. */
function plan(teaching: Teaching | undefined): string {
  if (teaching === undefined) return "";
  return (
    `<p class="lab-plan">Afterwards you can ${escapeMarkup(teaching.goal)} ` +
    `Needs: ${escapeMarkup(teaching.needs)} About ${minutesOf(teaching)} minutes.</p>`
  );
}

const referenceLink = (): string =>
  hasReference()
    ? `<p><a href="reference/index.html">Reference</a>: everything that a cell can import.</p>`
    : "";

function teachingsOf({ sources }: Job): ReadonlyMap<string, Teaching> {
  return new Map(
    sources.flatMap(({ notebook, teaching }) =>
      teaching === undefined ? [] : [[notebook.name, teaching] as const],
    ),
  );
}

/** The format. */
export const book: Format = async function* (job) {
  const documents = job.sources.map((source) =>
    linkedDocument(source, job, (name) => `${name}.html`),
  );
  job.progress("shared files");
  yield* await sharedFiles(job, documents);
  for (const [at, document] of documents.entries()) {
    job.progress(document.name);
    const source = job.sources[at];
    if (source === undefined) continue;
    yield { path: `${document.name}.html`, data: pageOf(documents, at, document, source) };
  }
  yield { path: "index.html", data: indexPage(documents, teachingsOf(job)) };
  yield* referenceFiles();
};
