/** A code editor: CodeMirror in the page's colours. */
import { syntaxHighlighting } from "@codemirror/language";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { basicSetup } from "codemirror";
import { checkAgain, checking, type CellLanguage } from "../../language/editor-language.js";
import { cInTypeScript } from "./c-in-typescript.js";

/** What a cell does with its editor. */
export interface EditorOptions {
  readonly place: HTMLElement;
  readonly source: string;
  /** What a screen reader calls it. */
  readonly label: string;
  /** What is completed in C. */
  readonly words: readonly string[];
  /** What checks the cell, where the page has that. */
  readonly language?: CellLanguage | undefined;
  readonly changed: (source: string) => void;
  /** Control-Enter, or Shift-Enter, which goes on to the next cell. */
  readonly run: (goOn: boolean) => void;
}

/** An editor in the page. */
export interface Editor {
  readonly set: (source: string) => void;
  readonly focus: () => void;
  /** Puts the cursor around a stretch of the text. */
  readonly select: (from: number, to: number) => void;
  /** A cell above has changed: what is wrong here may be another thing. */
  readonly checkAgain: () => void;
}

/** Puts an editor into its place; Tab leaves it, so that the keyboard can go everywhere. */
export function createEditor(options: EditorOptions): Editor {
  const { language } = options;
  const running = (goOn: boolean) => () => {
    options.run(goOn);
    return true;
  };
  const view = new EditorView({
    parent: options.place,
    state: EditorState.create({
      doc: options.source,
      extensions: [
        Prec.highest(
          keymap.of([
            { key: "Mod-Enter", run: running(false) },
            { key: "Shift-Enter", run: running(true) },
          ]),
        ),
        basicSetup,
        cInTypeScript(options.words, language),
        language === undefined ? [] : checking(language),
        syntaxHighlighting(classHighlighter),
        EditorView.contentAttributes.of({ "aria-label": options.label, tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.changed(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    focus: () => {
      view.focus();
    },
    select: (from, to) => {
      const size = view.state.doc.length;
      const selection = { anchor: Math.min(from, size), head: Math.min(to, size) };
      view.dispatch({ selection, scrollIntoView: true });
      view.focus();
    },
    checkAgain: () => {
      checkAgain(view);
    },
    set: (source) => {
      if (source === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: source } });
    },
  };
}
