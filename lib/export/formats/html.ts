/** `html`: one self-contained page for each notebook. */
import { renderArticle } from "../document/article.js";
import type { Bundles } from "../bundle.js";
import type { Document } from "../document/document.js";
import { fileStem } from "../source/edition.js";
import { documentOf, eachNotebook, readOnly } from "../format.js";
import { figureStyles } from "../outputs/figure-styles.js";
import { renderPage, type Asset, type PackedScript } from "../document/page.js";

/** Returns text as an asset that stands in the page itself. */
export function inline(text: string): Asset {
  return { kind: "inline", text };
}

/** Returns the sheets that any page of this document needs. */
export async function documentStyles(document: Document, bundles: Bundles): Promise<Asset[]> {
  const sheets = [figureStyles(), await bundles.styles("page", "print")];
  if (document.libraries.has("katex")) sheets.unshift(await bundles.katexStyles());
  return sheets.map(inline);
}

/** Returns the drawing libraries that the document's own figures need. */
export async function documentLibraries(
  document: Document,
  bundles: Bundles,
): Promise<PackedScript[]> {
  const { libraries } = document;
  return [
    ...(libraries.has("plotly") ? [{ id: "lab-plotly", text: await bundles.plotly() }] : []),
    ...(libraries.has("mermaid")
      ? [{ id: "lab-mermaid", text: await bundles.program("mermaid") }]
      : []),
  ];
}

/** Returns the first sentence of the prose, for search engines and link previews. */
export function describe(document: Document): string {
  const prose = document.blocks.find(
    (block) => block.kind === "prose" && block.text.split("\n").length > 1,
  );
  const text = prose?.kind === "prose" ? prose.text.split("\n").slice(1).join(" ") : document.title;
  return text.length > 160 ? `${text.slice(0, 159).replace(/\W*\s\S*$/, "")}…` : text;
}

/** Returns the self-contained page of a document whose cells do not run. */
async function staticPage(document: Document, bundles: Bundles): Promise<string> {
  return renderPage({
    title: document.title,
    description: describe(document),
    body: renderArticle(document),
    styles: await documentStyles(document, bundles),
    packed: await documentLibraries(document, bundles),
    scripts: [inline(await bundles.program("static"))],
  });
}

/** The format. */
export const html = eachNotebook(async (source, job) => [
  {
    path: `${fileStem(source.notebook.name, job.edition)}.html`,
    data: await staticPage(documentOf(readOnly(source, job.edition), job, ".html"), job.bundles),
  },
]);
