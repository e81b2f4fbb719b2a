/** `live`: one self-contained page for each notebook whose cells a reader changes and runs. */
import { renderArticle } from "../article.js";
import type { Bundles } from "../bundle.js";
import type { Document } from "../document.js";
import { documentOf, eachNotebook } from "../format.js";
import { scriptJson } from "../../views/draw/markup.js";
import { renderPage, type DataBlock } from "../page.js";
import { describe, documentStyles, inline } from "./html.js";

/** The buttons above the cells. */
export const liveControls = [
  `<div class="lab-toolbar" role="group" aria-label="Cells">`,
  `<button type="button" id="lab-run-all">Run all</button>`,
  `<button type="button" id="lab-stop" disabled>Stop</button>`,
  `<button type="button" id="lab-reset-all">Reset all</button>`,
  `<button type="button" id="lab-share">Copy link to my version</button>`,
  `<label>Time limit <select id="lab-limit">`,
  `<option value="10">10 s</option><option value="60">60 s</option>`,
  `<option value="600">10 min</option><option value="0">none</option></select></label></div>\n`,
  `<p class="lab-message" id="lab-message" role="status" hidden></p>\n`,
].join("");

/** Returns the sources of the cells, for the page's script. */
export function cellData(document: Document): DataBlock {
  const code = document.blocks.filter((block) => block.kind === "code");
  const cells = code.map(({ id, source, long }, index) => ({
    id,
    label: `cell ${index + 1}`,
    source,
    long,
  }));
  const text = scriptJson({ page: `${document.name}.${document.edition}`, cells });
  return { id: "lab-cells", type: "application/json", text };
}

async function livePage(document: Document, bundles: Bundles): Promise<string> {
  return renderPage({
    title: document.title,
    description: describe(document),
    body: renderArticle(document, { controls: liveControls }),
    styles: [...(await documentStyles(document, bundles)), inline(await bundles.styles("live"))],
    data: [cellData(document)],
    packed: [
      { id: "lab-plotly", text: await bundles.plotly() },
      { id: "lab-mermaid", text: await bundles.program("mermaid") },
      { id: "lab-worker", text: await bundles.program("worker") },
    ],
    scripts: [inline(await bundles.program("live"))],
    runsCells: true,
  });
}

/** The format. */
export const live = eachNotebook(async (source, job) => [
  {
    path: `${source.notebook.name}.live.html`,
    data: await livePage(documentOf(source, job, ".live.html"), job.bundles),
  },
]);
