/** TypeScript and kernel C in an editor: problems underlined, words completed, names explained. */
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { linter } from "@codemirror/lint";
import { StateEffect, type Extension } from "@codemirror/state";
import { EditorView, hoverTooltip, type Tooltip } from "@codemirror/view";
import type { CellText, Completion as Word, Problem } from "../../language/messages.js";
import type { Language } from "./language.js";

/** What an editor knows of its cell. */
export interface CellLanguage {
  readonly language: Language;
  /** Returns the cells of the page, from the first to this one. */
  readonly cells: () => readonly CellText[];
  /** Is told what is wrong with the cell, whenever that was looked at. */
  readonly found: (problems: readonly Problem[]) => void;
}

/** A cell above has another text now. */
const recheck = StateEffect.define();

/** Looks at a cell again that has not changed itself. */
export function checkAgain(view: EditorView): void {
  view.dispatch({ effects: recheck.of(null) });
}

/** Returns what makes an editor check its cell; nothing is loaded before a reader comes to it. */
export function checking({ language, cells, found }: CellLanguage): Extension {
  const check = linter(
    async () => {
      if (!language.isUsed()) return [];
      const answer = await language.ask({ kind: "problems" }, cells());
      const problems = answer?.problems ?? [];
      found(problems);
      return problems.map(({ from, to, message, language: source }) => ({
        ...{ from, to, message, source },
        severity: "error" as const,
      }));
    },
    {
      delay: 400,
      needsRefresh: ({ transactions }) =>
        transactions.some(({ effects }) => effects.some((effect) => effect.is(recheck))),
    },
  );
  const begin = EditorView.domEventHandlers({
    focus: (_, view) => {
      language.use();
      checkAgain(view);
    },
  });
  return [check, begin, hoverTooltip((_, at) => explained(at, language, cells()))];
}

/** Returns the words that TypeScript would put where the cursor is. */
export async function completeTypeScript(
  context: CompletionContext,
  language: Language,
  cells: readonly CellText[],
): Promise<CompletionResult | null> {
  const { pos, explicit, state } = context;
  if (context.matchBefore(/[\w$]+|\.\s*/) === null && !explicit) return null;
  const answer = await language.ask({ kind: "completions", at: pos }, cells);
  const completions = answer?.completions ?? null;
  if (completions === null) return null;
  const text = state.doc.toString();
  return {
    from: completions.from,
    validFor: /^[\w$]*$/,
    options: completions.all.map((word) => optionOf(word, text)),
  };
}

function optionOf({ label, kind, imports, near }: Word, text: string): Completion {
  const plain = { label, type: kinds[kind] ?? "variable", boost: near ? 1 : imports ? 0 : -1 };
  if (!imports) return plain;
  return {
    ...plain,
    detail: "import",
    apply: (view, _, from, to) => {
      const { insert, at } = importOf(label, text);
      view.dispatch({
        changes: [
          { from: at, insert },
          { from, to, insert: label },
        ],
        selection: { anchor: from + insert.length + label.length },
      });
    },
  };
}

/** CodeMirror's names of what has an icon, by TypeScript's. */
const kinds: Readonly<Record<string, string>> = {
  function: "function",
  "local function": "function",
  method: "method",
  const: "constant",
  class: "class",
  interface: "interface",
  type: "type",
  alias: "namespace",
  enum: "enum",
  property: "property",
  getter: "property",
  keyword: "keyword",
};

/** Where the name goes: into the cell's own import of the lab, or into a new one above all else. */
function importOf(name: string, text: string): { readonly insert: string; readonly at: number } {
  const known = /import \{[^}]*?(?=,?\s*\} from ["']lockdep-lab["'])/.exec(text);
  return known === null
    ? { insert: `import { ${name} } from "lockdep-lab";\n`, at: 0 }
    : { insert: `, ${name}`, at: known.index + known[0].length };
}

async function explained(
  at: number,
  language: Language,
  cells: readonly CellText[],
): Promise<Tooltip | null> {
  // A pointer that passes over code has asked for nothing to be loaded.
  if (!language.isUsed()) return null;
  const answer = await language.ask({ kind: "hover", at }, cells);
  const hover = answer?.hover ?? null;
  if (hover === null) return null;
  return {
    pos: hover.from,
    end: hover.to,
    above: true,
    create: () => {
      const dom = document.createElement("div");
      dom.className = "lab-hover";
      const declaration = document.createElement("pre");
      declaration.textContent = hover.declaration;
      dom.append(declaration);
      for (const paragraph of hover.words.split(/\n{2,}/)) {
        const words = document.createElement("p");
        words.textContent = paragraph.replace(/\n/g, " ");
        if (paragraph !== "") dom.append(words);
      }
      return { dom };
    },
  };
}
