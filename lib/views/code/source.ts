/** Kernel C as a cell shows it: in colours, with its line numbers, and the lines of a patch marked. */
import { applyPatchToFiles, type SourceFile } from "../../kernel-c/index.js";
import type { Scenario } from "../../machine/index.js";
import { counted } from "../../primitives/counted.js";
import { expectOptions } from "../../primitives/option-names.js";
import { type Drawing, framed } from "../draw/card.js";
import type { Figure } from "../draw/figure.js";
import { rect, type SvgNode } from "../draw/svg.js";
import { label, textWidth, type TextStyle } from "../draw/text.js";
import { type SourceLine, headLine, shownLines } from "./lines.js";
import { sourceHtml } from "./source-html.js";

/** What a text is shown with. */
export interface SourceOptions {
  /** A patch, or a mail that has one in it, which is applied first: what it changes is marked. */
  readonly patch?: string;
  /** As the text is named; `kernel.c` unless told, and of a scenario its own name. */
  readonly file?: string;
}

const optionNames: Record<keyof SourceOptions, true> = { patch: true, file: true };

/**
 * Returns kernel C as a figure: HTML in which it can be searched and copied, coloured and with line numbers. With a
 * patch, the patched text: added lines are marked with `+`, dropped ones with `-`, and of a long text what is far
 * from both is left out.
 *
 * @param of a text, a scenario that `kernelC()` made of one, or files; of several, a patch leaves those that it changes
 * @throws TypeError for a scenario that was written as statements; PatchError where the patch does not fit
 * @example
 * source(c`static DEFINE_MUTEX(m);`).name // "source"
 */
export function source(
  of: string | Scenario | readonly SourceFile[],
  { patch, file, ...others }: SourceOptions = {},
): Figure {
  expectOptions("source()", { patch, file, ...others }, optionNames);
  const before = filesOf(of, file);
  // An empty patch, such as that of no fix, changes nothing.
  const isPatched = patch !== undefined && patch.trim() !== "";
  const after = isPatched ? applyPatchToFiles(before, patch).files : before;
  const pairs = before.map((one, at) => ({ ...one, after: after[at]?.text ?? one.text }));
  const isWhole = patch === undefined || pairs.length === 1;
  const shown = pairs.filter((one) => isWhole || one.after !== one.text);
  const lines = shown.flatMap((one): readonly SourceLine[] => [
    ...(shown.length > 1 ? [headLine(one.file)] : []),
    ...shownLines(one.text.trimEnd(), one.after.trimEnd()),
  ]);
  const changed = lines.filter((line) => line !== null && line.kind !== "kept").length;
  const names = shown.map((one) => one.file).join(", ") || "no file is changed";
  const heading = isPatched ? `${names}, patched` : names;
  const what = changed === 0 ? "" : `, ${counted(changed, "line")} changed by a patch`;
  const alt = `${names} in kernel C: ${counted(lines.length, "line")}${what}.`;
  return {
    name: "source",
    alt,
    text: lines.map(lineText).join("\n"),
    svg: framed(draw(lines), { heading, alt }),
    textHtml: sourceHtml(lines, heading),
  };
}

function filesOf(
  of: string | Scenario | readonly SourceFile[],
  file: string | undefined,
): readonly SourceFile[] {
  if (typeof of === "string") return [{ file: file ?? "kernel.c", text: of }];
  const all = isScenario(of) ? (of.sources ?? []) : of;
  const named = all.filter((one) => file === undefined || one.file === file);
  if (named.length > 0) return named;
  throw new TypeError(
    all.length === 0
      ? "source(): no C here; it takes a text, files, or what kernelC() returns"
      : `source(): no ${file ?? ""}; there are ${all.map((one) => one.file).join(", ")}`,
  );
}

const isScenario = (of: Scenario | readonly SourceFile[]): of is Scenario => "processes" in of;

const signs = { kept: " ", added: "+", dropped: "-" } as const;

/** Returns a line as plain text. */
function lineText(line: SourceLine): string {
  if (line === null) return "   ...";
  const number = line.line === null ? "" : String(line.line);
  const text = line.tokens.map((token) => token.text).join("");
  return `${number.padStart(4)} ${signs[line.kind]} ${text}`.trimEnd();
}

const code: TextStyle = { size: 12, mono: true };
const leading = 17;
const indent = 56;

function draw(lines: readonly SourceLine[]): Drawing {
  const widths = lines.map((line) => textWidth(line === null ? "" : lineText(line).slice(7), code));
  const width = indent + Math.max(120, ...widths) + 8;
  const nodes = lines.flatMap((line, at): readonly SvgNode[] => {
    const base = at * leading + 13;
    if (line === null) return [label("⋮", 24, base, { ...code, tone: "muted", anchor: "end" })];
    const wash = line.kind === "added" ? "greenWash" : "redWash";
    const box = { x: 0, y: at * leading, width, height: leading };
    const number = line.line === null ? "" : String(line.line);
    let x = indent;
    return [
      ...(line.kind === "kept"
        ? []
        : [rect(box, { fill: wash }), label(signs[line.kind], 42, base, { ...code, bold: true })]),
      ...(number === ""
        ? []
        : [label(number, 30, base, { ...code, tone: "muted", anchor: "end" })]),
      ...line.tokens.flatMap(({ text, tone }): readonly SvgNode[] => {
        const from = x + textWidth(" ".repeat(text.length - text.trimStart().length), code);
        x += textWidth(text, code);
        if (text.trim() === "") return [];
        return [label(text.trim(), from, base, { ...code, ...(tone === null ? {} : { tone }) })];
      }),
    ];
  });
  return { width, height: lines.length * leading + 4, nodes };
}
