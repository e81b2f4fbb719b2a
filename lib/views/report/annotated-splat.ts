/** The splat with its parts annotated: the report on the left, what each part says on the right. */
import type { Figure } from "../draw/figure.js";
import { framed, type Drawing } from "../draw/card.js";
import { rect, type SvgNode } from "../draw/svg.js";
import { label, labelLines, textWidth, wrap, type TextStyle } from "../draw/text.js";
import { splatHtml } from "./splat-html.js";
import { splatParts, type SplatPart } from "./splat-parts.js";

const code: TextStyle = { size: 11.5, mono: true };
const noteStyle: TextStyle = { size: 12 };
const codeWidth = 590;
const noteWidth = 226;
const leading = 15.5;

interface Row {
  readonly text: string;
  readonly indent: number;
}

/** Returns a line of the report, wrapped with a hanging indent. */
function rowsOf(line: string): readonly Row[] {
  const spaces = /^ */.exec(line)?.[0].length ?? 0;
  const indent = textWidth(" ".repeat(spaces), code);
  const text = line.trimStart();
  // The scenario's columns stand on their spaces: such a line must stay whole.
  if (/ {3}/.test(text)) return [{ text, indent }];
  return wrap(text, codeWidth - indent - 14, code).map((piece, i) => ({
    text: piece,
    indent: i === 0 ? indent : indent + 14,
  }));
}

function draw(parts: readonly SplatPart[]): Drawing {
  const nodes: SvgNode[] = [];
  let y = 0;
  for (const part of parts) {
    const rows = part.lines.flatMap(rowsOf);
    const notes = wrap(part.note, noteWidth, noteStyle);
    const noteLines = part.note === "" ? 0 : notes.length + 1;
    const height = Math.max(rows.length * leading, noteLines * 16) + 12;
    nodes.push(
      rect({ x: 0, y, width: codeWidth + 16, height }, { fill: "panel" }, 4),
      rect({ x: 0, y, width: 5, height }, { fill: part.tone }, 2),
      ...rows.map((row, i) => label(row.text, 14 + row.indent, y + 16 + i * leading, code)),
    );
    if (part.note !== "") {
      const x = codeWidth + 32;
      nodes.push(
        label(part.title, x, y + 16, { size: 12, bold: true, tone: part.tone }),
        ...labelLines(notes, x, y + 33, noteStyle, 16),
      );
    }
    y += height + 6;
  }
  return { width: codeWidth + 32 + noteWidth, height: Math.max(0, y - 6), nodes };
}

/**
 * Returns the figure of a report with its parts named and explained.
 *
 * @param text the report as the kernel printed it; what stands before its headline is left out.
 * @param keep functions shown of each stack, 1 or more; 4 unless told.
 * @example
 * annotatedSplat("WARNING: possible circular locking dependency detected\n...").text
 */
export function annotatedSplat(text: string, keep = 4): Figure {
  const parts = splatParts(text, keep);
  const headline = parts[0]?.lines[0] ?? "no lockdep report found in the text";
  const alt =
    parts.length === 0
      ? "Annotated splat: no lockdep report was found in the text."
      : `Annotated splat: ${headline}. Its parts in order: ${parts.map((p) => p.title).join(", ")}.`;
  return {
    name: "annotated-splat",
    alt,
    text:
      parts.length === 0
        ? headline
        : parts
            .map((p) =>
              [...p.lines, ...(p.note === "" ? [] : [`    ^ ${p.title}: ${p.note}`])].join("\n"),
            )
            .join("\n\n"),
    svg: framed(draw(parts), { heading: "The report, part by part", alt, minWidth: 500 }),
    ...(parts.length === 0 ? {} : { textHtml: splatHtml(parts) }),
  };
}
