/** `html`: one self-contained page for each notebook. */
import { renderArticle } from "../article.js";
import type { Bundles } from "../bundle.js";
import type { Document } from "../document.js";
import { documentOf, eachNotebook } from "../format.js";
import { renderPage, type Asset } from "../page.js";

/** Returns text as an asset that stands in the page itself. */
export function inline(text: string): Asset {
  return { kind: "inline", text };
}

/** Returns the sheets that any page of this document needs. */
export async function documentStyles(document: Document, bundles: Bundles): Promise<Asset[]> {
  const sheets = [await bundles.styles("page", "print")];
  if (document.libraries.has("katex")) sheets.unshift(await bundles.katexStyles());
  return sheets.map(inline);
}

/** Returns the drawing libraries that the document's own figures need. */
export async function documentLibraries(document: Document, bundles: Bundles): Promise<Asset[]> {
  const scripts: string[] = [];
  if (document.libraries.has("plotly")) scripts.push(await bundles.plotly());
  if (document.libraries.has("mermaid")) scripts.push(await bundles.program("mermaid"));
  return scripts.map(inline);
}

/** Returns the first sentence of the prose, for search engines and link previews. */
export function describe(document: Document): string {
  const prose = document.blocks.find(
    (block) => block.kind === "prose" && block.text.split("\n").length > 1,
  );
  const text = prose?.kind === "prose" ? prose.text.split("\n").slice(1).join(" ") : document.title;
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}

/** Returns the self-contained page of a document whose cells do not run. */
export async function staticPage(document: Document, bundles: Bundles): Promise<string> {
  return renderPage({
    title: document.title,
    description: describe(document),
    body: renderArticle(document),
    styles: await documentStyles(document, bundles),
    scripts: [
      ...(await documentLibraries(document, bundles)),
      inline(await bundles.program("static")),
    ],
  });
}

/** The format. */
export const html = eachNotebook(async (source, job) => [
  {
    path: `${source.notebook.name}.html`,
    data: await staticPage(documentOf(source, job, ".html"), job.bundles),
  },
]);
