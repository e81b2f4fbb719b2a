/** `slides`: one self-contained reveal.js deck for each notebook, from its slide metadata. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { renderBlock } from "../article.js";
import type { Bundles } from "../bundle.js";
import type { Block, Document } from "../document.js";
import { documentOf, eachNotebook } from "../format.js";
import { escapeMarkup } from "../../views/draw/markup.js";
import { renderPage } from "../page.js";
import { describe, inline } from "./html.js";

/** One slide: what is shown, and what only the speaker sees. */
interface Slide {
  readonly blocks: { readonly block: Block; readonly fragment: boolean }[];
  readonly notes: Block[];
}

/** Returns the stacks of slides, from left to right and from top to bottom. */
function stacksOf(document: Document): readonly (readonly Slide[])[] {
  const planned = document.blocks.some(({ slide }) => slide === "slide" || slide === "subslide");
  const stacks: Slide[][] = [];
  for (const block of document.blocks) {
    const start = planned ? block.slide : startOf(block);
    if (start === "skip") continue;
    if (start === "notes") {
      stacks.at(-1)?.at(-1)?.notes.push(block);
      continue;
    }
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

/** A notebook that plans no slides gets one for each section. */
function startOf(block: Block): Block["slide"] {
  if (block.slide === "skip" || block.slide === "notes") return block.slide;
  const level = block.kind === "prose" ? block.headings[0]?.level : undefined;
  if (level === undefined) return "none";
  return level <= 2 ? "slide" : "subslide";
}

function renderDeck(document: Document): string {
  const stacks = stacksOf(document).map(
    (stack) => `<section>${stack.map(renderSlide).join("\n")}</section>\n`,
  );
  return (
    `<main class="reveal" aria-label="${escapeMarkup(document.title)}">` +
    `<div class="slides">\n${stacks.join("")}</div></main>\n`
  );
}

function renderSlide({ blocks, notes }: Slide): string {
  const shown = blocks.map(({ block, fragment }) => {
    const html = renderBlock(block);
    return `<div class="lab-block${fragment ? " fragment" : ""}">${html}</div>`;
  });
  const said =
    notes.length === 0 ? "" : `<aside class="notes">${notes.map(renderBlock).join("")}</aside>`;
  return `<section>${shown.join("\n")}${said}</section>`;
}

/** The script of the window with the speaker's notes, which reveal.js writes itself. */
async function speakerScript(): Promise<string> {
  const file = createRequire(import.meta.url).resolve("reveal.js/plugin/notes/speaker-view.html");
  return /<script>([^]*?)<\/script>/.exec(await readFile(file, "utf8"))?.[1] ?? "";
}

async function deckPage(document: Document, bundles: Bundles): Promise<string> {
  const katex = document.libraries.has("katex") ? [await bundles.katexStyles()] : [];
  return renderPage({
    title: document.title,
    description: describe(document),
    body: renderDeck(document),
    styles: [...katex, await bundles.styles("page", "slides")].map(inline),
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
export const slides = eachNotebook(async (source, job) => [
  {
    path: `${source.notebook.name}.slides.html`,
    data: await deckPage(documentOf(source, job, ".slides.html"), job.bundles),
  },
]);
