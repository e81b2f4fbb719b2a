/** `live`: one self-contained page for each notebook whose cells a reader changes and runs. */
import { renderArticle } from "../document/article.js";
import type { Document } from "../document/document.js";
import { cutEdition, fileStem } from "../source/edition.js";
import { documentOf, eachNotebook, type Job, type Source } from "../format.js";
import { storedNotebook, withoutOutputs } from "../source/notebook-file.js";
import { kernelCWords } from "../../kernel-c/index.js";
import { scriptJson } from "../../views/draw/markup.js";
import { renderPage, type DataBlock } from "../document/page.js";
import { describe, documentStyles, inline } from "./html.js";

/** Returns the buttons above the cells, and in a line what cells do without. */
export const liveControls = (note: string): string =>
  [
    `<div class="lab-toolbar" role="group" aria-label="Cells">`,
    `<button type="button" id="lab-run-all">Run all</button>`,
    `<button type="button" id="lab-stop" disabled>Stop</button>`,
    `<button type="button" id="lab-reset-all">Reset all</button>`,
    `<button type="button" id="lab-undo" hidden>Undo reset</button>`,
    `<label>Time limit <select id="lab-limit">`,
    `<option value="10">10 s</option><option value="60">60 s</option>`,
    `<option value="600">10 min</option><option value="0">none</option></select></label></div>\n`,
    `<div class="lab-toolbar" role="group" aria-label="My version">`,
    `<button type="button" id="lab-save-notebook">Save as notebook</button>`,
    `<button type="button" id="lab-save-page">Save as page</button>`,
    `<label class="lab-button">Open a saved version`,
    `<input type="file" id="lab-open" class="lab-sr" accept=".ipynb,.html,.json"></label>`,
    `<button type="button" id="lab-share">Copy link to my version</button>`,
    `<input id="lab-link" readonly hidden aria-label="Link to my version"></div>\n`,
    `<div class="lab-question" id="lab-question" role="region" aria-label="A version to choose" hidden></div>\n`,
    `<p class="lab-aside">${note}</p>\n`,
    `<p class="lab-message" id="lab-message" role="status" hidden></p>\n`,
  ].join("");

/** Returns the sources of the cells, for the page's script, and the notebook to hand in. */
export function cellData(document: Document, { notebook }: Source): DataBlock {
  const code = document.blocks.filter((block) => block.kind === "code");
  const cells = code.map(({ id, source, long }, index) => ({
    id,
    label: `cell ${index + 1}`,
    source,
    long,
  }));
  const cut = cutEdition(notebook, document.edition);
  const text = scriptJson({
    page: `${document.name}.${document.edition}`,
    cells,
    words: kernelCWords().join("\n"),
    notebook: storedNotebook(withoutOutputs(cut)),
  });
  return { id: "lab-cells", type: "application/json", text };
}

/** What ends a cell, and in which browsers. */
export const memoryNote =
  "A time limit ends cells, and 2 GB of typed arrays do. In Chromium and what is built on it (Chrome, Edge), " +
  "512 MB of other objects do too, text that does not come in arrays left out; Firefox lets no page see these. " +
  "Whatever ends a page, a reload brings your changes back.";

/** What a single page cannot have: TypeScript alone is three times its size. */
const note =
  "This single page runs cells without a type checker, which the book and JupyterLab have. " +
  memoryNote;

async function livePage(source: Source, job: Job): Promise<string> {
  const { bundles } = job;
  const document = documentOf(source, job, ".live.html");
  return renderPage({
    title: document.title,
    description: describe(document),
    body: renderArticle(document, { controls: liveControls(note) }),
    styles: [...(await documentStyles(document, bundles)), inline(await bundles.styles("live"))],
    data: [cellData(document, source)],
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
    path: `${fileStem(source.notebook.name, job.edition)}.live.html`,
    data: await livePage(source, job),
  },
]);
