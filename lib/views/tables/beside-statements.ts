/** C beside the statements that it is translated to, as a figure: line by line, function by function. */
import {
  type BesideFunction,
  type BesideRow,
  besideText,
  besideStatements as rowsOf,
} from "../../kernel-c/index.js";
import type { Scenario } from "../../machine/index.js";
import { tokensHtml } from "../code/source-html.js";
import { tokensOf } from "../code/tokens.js";
import { type Drawing, framed } from "../draw/card.js";
import type { Figure } from "../draw/figure.js";
import { escapeMarkup } from "../draw/markup.js";
import { rect, type SvgNode } from "../draw/svg.js";
import { label, textWidth, type TextStyle } from "../draw/text.js";

const code: TextStyle = { size: 12, mono: true };
const leading = 17;

/**
 * Returns the figure of kernel C beside its statements: on the left the text with its line numbers, on the right
 * the TypeScript that says the same.
 *
 * @param scenario as `kernelC()` returns it
 * @throws TypeError if it was written as statements and comes of no text
 * @example
 * const kernelC = await loadKernelC();
 * const text = "static DEFINE_MUTEX(m);\nstatic void f(void)\n{\n\tmutex_lock(&m);\n\tmutex_unlock(&m);\n}\n";
 * besideStatements(kernelC(text, { threads: ["f on 0"] })).name // "beside-statements"
 */
export function besideStatements(scenario: Scenario): Figure {
  const functions = rowsOf(scenario);
  const names = functions.map(({ name }) => `${name}()`).join(", ");
  const heading = `Kernel C, and the statements that it stands for`;
  const alt = `${names} in kernel C, each line beside the TypeScript statements that it is translated to.`;
  return {
    name: "beside-statements",
    alt,
    text: besideText(functions).join("\n"),
    svg: framed(draw(functions), { heading, alt }),
    textHtml: html(functions),
  };
}

const spaced = (c: string): string => c.replaceAll("\t", "    ");

function draw(functions: readonly BesideFunction[]): Drawing {
  const rows = functions.flatMap(({ rows: own }) => own);
  const left = 40 + Math.max(...rows.map(({ c }) => textWidth(spaced(c), code))) + 24;
  const right = Math.max(
    ...rows.flatMap(({ statements }) => statements.map((text) => textWidth(text, code))),
    0,
  );
  const nodes: SvgNode[] = [];
  let y = 0;
  for (const [at, { rows: own }] of functions.entries()) {
    if (at > 0) y += leading;
    for (const { line, c, statements } of own) {
      const height = Math.max(1, statements.length) * leading;
      if (statements.length > 0) {
        nodes.push(rect({ x: left - 10, y, width: right + 20, height }, { fill: "panel" }));
      }
      const base = y + 13;
      nodes.push(
        label(String(line), 24, base, { ...code, tone: "muted", anchor: "end" }),
        indented(spaced(c), 40, base),
        ...statements.map((text, k) => indented(text, left, base + k * leading)),
      );
      y += height;
    }
  }
  return { width: left + right + 10, height: y, nodes };
}

/** Returns a line of code where its indentation has it. */
function indented(text: string, x: number, y: number): SvgNode {
  const spaces = text.length - text.trimStart().length;
  return label(text.trimStart(), x + textWidth(" ".repeat(spaces), code), y, code);
}

/** The lines of a function with their C as HTML. */
function coloured(rows: readonly BesideRow[]): readonly (readonly [BesideRow, string])[] {
  const tokens = tokensOf(rows.map(({ c }) => c).join("\n"));
  return rows.map((row, at) => [row, tokensHtml(tokens[at] ?? [])]);
}

const cell =
  "padding:0 14px 0 0;text-align:left;vertical-align:top;font-family:monospace;font-size:12px;white-space:pre";

function html(functions: readonly BesideFunction[]): string {
  const rows = functions.flatMap(({ rows: own }, at) => [
    ...(at === 0 ? [] : [`<tr><td colspan="3">&nbsp;</td></tr>`]),
    ...coloured(own).map(([{ line, statements }, c]) =>
      [
        `<tr><td style="${cell};opacity:.6;text-align:right">${String(line)}</td>`,
        `<td style="${cell}">${c}</td>`,
        `<td style="${cell}">${escapeMarkup(statements.join("\n"))}</td></tr>`,
      ].join(""),
    ),
  ]);
  const head = `<tr><th></th><th style="text-align:left">kernel C</th><th style="text-align:left">statements</th></tr>`;
  return `<table class="lab-beside" style="border-collapse:collapse"><thead>${head}</thead><tbody>${rows.join("")}</tbody></table>`;
}
