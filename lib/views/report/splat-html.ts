/**
 * The annotated splat as HTML text: it can be searched and copied, stacks unfold, and where there is no
 * room beside the report the notes go below.
 *
 * JupyterLab strips style sheets, and all but a few inline styles, from a notebook that it does not trust;
 * what is left then is the same text, one part below the other.
 */
import { escapeMarkup } from "../draw/markup.js";
import { midTone } from "../draw/palette.js";
import { counted } from "../../primitives/counted.js";
import type { SplatPart, SplatPartRow } from "./splat-parts.js";

const mono = "font-family:monospace;font-size:12px;line-height:1.35";
const report = `margin:0;padding:2px 0;${mono};white-space:pre-wrap;overflow-wrap:anywhere`;

function rowHtml(row: SplatPartRow): string {
  if (typeof row === "string") return `<pre style="${report}">${escapeMarkup(row)}</pre>`;
  const lines = row.folded.map(escapeMarkup).join("\n");
  const label = counted(row.folded.length, "more line", "more lines");
  return `<details><summary style="cursor:pointer;font-size:12px;opacity:.75">${label}</summary><pre style="${report}">${lines}</pre></details>`;
}

/** Lines that stand next to each other in one block, so that they are copied as they are. */
function joined(rows: readonly SplatPartRow[]): readonly SplatPartRow[] {
  const blocks: SplatPartRow[] = [];
  for (const row of rows) {
    const last = blocks.at(-1);
    if (typeof row === "string" && typeof last === "string") {
      blocks[blocks.length - 1] = `${last}\n${row}`;
    } else blocks.push(row);
  }
  return blocks;
}

function partHtml(part: SplatPart): string {
  const colour = midTone(part.tone);
  const note =
    part.note === ""
      ? ""
      : `<div style="flex:1 1 15em;font-size:13px;line-height:1.4"><b style="color:${colour}">${escapeMarkup(part.title)}</b><br>${escapeMarkup(part.note)}</div>`;
  return [
    `<div style="display:flex;flex-wrap:wrap;gap:4px 18px;border-left:4px solid ${colour};padding:2px 0 2px 10px;margin:0 0 8px 0">`,
    `<div style="flex:3 1 34em;min-width:0">${joined(part.rows).map(rowHtml).join("")}</div>${note}</div>`,
  ].join("");
}

/** Returns the parts of a report as HTML, each beside what it says. */
export function splatHtml(parts: readonly SplatPart[]): string {
  return `<div class="lab-splat" style="max-width:1000px">${parts.map(partHtml).join("")}</div>`;
}
