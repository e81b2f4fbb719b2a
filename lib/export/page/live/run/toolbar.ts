/** The buttons above the cells that are about all of them. */
import { confirmed, type Notice } from "../notice.js";
import { cellCount, type Versions } from "../versions/versions.js";

/** What the buttons do. */
export interface ToolbarActions {
  readonly runAll: () => void;
  readonly stop: () => void;
  /** The reader has agreed that all cells are put back. */
  readonly resetAll: () => void;
}

/** Makes the buttons work. */
export function installToolbar(versions: Versions, notice: Notice, actions: ToolbarActions): void {
  onClick("#lab-run-all", actions.runAll);
  onClick("#lab-stop", actions.stop);
  onClick("#lab-undo", versions.undo);
  onClick("#lab-reset-all", () => {
    const count = versions.now().size;
    const question =
      count === 0
        ? "Show the outputs of the page again?"
        : `Put ${cellCount(count)} back to the text of the page? You can undo that.`;
    void confirmed(question, "Reset").then((agreed) => {
      if (!agreed) return;
      actions.resetAll();
      notice.say("All cells are as they were.");
    });
  });
}

/** Shows the button that undoes, or hides it. */
export function offerUndo(can: boolean): void {
  const undo = document.querySelector<HTMLElement>("#lab-undo");
  if (undo !== null) undo.hidden = !can;
}

/** Returns the milliseconds that a cell may run, as the reader has chosen above the cells. */
export function chosenLimit(isLong: boolean): number {
  const choice = document.querySelector<HTMLSelectElement>("#lab-limit");
  const usual = Number(choice?.value ?? 10) * 1000;
  if (usual === 0) return Infinity;
  return isLong ? Math.max(usual, longLimit) : usual;
}

/** Milliseconds that a cell marked as long may run, unless the reader chooses more. */
const longLimit = 120_000;

function onClick(selector: string, act: () => void): void {
  document.querySelector(selector)?.addEventListener("click", act);
}
