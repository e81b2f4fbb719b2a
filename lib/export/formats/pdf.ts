/** `pdf`: a typeset handout: vector figures, page numbers, an outline, links that work. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { renderArticle } from "../article.js";
import type { Bundles } from "../bundle.js";
import { ChromiumError, startChromium } from "../chromium.js";
import { editionNames, fileStem } from "../edition.js";
import type { Document } from "../document.js";
import { documentOf, type Format } from "../format.js";
import { escapeMarkup } from "../../views/draw/markup.js";
import { renderPage } from "../page.js";
import { placesIn } from "../pdf-pages.js";
import { describe, documentLibraries, documentStyles, inline } from "./html.js";

/** Still images stand for Plotly and for players on paper; only prose brings diagrams to draw. */
async function handout(document: Document, bundles: Bundles): Promise<string> {
  return renderPage({
    title: document.title,
    description: describe(document),
    body: renderArticle(document),
    styles: [...(await documentStyles(document, bundles)), inline(await bundles.styles("pdf"))],
    packed: (await documentLibraries(document, bundles)).filter(({ id }) => id === "lab-mermaid"),
    scripts: [inline(await bundles.program("handout"))],
  });
}

const small = "font: 11px sans-serif; width: 100%; margin: 0 16mm; color: #555;";

async function print(html: string, title: string, browser: Browser): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "lab-pdf-"));
  const context = await browser.newContext({ offline: true, colorScheme: "light" });
  try {
    const file = join(folder, "handout.html");
    await writeFile(file, html);
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector("html[data-drawn]", { state: "attached" });
    return await printNumbered(page, {
      format: "A4",
      margin: { top: "20mm", bottom: "18mm", left: "16mm", right: "16mm" },
      printBackground: true,
      preferCSSPageSize: false,
      displayHeaderFooter: true,
      headerTemplate: `<div style="${small}">${escapeMarkup(title)}</div>`,
      footerTemplate:
        `<div style="${small} text-align: center;">` +
        `<span class="pageNumber"></span> / <span class="totalPages"></span></div>`,
      tagged: true,
      outline: true,
    });
  } finally {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
}

type PrintOptions = Parameters<Page["pdf"]>[0];

/** The numbers have their room beforehand, so the second print is the last but for a surprise. */
const mostPrints = 4;

/** A browser cannot number its contents: prints, reads where the headings came, prints again. */
async function printNumbered(page: Page, options: PrintOptions): Promise<Uint8Array> {
  let pdf = await page.pdf(options);
  for (let prints = 1; prints < mostPrints; prints++) {
    const pages = JSON.stringify(Object.fromEntries(await placesIn(pdf)));
    if (!(await page.evaluate<boolean>(`labNumberContents(${pages})`))) break;
    pdf = await page.pdf(options);
  }
  return pdf;
}

/** The format: one browser prints all handouts. */
export const pdf: Format = async function* (job) {
  const browser = await startChromium();
  try {
    for (const source of job.sources) {
      const { name, title } = source.notebook;
      job.progress(name);
      // Chromium writes a link to a file with its whole path, which is nobody else's: leave those out.
      const html = await handout(documentOf(source, job, undefined), job.bundles);
      const heading = [title, editionNames[job.edition]].filter(Boolean).join(" · ");
      yield {
        path: `${fileStem(name, job.edition)}.pdf`,
        data: await print(html, heading, browser).catch((cause: unknown) => {
          const why = cause instanceof Error ? cause.message : String(cause);
          const line = why.split("\n")[0] ?? "";
          throw new ChromiumError(
            `${name} cannot be printed: ${line}; the html format can be printed from a browser`,
            { cause },
          );
        }),
      };
    }
  } finally {
    await browser.close();
  }
};
