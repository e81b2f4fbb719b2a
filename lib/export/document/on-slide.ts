/** What a talk shows of a notebook's cell: less than a page does. */
import { cellNames } from "../runtime/names.js";
import type { Shown } from "../outputs/outputs.js";
import type { Block, CodeBlock, ProseBlock } from "./document.js";
import type { Highlight } from "./highlight.js";
import { scrollable } from "./markdown.js";

/** Lines of printed text that a talk has time for: three slides of them. */
const mostLines = 60;

/**
 * Returns what slides show of the block, nothing where that is no matter for a talk: code that only sets up,
 * a check of answers, a run that failed, what an exercise says before anybody has answered. Where a cell does
 * nothing but show a figure, the figure stands alone.
 */
export function onSlide(block: Block, highlight: Highlight): Block[] {
  if (block.slide === "skip" || block.role === "hidden-test") return [];
  if (block.kind === "prose") return sectionsOf(block);
  if (block.scaffolding !== undefined) return [];
  const outputs =
    block.role === "exercise"
      ? []
      : block.outputs.filter(({ kind }) => kind !== "error").map(shortened);
  const hidesInput = block.hidesInput || (outputs.length > 0 && cellNames(block.source).onlyShows);
  const saysNothing = hidesInput || (block.outputs.length > 0 && block.role !== "exercise");
  if (outputs.length === 0 && saysNothing) return [];
  return withoutImports({ ...block, outputs, hidesInput }, highlight);
}

/** Imports at the head of a cell; a cell of one further line and nothing to show only sets up. */
const imports = /^(?:\s*import\s[^"']*["'][^"']*["'];?[ \t]*(?:\n|$))+\s*/;

function withoutImports(block: CodeBlock, highlight: Highlight): Block[] {
  const source = block.source.replace(imports, "");
  if (source === block.source) return [block];
  if (block.outputs.length === 0 && !source.trim().includes("\n")) return [];
  return [{ ...block, source, highlighted: scrollable(highlight(source, "typescript")) }];
}

function shortened(output: Shown): Shown {
  if (output.kind !== "text") return output;
  const lines = output.text.trimEnd().split("\n");
  const further = lines.length - mostLines;
  if (further <= 0) return output;
  // What has been cut before says so in its last line.
  const cut = lines.slice(-1).filter((line) => line.startsWith("[output cut here"));
  const note = `[${further} further lines: in the notebook]`;
  return { ...output, text: `${[...lines.slice(0, mostLines), note, ...cut].join("\n")}\n` };
}

/** Prose with headings of sections inside it, as prose that begins with one each. */
function sectionsOf(block: ProseBlock): Block[] {
  const parts: string[] = [];
  for (const part of block.html.split(/^(?=<h[12][ >])/m)) {
    const before = parts.at(-1);
    if (before === undefined || isOpen(before)) parts.push((parts.pop() ?? "") + part);
    else parts.push(part);
  }
  if (parts.length < 2) return [block];
  return parts.map((html, at) => ({
    ...block,
    id: at === 0 ? block.id : `${block.id}-${at + 1}`,
    html,
    slide: at === 0 ? block.slide : "slide",
    headings: block.headings.filter(({ id }) => html.includes(`id="${id}"`)),
  }));
}

/** Whether a list or a quotation goes on behind the text. */
function isOpen(html: string): boolean {
  const count = (tags: RegExp): number => html.match(tags)?.length ?? 0;
  return count(/<(?:ul|ol|blockquote)\b/g) > count(/<\/(?:ul|ol|blockquote)>/g);
}
