/** One cell of the live page: its editor, its buttons, its output. */
import { renderOutputs } from "../render.js";
import { showBundle, type Shown } from "../outputs.js";
import type { OutputMessage } from "../runtime/protocol.js";
import { createEditor, type Editor } from "./editor.js";

/** A cell as the page's data has it. */
export interface LiveCellData {
  readonly id: string;
  readonly label: string;
  readonly source: string;
  readonly long: boolean;
}

/** What a cell asks of its page. */
export interface LiveCellEvents {
  readonly changed: () => void;
  readonly run: (goOn: boolean) => void;
  readonly stop: () => void;
  readonly drawFigures: (root: ParentNode) => void;
}

/** A cell in the page. */
export interface LiveCell {
  readonly data: LiveCellData;
  readonly source: () => string;
  readonly edit: (source: string) => void;
  readonly focus: () => void;
  readonly reset: () => void;
  readonly started: () => void;
  readonly output: (output: OutputMessage) => void;
  /** Shows how the run ended; `wrong` is said loudly. */
  readonly ended: (status: string, wrong: boolean) => void;
}

/** Makes a stored cell of the page live. */
export function createLiveCell(
  root: HTMLElement,
  data: LiveCellData,
  events: LiveCellEvents,
): LiveCell {
  const place = part(root, ".lab-code");
  const outputs = part(root, ".lab-output");
  const stored = outputs.innerHTML;
  let source = data.source;
  let editor: Editor | undefined;
  let shown: Shown[] = [];
  let waiting = false;

  const tools = document.createElement("div");
  tools.className = "lab-tools";
  const status = document.createElement("span");
  status.className = "lab-status";
  status.setAttribute("role", "status");
  const runButton = button("Run", `Run ${data.label}`, () => {
    events.run(false);
  });
  runButton.className = "lab-run";
  const stopButton = button("Stop", `Stop ${data.label}`, events.stop);
  const resetButton = button("Reset", `Reset ${data.label}`, () => {
    reset();
    events.changed();
  });
  stopButton.hidden = true;
  tools.append(runButton, stopButton, resetButton, status);
  root.prepend(tools);

  const marked = (): void => {
    const edited = source !== data.source;
    root.classList.toggle("lab-edited", edited);
    resetButton.hidden = !edited && outputs.innerHTML === stored;
  };
  const open = (): Editor => {
    if (editor !== undefined) return editor;
    place.replaceChildren();
    editor = createEditor({
      place,
      source,
      label: `Code of ${data.label}`,
      run: events.run,
      changed: (text) => {
        source = text;
        marked();
        events.changed();
      },
    });
    return editor;
  };
  const edit = (text: string): void => {
    source = text;
    open().set(text);
    marked();
  };
  const reset = (): void => {
    if (source !== data.source) edit(data.source);
    outputs.innerHTML = stored;
    events.drawFigures(outputs);
    status.textContent = "";
    marked();
  };
  const draw = (): void => {
    waiting = false;
    outputs.innerHTML = renderOutputs(shown);
    events.drawFigures(outputs);
    marked();
  };
  new IntersectionObserver(
    (entries, observer) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      open();
    },
    { rootMargin: "400px" },
  ).observe(root);
  marked();

  return {
    data,
    source: () => source,
    edit,
    reset,
    focus: () => {
      open().focus();
    },
    started: () => {
      shown = [];
      outputs.style.minHeight = `${outputs.offsetHeight}px`;
      root.classList.add("lab-running");
      runButton.hidden = true;
      stopButton.hidden = false;
      status.textContent = "running";
    },
    output: (output) => {
      shown = merged(shown, output);
      if (waiting) return;
      waiting = true;
      // A flood is drawn less often, for drawing it takes long.
      const pause = outputs.textContent.length > 50_000 ? 300 : 0;
      setTimeout(() => {
        if (waiting) draw();
      }, pause);
    },
    ended: (text, wrong) => {
      draw();
      outputs.style.minHeight = "";
      root.classList.remove("lab-running");
      root.classList.toggle("lab-wrong", wrong);
      runButton.hidden = false;
      stopButton.hidden = true;
      status.textContent = text;
    },
  };
}

function merged(shown: readonly Shown[], output: OutputMessage): Shown[] {
  switch (output.kind) {
    case "text": {
      const last = shown.at(-1);
      return last?.kind === "text" && last.stream === output.stream
        ? [...shown.slice(0, -1), { ...last, text: last.text + output.text }]
        : [...shown, output];
    }
    case "bundle":
      return [...shown, showBundle(output.bundle)];
    case "error":
      return [...shown, output];
  }
}

function part(root: HTMLElement, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`a cell of this page has no ${selector}`);
  return found;
}

function button(text: string, label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}
