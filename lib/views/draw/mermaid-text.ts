/** How text is written into a Mermaid diagram so that it is shown and never read as syntax. */

const named: Readonly<Record<string, string>> = {
  "&": "#amp;",
  "<": "#lt;",
  ">": "#gt;",
  '"': "#quot;",
};

/**
 * Returns the text with all that Mermaid could read as its own written as an entity, which it shows
 * as the character: `rq->__lock` would otherwise become an arrow, and `;` end the statement.
 *
 * Named entities where there are any: without HTML labels Mermaid decodes no others.
 */
export function mermaidText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[^\p{L}\p{N} _.,/@:=()+*!?-]/gu, (c) => named[c] ?? `#${c.codePointAt(0) ?? 63};`);
}
