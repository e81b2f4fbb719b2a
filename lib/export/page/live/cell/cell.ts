/** One cell of the live page: its editor, its buttons, its output. */
import type { OutputMessage } from "../../../runtime/protocol.js";
import type { CellText, Problem } from "../../../language/messages.js";
import type { Language } from "../../language/language.js";
import { createProblemList } from "../../language/problem-list.js";
import { createOutput } from "./cell-output.js";
import { createCellTools, type CellStatus } from "./cell-tools.js";
import { createEditor, type Editor } from "./editor.js";

/** A cell as the page's data has it. */
export interface LiveCellData {
  readonly id: string;
  readonly label: string;
  readonly source: string;
  readonly long: boolean;
  /** What is completed in its C. */
  readonly words: readonly string[];
}

/** What a cell asks of its page. */
export interface LiveCellEvents {
  readonly changed: () => void;
  readonly run: (goOn: boolean) => void;
  readonly stop: () => void;
  readonly reset: () => void;
  readonly drawFigures: (root: ParentNode) => void;
  /** What checks the cells of the page, and the cells from the first to this one. */
  readonly language?: Language | undefined;
  readonly cells: () => readonly CellText[];
}

/** A cell in the page. */
export interface LiveCell {
  readonly data: LiveCellData;
  readonly source: () => string;
  /** Puts text into the editor, as if a reader had typed it. */
  readonly edit: (source: string) => void;
  readonly focus: () => void;
  /** The output is that of the notebook's file again. */
  readonly resetOutput: () => void;
  readonly waiting: () => void;
  readonly started: () => void;
  readonly output: (output: OutputMessage) => void;
  /** Shows how a run ended. */
  readonly ended: (status: CellStatus) => void;
  /** Shows why there was no run; what stands below is of an earlier one. */
  readonly notRun: (status: CellStatus) => void;
  readonly mark: (stale: boolean) => void;
  readonly sent: () => readonly OutputMessage[];
  /** A cell above has changed: what is wrong with this one may be another thing. */
  readonly checkAgain: () => void;
}

/** Makes a stored cell of the page live. */
export function createLiveCell(
  root: HTMLElement,
  data: LiveCellData,
  events: LiveCellEvents,
): LiveCell {
  const place = part(root, ".lab-code");
  const output = createOutput(part(root, ".lab-output"), events.drawFigures);
  let source = data.source;
  const tools = createCellTools(root, data.label, { ...events, source: () => source });
  let editor: Editor | undefined;
  const problems = createProblemList(place, data.label, (from, to) => {
    editor?.select(from, to);
  });

  const marked = (): void => {
    const edited = source !== data.source;
    root.classList.toggle("lab-edited", edited);
    tools.offerReset(edited || !output.isStored());
  };
  const open = (): Editor => {
    if (editor !== undefined) return editor;
    place.replaceChildren();
    editor = createEditor({
      place,
      source,
      words: data.words,
      label: `Code of ${data.label}`,
      language: events.language && {
        language: events.language,
        cells: events.cells,
        found: (found: readonly Problem[]) => {
          problems.show(source, found);
        },
      },
      run: events.run,
      changed: (text) => {
        source = text;
        marked();
        events.changed();
      },
    });
    return editor;
  };
  openWhenNear(root, open);
  marked();

  return {
    data,
    source: () => source,
    edit: (text) => {
      open().set(text);
    },
    focus: () => {
      open().focus();
    },
    resetOutput: () => {
      output.reset();
      tools.show({ text: "", wrong: false });
      marked();
    },
    waiting: () => {
      tools.show({ text: "waits for its turn", wrong: false });
    },
    started: () => {
      output.begin();
      tools.running();
    },
    output: output.add,
    ended: (status) => {
      output.end();
      tools.show(status);
      marked();
    },
    notRun: tools.show,
    mark: output.mark,
    sent: output.sent,
    checkAgain: () => {
      editor?.checkAgain();
    },
  };
}

/** An editor costs time: a cell gets one when a reader comes near. */
function openWhenNear(root: HTMLElement, open: () => void): void {
  new IntersectionObserver(
    (entries, observer) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      open();
    },
    { rootMargin: "400px" },
  ).observe(root);
}

function part(root: HTMLElement, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`a cell of this page has no ${selector}`);
  return found;
}
