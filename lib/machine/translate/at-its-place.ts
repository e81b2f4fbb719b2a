/** What is wrong with a step that stands in a text, said as a compiler says it. */
import type { SourcePlace } from "../language/statement.js";
import type { SourceText } from "../language/scenario.js";

/** Longer lines are not shown. */
const mostShown = 160;

/**
 * Returns a message with `file:line:column` before it, and the line with a caret below; the message alone where no
 * text is known.
 */
export function atItsPlace(
  message: string,
  at: SourcePlace | null,
  sources: readonly SourceText[] = [],
): string {
  if (at === null) return message;
  const head = `${at.file}:${String(at.line)}:${String(at.column)}: ${message}`;
  const line = sources.find(({ file }) => file === at.file)?.text.split("\n")[at.line - 1];
  if (line === undefined || line.length > mostShown) return head;
  const lead = line.slice(0, at.column - 1).replace(/[^\t]/g, " ");
  return `${head}\n${String(at.line).padStart(5)} | ${line.replace(/\r$/, "")}\n      | ${lead}^`;
}
