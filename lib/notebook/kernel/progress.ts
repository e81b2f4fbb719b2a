/** How far a long search is, below the cell that runs it, until the cell ends. */
import { grouped } from "../../primitives/counted.js";
import type { Progress } from "../../explore/result/result.js";
import type { Fields } from "../jupyter/message.js";
import { progressDisplay } from "../document/outputs.js";

/** A search that ends before this many seconds needs no word. */
const patience = 2;
/** How often the line is written anew, in seconds. */
const every = 0.5;

/** The line of the cell that runs. */
export interface ProgressLine {
  readonly tell: (progress: Progress) => void;
  /** The cell has ended: the line goes. */
  readonly end: () => void;
}

/**
 * Returns the progress line.
 *
 * @param display publishes a display, or its update
 */
export function createProgressLine(
  display: (content: Fields, update: boolean) => void,
): ProgressLine {
  let cells = 0;
  let shown = false;
  let last = 0;
  const write = (text: string): void => {
    const content = {
      data: { "text/plain": text },
      metadata: {},
      transient: { display_id: `${progressDisplay}.${cells}` },
    };
    display(content, shown);
    shown = true;
  };
  return {
    tell({ states, depth, seconds }) {
      const soon = seconds < patience || Math.abs(seconds - last) < every;
      if (soon) return;
      last = seconds;
      write(
        `exploring: ${grouped(states)} states, ${depth} steps deep, ${seconds.toFixed(0)} s; ` +
          "to stop it: the ■ button, or Kernel > Interrupt Kernel",
      );
    },
    end() {
      if (shown) write("");
      shown = false;
      last = 0;
      cells += 1;
    },
  };
}
