/** What a step is to a reader: the line of C that it comes from; its label, where it was written as a statement. */
import type { Model, Transition } from "../model/model.js";

/** A statement that is wrapped over more lines than these is shown by its first. */
const mostLines = 4;

/**
 * Returns the text of the line that a step comes from, without comment, brace and semicolon; its label, where it
 * comes from no text, or from one of several statements of a line.
 */
export function stepText(
  { scenario }: Model,
  { at, label }: Pick<Transition, "at" | "label">,
): string {
  const source = at === null ? null : (scenario.sources ?? []).find(({ file }) => file === at.file);
  if (at === null || source == null) return label;
  const lines = linesFrom(source.text, at.line);
  for (let count = 1; count <= lines.length; count++) {
    const code = bare(lines.slice(0, count).join(" "));
    if (!isWhole(code)) continue;
    return isOne(code) && !isReadOfUpdate(code, label) ? code : label;
  }
  return label;
}

/**
 * Returns the same, and of several steps that one process takes on one line, which: after the step before, with its
 * label behind.
 *
 * @param before the step that the process took before; null if none
 */
export function stepTextAfter(
  model: Model,
  step: Pick<Transition, "at" | "label">,
  before: Pick<Transition, "at" | "label"> | null,
): string {
  const text = stepText(model, step);
  if (text === step.label || before === null || before.at?.line !== step.at?.line) return text;
  return stepText(model, before) === text ? `${text}: ${step.label}` : text;
}

/** The lines of a text from one on, as many as a statement may have. */
function linesFrom(text: string, line: number): readonly string[] {
  let from = 0;
  for (let k = 1; k < line; k++) {
    from = text.indexOf("\n", from) + 1;
    if (from === 0) return [];
  }
  return text
    .slice(from, from + 1000)
    .split("\n")
    .slice(0, mostLines);
}

/** A statement without comments, the brace that it opens or that closes before it, and its semicolon. */
const bare = (code: string): string =>
  code
    .replace(/\/\*.*?(?:\*\/|$)|\/\/.*$/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^\}\s*/, "")
    .replace(/\s*[;{]$/, "");

/** Whether as many parentheses are closed as opened. */
const isWhole = (code: string): boolean =>
  (code.match(/\(/g)?.length ?? 0) === (code.match(/\)/g)?.length ?? 0);

/** Whether a step is the read of `count++`: its line says what the step after it does. */
const isReadOfUpdate = (code: string, label: string): boolean =>
  label.startsWith("read ") && /\+\+|--|[-+*|&^]= /.test(code);

/** Whether a line is one statement, and says what happens: a block of one step has a name of its own. */
function isOne(code: string): boolean {
  const plain = code.replace(/^for \(.*?\)$/, "for");
  return code !== "" && !/[;{}]/.test(plain) && !/^(?:in_one_step|static|else$|do$|#)/.test(code);
}
