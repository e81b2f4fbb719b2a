/** What stands below a cell: its stored output, or that of its last run here. */
import { withoutControlSequences } from "../../../outputs/control-sequences.js";
import { showBundle, type Shown } from "../../../outputs/outputs.js";
import { renderOutputs } from "../../../outputs/render.js";
import type { OutputMessage } from "../../../runtime/protocol.js";

/** The outputs of a cell. */
export interface CellOutput {
  /** A run begins: the old output stays on the screen until there is new. */
  readonly begin: () => void;
  readonly add: (output: OutputMessage) => void;
  readonly end: () => void;
  /** Shows what the notebook's file has. */
  readonly reset: () => void;
  readonly isStored: () => boolean;
  /** Greys out what was made from other text than stands there now. */
  readonly mark: (stale: boolean) => void;
  /** What the last run sent; nothing where there was none. */
  readonly sent: () => readonly OutputMessage[];
}

/** Milliseconds between two drawings of a flood. */
const pause = 300;

/** Returns the outputs that stand in `place`. */
export function createOutput(
  place: HTMLElement,
  drawFigures: (root: ParentNode) => void,
): CellOutput {
  const stored = place.innerHTML;
  const note = document.createElement("p");
  note.className = "lab-stale-note";
  note.textContent = "Out of date: the code above has changed since. Run the cell again.";
  let sent: OutputMessage[] = [];
  let shown: Shown[] = [];
  let isStored = true;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const draw = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
    isStored = false;
    place.innerHTML = renderOutputs(shown);
    drawFigures(place);
  };
  return {
    begin: () => {
      [shown, sent] = [[], []];
      place.style.minHeight = `${place.offsetHeight}px`;
    },
    add: (output) => {
      sent.push(output);
      shown = merged(shown, output);
      // A flood is drawn less often, for drawing it takes long.
      waiting ??= setTimeout(draw, place.textContent.length > 50_000 ? pause : 0);
    },
    end: () => {
      draw();
      place.style.minHeight = "";
    },
    reset: () => {
      clearTimeout(waiting);
      waiting = undefined;
      [shown, sent] = [[], []];
      isStored = true;
      place.innerHTML = stored;
      place.style.minHeight = "";
      drawFigures(place);
    },
    isStored: () => isStored,
    mark: (stale) => {
      const old = stale && place.childElementCount > 0;
      place.classList.toggle("lab-stale", old);
      if (old) place.before(note);
      else note.remove();
    },
    sent: () => sent,
  };
}

function merged(shown: readonly Shown[], output: OutputMessage): Shown[] {
  switch (output.kind) {
    case "text": {
      const last = shown.at(-1);
      const text = withoutControlSequences(output.text);
      return last?.kind === "text" && last.stream === output.stream
        ? [...shown.slice(0, -1), { ...last, text: last.text + text }]
        : [...shown, { ...output, text }];
    }
    case "bundle":
      return [...shown, showBundle(output.bundle)];
    case "error":
      return [...shown, output];
  }
}
