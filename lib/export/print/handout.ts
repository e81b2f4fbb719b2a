/** A document as the page that is printed: what stands only on paper. */
import { renderArticle, renderBlock } from "../document/article.js";
import type { Block, Document } from "../document/document.js";
import { editionNames } from "../source/edition.js";
import { numberInWords } from "../source/notebook-number.js";
import type { Shown } from "../outputs/outputs.js";
import { grouped } from "../../primitives/counted.js";
import { escapeMarkup } from "../../views/draw/markup.js";

/** What the first page says of the handout. */
export interface Imprint {
  /** The day on which it was made. */
  readonly date: Date;
  /** Of the lab: its version and licence, and its address where it has one. */
  readonly version: string;
  readonly licence: string;
  readonly address?: string;
}

/** Returns the body of the handout. */
export function handoutBody(
  document: Document,
  imprint: Imprint,
  answers: Document | undefined,
): string {
  const back = answers === undefined ? "" : answersOf(answers);
  const headings =
    back === ""
      ? document.headings
      : [...document.headings, { level: 2, text: "Answers", id: answersId }];
  const blocks = document.blocks.map(onPaper);
  return renderArticle(
    { ...document, blocks, headings },
    {
      controls: front(document, imprint),
      after: (block) =>
        block.role === "exercise" && document.edition === "student" ? writingSpace : "",
      end: back,
    },
  );
}

/** Characters of a text that go on paper: some four pages. */
const mostOnPaper = 20_000;

/** Returns what a cell has printed, cut where it would fill a ream. */
function onPaper(block: Block): Block {
  if (block.kind === "prose") return block;
  const outputs = block.outputs.map((output): Shown => {
    if (output.kind !== "text" || output.text.length <= mostOnPaper) return output;
    const note = `[cut here on paper: it has ${grouped(output.text.length)} characters]`;
    return { ...output, text: `${output.text.slice(0, mostOnPaper)}\n${note}\n` };
  });
  return { ...block, outputs };
}

/** The heading of a handout's page, and its first lines. */
export function runningTitle({ name, title, edition }: Document): string {
  return [numberInWords(name), title, editionNames[edition]].filter(Boolean).join(" · ");
}

function front({ edition }: Document, { date, version, licence, address }: Imprint): string {
  const day = date.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  const lab = `lockdep-lab ${version}, ${licence} licence`;
  const lines = [editionNames[edition], day, lab, address ?? ""].filter(Boolean);
  return `<p class="lab-imprint">${lines.map(escapeMarkup).join(" · ")}</p>`;
}

/** Room for an answer that is written by hand. */
const writingSpace = `<div class="lab-writing"><p>Your answer:</p></div>\n`;

/** Fit for no heading of a notebook: these do not begin with `lab-`. */
const answersId = "lab-answers";

/** The solutions under the headings of their exercises, for the last pages. */
function answersOf({ blocks }: Document): string {
  let heading = "";
  const parts: string[] = [];
  let under = "";
  for (const block of blocks) {
    heading = headingOf(block) ?? heading;
    if (block.role !== "solution") continue;
    if (heading !== under) parts.push(`<h3>${escapeMarkup(heading)}</h3>`);
    under = heading;
    parts.push(block.kind === "code" ? renderBlock({ ...block, outputs: [] }) : renderBlock(block));
  }
  if (parts.length === 0) return "";
  return `<section class="lab-answers"><h2 id="${answersId}">Answers</h2>${parts.join("")}</section>\n`;
}

function headingOf(block: Block): string | undefined {
  return block.kind === "prose" ? block.headings.at(-1)?.text : undefined;
}
