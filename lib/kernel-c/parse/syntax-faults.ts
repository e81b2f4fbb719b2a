/** What the parser could not read, said as a compiler does. */
import type { Node } from "web-tree-sitter";
import type { Reader } from "./reader.js";

/** Notes every place of a parse where text is wrong or missing. */
export function syntaxFaults(root: Node, reader: Reader): void {
  if (!root.hasError) return;
  const visit = (node: Node): void => {
    if (node.isMissing) {
      const { startIndex } = node;
      const at = startIndex + reader.shift;
      reader.faults.add(reader.source.span(at, at + 1), `expected ${shownToken(node.type)} here`);
      return;
    }
    if (node.isError) {
      const end = lineWithoutEnd(reader, node.startIndex + reader.shift);
      if (end !== null) {
        reader.faults.add(reader.source.span(end, end + 1), "expected ; here");
        return;
      }
      reader.faults.add(reader.span(firstToken(node)), messageFor(node, reader));
      return;
    }
    if (!node.hasError) return;
    node.children.forEach(visit);
  };
  visit(root);
}

/**
 * Where a `;` is missing: behind a value that ends its line, with a word at the beginning of the next; null if the
 * text at an offset is wrong in another way.
 */
function lineWithoutEnd({ rewritten: { code } }: Reader, at: number): number | null {
  for (const start of [at, code.lastIndexOf("\n", at - 1)]) {
    const line = code.indexOf("\n", start);
    if (line < 0) continue;
    const before = code.slice(0, line).trimEnd();
    const next = /^\s*([\w}]+)/.exec(code.slice(line))?.[1];
    const ends = /[\w)\]"']$/.test(before);
    const isStatement = /[=)]/.test(before.slice(before.lastIndexOf("\n") + 1));
    const isHead = /^\s*(?:if|for|while|switch|else|do|static|void|int|struct)\b/.test(
      before.slice(before.lastIndexOf("\n") + 1),
    );
    if (ends && next !== undefined && isStatement && !isHead) return before.length;
  }
  return null;
}

const shownToken = (type: string): string =>
  /^\w+$/.test(type) ? `a ${type.replace(/_/g, " ")}` : type;

function firstToken(node: Node): Node {
  let at = node;
  for (;;) {
    const first = at.firstChild;
    if (first?.startIndex !== at.startIndex) return at;
    at = first;
  }
}

function messageFor(node: Node, reader: Reader): string {
  const text = reader.text(node);
  const { parent } = node;
  if (parent?.type === "case_statement" && text.startsWith("...")) {
    return "a range of cases is not in the subset: write a case for each value";
  }
  if (parent?.type === "goto_statement") {
    return "where this goes is known at run time alone: write a switch with a goto in each case";
  }
  const before = reader.source.excerpt(
    Math.max(0, node.startIndex + reader.shift - 80),
    node.startIndex + reader.shift,
  );
  if (/\bscoped_cond_guard\s*\([^{;]*$/.test(before)) {
    return "scoped_cond_guard() is not in the subset: write if (mutex_trylock(&lock)) { ... mutex_unlock(&lock); }";
  }
  if (text === "") return "this cannot be read; is something missing before it?";
  const shown = text.length > 40 ? `${text.slice(0, 40)}...` : text;
  const brace = node.parent?.type === "translation_unit" && text.includes("{");
  const hint = brace ? "; is a } missing before it?" : "";
  return `this cannot be read: ${shown}${hint}`;
}
