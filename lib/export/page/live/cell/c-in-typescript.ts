/** TypeScript whose c`...` templates are C: each coloured and completed as what it is. */
import { completeFromList, type CompletionSource } from "@codemirror/autocomplete";
import { cppLanguage } from "@codemirror/lang-cpp";
import { javascript, typescriptLanguage } from "@codemirror/lang-javascript";
import { LanguageSupport } from "@codemirror/language";
import { completeTypeScript, type CellLanguage } from "../../language/editor-language.js";
import { type Input, parseMixed, type SyntaxNode } from "@lezer/common";

/**
 * Returns the language of a cell.
 *
 * @param words what is completed in C
 * @param checked completes TypeScript; where there is nothing that does, the words of the cell are offered
 */
export function cInTypeScript(
  words: readonly string[],
  checked?: Pick<CellLanguage, "language" | "cells">,
): LanguageSupport {
  const language = typescriptLanguage.configure({
    wrap: parseMixed(({ node }, input) =>
      isKernelC(node, input) ? { parser: cppLanguage.parser, overlay: textOf(node) } : null,
    ),
  });
  const options = words.map((label) => ({ label }));
  const complete: CompletionSource | undefined =
    checked && ((context) => completeTypeScript(context, checked.language, checked.cells()));
  return new LanguageSupport(language, [
    complete === undefined
      ? javascript({ typescript: true }).support
      : language.data.of({ autocomplete: complete }),
    cppLanguage.data.of({ autocomplete: completeFromList(options) }),
  ]);
}

/** Whether a node is a template whose tag is `c`. */
function isKernelC(node: SyntaxNode, input: Input): boolean {
  const tag = node.name === "TemplateString" ? node.prevSibling : null;
  return tag?.name === "VariableName" && input.read(tag.from, tag.to) === "c";
}

/** The template between its quotes, without what is put in. */
function textOf(node: SyntaxNode): readonly { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  let from = node.from + 1;
  for (const { from: start, to } of node.getChildren("Interpolation")) {
    if (start > from) ranges.push({ from, to: start });
    from = to;
  }
  if (node.to - 1 > from) ranges.push({ from, to: node.to - 1 });
  return ranges;
}
