/** The buttons above a cell, and the line that says how its last run ended. */

import { copyButton } from "../../controls/copy.js";

/** How a run ended, or why there was none. */
export interface CellStatus {
  readonly text: string;
  /** The cell that is to blame. */
  readonly link?: { readonly id: string; readonly text: string };
  readonly wrong: boolean;
}

/** What the buttons do. */
export interface CellActions {
  readonly run: (goOn: boolean) => void;
  readonly stop: () => void;
  readonly reset: () => void;
  /** Returns the text of the cell. */
  readonly source: () => string;
}

/** The buttons and the status of a cell. */
export interface CellTools {
  readonly show: (status: CellStatus) => void;
  readonly running: () => void;
  readonly offerReset: (offered: boolean) => void;
}

/** Puts the buttons at the head of a cell. */
export function createCellTools(root: HTMLElement, label: string, actions: CellActions): CellTools {
  const status = document.createElement("span");
  status.className = "lab-status";
  status.setAttribute("role", "status");
  const run = button("Run", `Run ${label}`, () => {
    actions.run(false);
  });
  run.className = "lab-run";
  const stop = button("Stop", `Stop ${label}`, actions.stop);
  const reset = button("Reset", `Reset ${label}`, actions.reset);
  const copy = copyButton(`Copy the code of ${label}`, actions.source);
  stop.hidden = true;
  const head = root.querySelector(":scope > .lab-cell-head") ?? document.createElement("div");
  head.className = "lab-cell-head lab-tools";
  head.append(run, stop, reset, copy, status);
  root.prepend(head);
  return {
    offerReset: (offered) => {
      reset.hidden = !offered;
    },
    running: () => {
      root.classList.add("lab-running");
      root.classList.remove("lab-wrong");
      [run.hidden, stop.hidden] = [true, false];
      status.textContent = "running";
    },
    show: ({ text, link, wrong }) => {
      root.classList.remove("lab-running");
      root.classList.toggle("lab-wrong", wrong);
      [run.hidden, stop.hidden] = [false, true];
      status.textContent = text;
      if (link === undefined) return;
      const [before, after] = text.split(link.text);
      const anchor = document.createElement("a");
      anchor.href = `#${link.id}`;
      anchor.textContent = link.text;
      status.replaceChildren(before ?? "", anchor, after ?? "");
    },
  };
}

/** Returns a button that a screen reader calls `label`. */
export function button(text: string, label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  if (label !== text) made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}
