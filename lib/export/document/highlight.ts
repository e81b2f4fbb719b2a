/** Colours code with shiki: every token carries its light and its dark colour. */
import { createHighlighter, type BundledLanguage, type Highlighter } from "shiki";

/** High contrast, so that every colour passes WCAG AA on its background. */
const themes = { light: "github-light-high-contrast", dark: "github-dark-high-contrast" } as const;
const languages: readonly BundledLanguage[] = ["typescript", "c", "json", "bash", "diff"];

const aliases: Readonly<Record<string, BundledLanguage>> = {
  ts: "typescript",
  typescript: "typescript",
  js: "typescript",
  javascript: "typescript",
  c: "c",
  json: "json",
  sh: "bash",
  bash: "bash",
  console: "bash",
  diff: "diff",
};

/** Returns `<pre class="shiki ...">` with the code; an unknown language stays plain. */
export type Highlight = (code: string, language: string) => string;

/** Loads the grammars and returns the function that colours. */
export async function createHighlight(): Promise<Highlight> {
  const shiki: Highlighter = await createHighlighter({
    themes: Object.values(themes),
    langs: [...languages],
  });
  return (code, language) =>
    shiki.codeToHtml(code.replace(/\n$/, ""), {
      lang: aliases[language.toLowerCase()] ?? "text",
      themes,
      // A limit in time would make a page's bytes depend on how busy the machine is.
      tokenizeTimeLimit: 0,
      defaultColor: "light-dark()",
    });
}
