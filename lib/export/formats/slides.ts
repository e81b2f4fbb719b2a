/** `slides`: one self-contained reveal.js deck for each notebook, from its slide metadata. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { renderBlock, roleNames } from "../document/article.js";
import type { Block, CodeBlock, Document } from "../document/document.js";
import type { Highlight } from "../document/highlight.js";
import { onSlide } from "../document/on-slide.js";
import { editionNames, fileStem, withoutRuns } from "../source/edition.js";
import { documentOf, eachNotebook, type Job } from "../format.js";
import { escapeMarkup } from "../../views/draw/markup.js";
import { figureStyles } from "../outputs/figure-styles.js";
import { renderPage } from "../document/page.js";
import { renderOutputs } from "../outputs/render.js";
import { describe, inline } from "./html.js";

/** One slide: what is shown, and what only the speaker sees. */
interface Slide {
  readonly blocks: { readonly block: Block; readonly fragment: boolean }[];
  readonly notes: Block[];
}

/** Returns the stacks of slides, from left to right and from top to bottom. */
function stacksOf(document: Document, highlight: Highlight): readonly (readonly Slide[])[] {
  const planned = document.blocks.some(({ slide }) => slide === "slide" || slide === "subslide");
  const stacks: Slide[][] = [];
  const skipped = new Set(notesOfSkipped(document.blocks));
  const shown = document.blocks.filter((block) => !skipped.has(block));
  for (const block of shown.flatMap((block) => onSlide(block, highlight))) {
    const current = stacks.at(-1)?.at(-1);
    if (block.slide === "notes") {
      current?.notes.push(block);
      continue;
    }
    const start = startOf(block, planned, current?.blocks.at(-1)?.block);
    const slide: Slide = { blocks: [], notes: [] };
    if (start === "slide" || stacks.length === 0) stacks.push([slide]);
    else if (start === "subslide") stacks.at(-1)?.push(slide);
    stacks
      .at(-1)
      ?.at(-1)
      ?.blocks.push({ block, fragment: start === "fragment" });
  }
  return stacks;
}

/** What is to be said of a cell that the talk leaves out would stand under another one's slide. */
function notesOfSkipped(blocks: readonly Block[]): Block[] {
  return blocks.filter(({ slide }, at) => {
    const own = blocks.slice(0, at).findLast((before) => before.slide !== "notes");
    return slide === "notes" && own?.slide === "skip";
  });
}

/**
 * Where the block begins, as its author planned it: but what has no heading goes on below the heading
 * above it, and code stands with the words that lead to it. Without a plan each section is a slide.
 */
function startOf(block: Block, planned: boolean, before: Block | undefined): Block["slide"] {
  const level = block.kind === "prose" ? block.headings[0]?.level : undefined;
  if (!planned) {
    if (level === undefined) return "none";
    return level <= 2 ? "slide" : "subslide";
  }
  if (block.slide !== "slide" && block.slide !== "subslide") return block.slide;
  if (level !== undefined) return block.slide;
  return block.kind === "code" && before?.kind === "prose" ? "none" : "subslide";
}

function renderDeck(document: Document, { renderers, address }: Job): string {
  const stacks = stacksOf(document, renderers.highlight).map((stack, at) => {
    const [first = "", ...further] = stack.map(renderSlide);
    const own = at === 0 && address !== undefined ? withAddress(first, address) : first;
    return `<section>${[own, ...further].join("\n")}</section>\n`;
  });
  return (
    `<main class="reveal" aria-label="${escapeMarkup(document.title)}">` +
    `<div class="slides">\n${stacks.join("")}</div></main>\n` +
    `<div class="lab-deck-tools"><button type="button" class="lab-theme" hidden>Dark</button>${editionNames[document.edition]}</div>\n`
  );
}

/** Where an audience finds what it is shown. */
function withAddress(slide: string, address: string): string {
  const shown = escapeMarkup(address);
  const line = `<div class="lab-block"><p class="lab-address"><a class="lab-external" href="${shown}">${shown}</a></p></div>`;
  return slide.replace(/<\/section>$/, () => `${line}</section>`);
}

function renderSlide({ blocks, notes }: Slide): string {
  const shown = blocks.map(({ block, fragment }) => {
    const html = block.kind === "code" ? renderCode(block) : renderBlock(block);
    return `<div class="lab-block${fragment ? " fragment" : ""}">${html}</div>`;
  });
  const said =
    notes.length === 0
      ? ""
      : `<aside class="notes">${notes.map((note) => renderBlock({ ...note, role: "plain" })).join("")}</aside>`;
  return `<section>${shown.join("\n")}${said}</section>`;
}

/** Returns a cell without the number and the folds that a page has. */
function renderCode(block: CodeBlock): string {
  const code = block.hidesInput ? "" : `<div class="lab-code">${block.highlighted}</div>`;
  const mark = block.role === "plain" ? "" : `<p class="lab-mark">${roleNames[block.role]}</p>`;
  return `<div class="lab-cell">${mark}${code}<div class="lab-output">${renderOutputs(block.outputs, "picture")}</div></div>`;
}

/** The script of the window with the speaker's notes, which reveal.js writes itself. */
async function speakerScript(): Promise<string> {
  const file = createRequire(import.meta.url).resolve("reveal.js/plugin/notes/speaker-view.html");
  return /<script>([^]*?)<\/script>/.exec(await readFile(file, "utf8"))?.[1] ?? "";
}

async function deckPage(document: Document, job: Job): Promise<string> {
  const { bundles } = job;
  const katex = document.libraries.has("katex") ? [await bundles.katexStyles()] : [];
  return renderPage({
    title: document.title,
    description: describe(document),
    body: renderDeck(document, job),
    styles: [...katex, figureStyles(), await bundles.styles("page", "slides")].map(inline),
    packed: document.libraries.has("mermaid")
      ? [{ id: "lab-mermaid", text: await bundles.program("mermaid") }]
      : [],
    scripts: [inline(await bundles.program("slides"))],
    bodyClass: "lab-deck",
    furtherScripts: [await speakerScript()],
    framesItself: true,
  });
}

/** The format. */
export const slides = eachNotebook(async (source, job) => {
  const spoken = { ...source, notebook: withoutRuns(source.notebook) };
  return [
    {
      path: `${fileStem(source.notebook.name, job.edition)}.slides.html`,
      data: await deckPage(documentOf(spoken, job, ".slides.html"), job),
    },
  ];
});
