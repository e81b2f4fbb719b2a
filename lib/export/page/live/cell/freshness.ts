/** Which outputs on the page were made from the text that stands there now. */
import { createPlan } from "../../../runtime/plan.js";
import type { CellSource, RunRequest } from "../../../runtime/protocol.js";
import type { LiveCell } from "./cell.js";

/** Knows from which text each output was made. */
export interface Freshness {
  /** The cell's output will be of the text that the request has. */
  readonly began: (id: string, request: RunRequest) => void;
  /** The cell's output is that of the notebook's file. */
  readonly reset: (cell: LiveCell) => void;
  /** Marks every output that was made from other text than the cells have now. */
  readonly refresh: () => void;
}

/** Returns the cell's text as a request has it. */
export function sourceOf({ data, source }: LiveCell): CellSource {
  return { id: data.id, label: data.label, source: source() };
}

/** Returns what marks the outputs of the cells; all are those of the file at first. */
export function createFreshness(cells: readonly LiveCell[]): Freshness {
  const plan = createPlan();
  const asStored = cells.map(({ data }) => data);
  const stored = (at: number): string | undefined => {
    const cell = asStored[at];
    return cell === undefined ? undefined : plan.madeFrom(cell, asStored.slice(0, at));
  };
  const madeFrom = new Map<string, string>();
  return {
    began: (id, { cell, above }) => {
      const all = [...above, cell];
      const at = all.findIndex((one) => one.id === id);
      const own = all[at];
      if (own !== undefined) madeFrom.set(id, plan.madeFrom(own, all.slice(0, at)));
    },
    reset: ({ data }) => {
      madeFrom.delete(data.id);
    },
    refresh: () => {
      const now = cells.map(sourceOf);
      const edited = now.some(({ source }, at) => source !== asStored[at]?.source);
      for (const [at, cell] of cells.entries()) {
        const from = madeFrom.get(cell.data.id);
        const own = now[at];
        if (own === undefined) continue;
        if (from === undefined && !edited) cell.mark(false);
        else cell.mark((from ?? stored(at)) !== plan.madeFrom(own, now.slice(0, at)));
      }
    },
  };
}
