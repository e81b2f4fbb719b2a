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
      reader.faults.add(reader.span(firstToken(node)), messageFor(node, reader));
      return;
    }
    if (!node.hasError) return;
    node.children.forEach(visit);
  };
  visit(root);
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
  if (text === "") return "this cannot be read; is something missing before it?";
  const shown = text.length > 40 ? `${text.slice(0, 40)}...` : text;
  const brace = node.parent?.type === "translation_unit" && text.includes("{");
  const hint = brace ? "; is a } missing before it?" : "";
  return `this cannot be read: ${shown}${hint}`;
}
