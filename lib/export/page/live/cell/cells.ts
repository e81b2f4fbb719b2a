/** The cells of a live page, in their order. */
import type { CellText } from "../../../language/messages.js";
import type { Language } from "../../language/language.js";
import { createLiveCell, type LiveCell, type LiveCellData } from "./cell.js";

/** What the cells of a page ask of it. */
export interface CellsEvents {
  readonly changed: (cell: LiveCell) => void;
  readonly run: (cell: LiveCell) => void;
  readonly stop: () => void;
  readonly reset: (cell: LiveCell) => void;
  readonly drawFigures: (root: ParentNode) => void;
  /** What checks the cells, where the page has that. */
  readonly language: Language | undefined;
}

/** Returns the cells that the page has a place for. */
export function createLiveCells(
  data: readonly LiveCellData[],
  events: CellsEvents,
): readonly LiveCell[] {
  const cells: LiveCell[] = [];
  for (const one of data) {
    const root = document.getElementById(one.id);
    if (root === null) continue;
    const below = (): readonly LiveCell[] => cells.slice(cells.indexOf(cell) + 1);
    const cell: LiveCell = createLiveCell(root, one, {
      ...events,
      cells: () => cells.slice(0, cells.indexOf(cell) + 1).map(textOf),
      changed: () => {
        events.changed(cell);
        if (events.language?.isUsed() === true) for (const other of below()) other.checkAgain();
      },
      reset: () => {
        events.reset(cell);
      },
      run: (goOn) => {
        events.run(cell);
        if (goOn) below()[0]?.focus();
      },
    });
    cells.push(cell);
  }
  return cells;
}

function textOf({ data, source }: LiveCell): CellText {
  return { id: data.id, source: source() };
}
