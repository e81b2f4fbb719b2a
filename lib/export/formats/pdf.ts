/** `pdf`: a typeset handout: vector figures, page numbers, an outline, links that work, room to write. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { ownFolder, removeAbandoned } from "../writing/abandoned.js";
import { ChromiumError, startChromium } from "../chromium.js";
import type { Document } from "../document/document.js";
import { fileStem } from "../source/edition.js";
import { linkedDocument, readOnly, type Format, type Job, type Source } from "../format.js";
import { textField } from "../json.js";
import { escapeMarkup } from "../../views/draw/markup.js";
import { renderPage } from "../document/page.js";
import { handoutBody, runningTitle, type Imprint } from "../print/handout.js";
import { pageMargins, sheets, textArea, type Paper } from "../print/paper.js";
import { linkToHandout, withHandoutLinks } from "../print/pdf-links.js";
import { placesIn } from "../print/pdf-pages.js";
import { describe, documentLibraries, documentStyles, inline } from "./html.js";

/** Still images stand for Plotly and for players on paper; only prose brings diagrams to draw. */
async function handout(
  document: Document,
  answers: Document | undefined,
  { bundles }: Job,
  imprint: Imprint,
): Promise<string> {
  return renderPage({
    title: document.title,
    description: describe(document),
    body: handoutBody(document, imprint, answers),
    styles: [...(await documentStyles(document, bundles)), inline(await bundles.styles("pdf"))],
    packed: (await documentLibraries(document, bundles)).filter(({ id }) => id === "lab-mermaid"),
    scripts: [inline(await bundles.program("print/handout"))],
  });
}

const small = "font: 11px sans-serif; width: 100%; margin: 0 16mm; color: #555;";

/** How the folders begin in which a browser finds what it prints. */
const printing = "lab-pdf-";

async function print(
  html: string,
  title: string,
  paper: Paper,
  browser: Browser,
): Promise<Uint8Array> {
  const folder = ownFolder(tmpdir(), printing);
  const { width, height } = textArea(paper);
  const viewport = { width, height };
  const context = await browser.newContext({ offline: true, colorScheme: "light", viewport });
  try {
    const file = join(folder, "handout.html");
    await writeFile(file, html);
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector("html[data-drawn]", { state: "attached" });
    await page.emulateMedia({ media: "print" });
    await page.evaluate(`labKeepTogether(${height})`);
    const pdf = await printNumbered(page, {
      format: sheets[paper].format,
      margin: pageMargins,
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
    return await withHandoutLinks(pdf);
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

/** Returns what a handout says of the lab that made it. */
async function imprintOf({ root, handout, address }: Job): Promise<Imprint> {
  const about: unknown = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  return {
    date: handout.date,
    version: textField(about, "version") ?? "",
    licence: textField(about, "license") ?? "",
    ...(address === undefined ? {} : { address }),
  };
}

function documentsOf(whole: Source, job: Job): readonly [Document, Document | undefined] {
  const page = (name: string): string =>
    encodeURI(linkToHandout(`${fileStem(name, job.edition)}.pdf`));
  const withAnswers = job.handout.answers && job.edition === "student";
  return [
    linkedDocument(readOnly(whole, job.edition), job, page),
    withAnswers
      ? linkedDocument(readOnly(whole, "teacher"), { ...job, edition: "teacher" }, page)
      : undefined,
  ];
}

/** The format: one browser prints all handouts. */
export const pdf: Format = async function* (job) {
  await removeAbandoned(tmpdir(), printing);
  const browser = await startChromium();
  const imprint = await imprintOf(job);
  const { paper } = job.handout;
  try {
    for (const source of job.sources) {
      const { name } = source.notebook;
      job.progress(name);
      const [document, answers] = documentsOf(source, job);
      const html = await handout(document, answers, job, imprint);
      const stem = answers === undefined ? name : `${name}.answers`;
      yield {
        path: `${fileStem(stem, job.edition)}.pdf`,
        data: await print(html, runningTitle(document), paper, browser).catch((cause: unknown) => {
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
