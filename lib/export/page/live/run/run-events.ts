/** What becomes of cells that run, shown in the page. */
import type { LiveCell } from "../cell/cell.js";
import type { CellStatus } from "../cell/cell-tools.js";
import type { Freshness } from "../cell/freshness.js";
import type { Notice } from "../notice.js";
import type { CellEvents, EndReason } from "./session.js";

const endings: Readonly<Record<EndReason, string>> = {
  stop: "stopped: the variables are gone, the next run brings them back",
  time: "time is up: an endless loop? Choose a longer limit above if not",
  memory: "ended: cells hold more than 512 MB of objects. Does a list grow without end?",
  crash: "the worker ended: out of memory?",
  broken: "a cell has changed what the worker is built on: it begins anew with the next run",
};

/** Returns what shows a session's events in the cells that they are about. */
export function runEvents(
  cells: readonly LiveCell[],
  freshness: Freshness,
  notice: Notice,
): CellEvents {
  const withCell = (id: string, act: (cell: LiveCell) => void): void => {
    const cell = cells.find((one) => one.data.id === id);
    if (cell !== undefined) act(cell);
  };
  return {
    started: (id, request) => {
      withCell(id, (cell) => {
        freshness.began(id, request);
        cell.started();
        cell.mark(false);
      });
    },
    output: (id, output) => {
      withCell(id, (cell) => {
        cell.output(output);
      });
    },
    finished: (id, ok, milliseconds) => {
      withCell(id, (cell) => {
        cell.ended({ text: ok ? `ran in ${duration(milliseconds)}` : "failed", wrong: !ok });
        freshness.refresh();
      });
    },
    blocked: (id, by) => {
      withCell(id, (cell) => {
        withCell(by, (other) => {
          cell.notRun(blockedBy(other));
          cell.mark(true);
        });
      });
    },
    ended: (id, why) => {
      withCell(id, (cell) => {
        cell.ended({ text: endings[why], wrong: true });
        notice.say(`${cell.data.label}: ${endings[why]}`);
      });
    },
    notRun: (id, why) => {
      const text = why === "stop" ? "stopped before its turn" : endings[why];
      withCell(id, (cell) => {
        cell.notRun({ text, wrong: true });
      });
    },
    busy: (busy) => {
      document.body.classList.toggle("lab-busy", busy);
      const stop = document.querySelector<HTMLButtonElement>("#lab-stop");
      if (stop !== null) stop.disabled = !busy;
    },
  };
}

function blockedBy({ data: { id, label } }: LiveCell): CellStatus {
  return { text: `not run: ${label} above failed`, link: { id, text: label }, wrong: true };
}

function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.max(1, Math.round(milliseconds))} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
