/** How text is written into a Mermaid diagram so that it is shown and never read as syntax. */

/**
 * Returns the text with all that Mermaid could read as its own written as `#CODE;`, which it shows
 * as the character: `rq->__lock` would otherwise become an arrow, and `;` end the statement.
 */
export function mermaidText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[^\p{L}\p{N} _.,/@:=]/gu, (c) => `#${c.codePointAt(0) ?? 63};`);
}
