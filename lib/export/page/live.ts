/** The script of the live page: cells that a reader changes and runs, with no server. */
import { installAnchors } from "./anchors.js";
import { installContents } from "./contents.js";
import { installProseCopyButtons } from "./controls/copy.js";
import { createFigures } from "./figures.js";
import { showLinkedStep } from "./linked-step.js";
import { createLiveCell, type LiveCell } from "./live/cell.js";
import type { CellStatus } from "./live/cell-tools.js";
import { createFreshness, sourceOf } from "./live/freshness.js";
import { installHandIn } from "./live/hand-in.js";
import { showKept } from "./live/kept-elsewhere.js";
import { confirmed, createNotice } from "./live/notice.js";
import { readPageData } from "./live/page-data.js";
import { createSession, type EndReason } from "./live/session.js";
import { createStore } from "./live/store.js";
import { cellCount, createVersions } from "./live/versions.js";
import { installTheme } from "./theme.js";
import { programText } from "./worker-program.js";

/** Milliseconds that a cell marked as long may run, unless the reader chooses otherwise. */
const longLimit = 120_000;

const endings: Readonly<Record<EndReason, string>> = {
  stop: "stopped: the variables are gone, the next run brings them back",
  time: "time is up: an endless loop? Choose a longer limit above if not",
  crash: "the worker ended: out of memory?",
  broken: "a cell has changed what the worker is built on: it begins anew with the next run",
};

/** Makes the page live. */
async function start(): Promise<void> {
  installTheme();
  installContents();
  installAnchors();
  installProseCopyButtons();
  const figures = createFigures();
  figures.draw(document);
  showLinkedStep();
  void figures.drawDiagrams(document);
  const notice = createNotice();
  const data = readPageData();
  const cells: LiveCell[] = [];
  const withCell = (id: string, act: (cell: LiveCell) => void): void => {
    const cell = cells.find((one) => one.data.id === id);
    if (cell !== undefined) act(cell);
  };

  const session = createSession(await programText(), limitIn(cells), {
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
  });
  const run = (cell: LiveCell): void => {
    notice.say("");
    cell.waiting();
    session.run({
      cell: sourceOf(cell),
      above: cells.slice(0, cells.indexOf(cell)).map(sourceOf),
    });
  };
  for (const one of data.cells) {
    const root = document.getElementById(one.id);
    if (root === null) continue;
    const cell: LiveCell = createLiveCell(root, one, {
      drawFigures: figures.draw,
      changed: () => {
        versions.changed(cell);
        freshness.refresh();
      },
      reset: () => {
        cell.resetOutput();
        freshness.reset(cell);
        versions.reset([cell]);
      },
      stop: session.stop,
      run: (goOn) => {
        run(cell);
        if (goOn) cells[cells.indexOf(cell) + 1]?.focus();
      },
    });
    cells.push(cell);
  }
  const freshness = createFreshness(cells);
  const versions = createVersions(data.page, cells, notice, {
    replaced: freshness.refresh,
    canUndo: (can) => {
      const undo = document.querySelector<HTMLElement>("#lab-undo");
      if (undo !== null) undo.hidden = !can;
    },
    unkept: () => {
      notice.say("This browser does not keep your changes: save your version before you leave.");
      addEventListener("beforeunload", (event) => {
        event.preventDefault();
      });
    },
  });

  onClick("#lab-run-all", () => {
    for (const cell of cells) run(cell);
  });
  onClick("#lab-stop", session.stop);
  onClick("#lab-undo", versions.undo);
  onClick("#lab-reset-all", () => {
    const count = versions.now().size;
    const question =
      count === 0
        ? "Show the outputs of the page again?"
        : `Put ${cellCount(count)} back to the text of the page? You can undo that.`;
    void confirmed(question, "Reset").then((agreed) => {
      if (!agreed) return;
      session.stop();
      for (const cell of cells) {
        cell.resetOutput();
        freshness.reset(cell);
      }
      versions.reset(cells);
      notice.say("All cells are as they were.");
    });
  });
  installHandIn({ ...data, cells, versions, notice });
  versions.start();
  showKept(createStore(data.page).load(), new Set(cells.map((cell) => cell.data.id)));
  document.body.classList.add("lab-live");
  // Not every browser tells when it is idle.
  setTimeout(session.warmUp, 300);
}

/** Returns how long each cell may run, in milliseconds, as the reader has chosen. */
function limitIn(cells: readonly LiveCell[]): (id: string) => number {
  const choice = document.querySelector<HTMLSelectElement>("#lab-limit");
  return (id) => {
    const usual = Number(choice?.value ?? 10) * 1000;
    if (usual === 0) return Infinity;
    const isLong = cells.some(({ data }) => data.id === id && data.long);
    return isLong ? Math.max(usual, longLimit) : usual;
  };
}

function blockedBy({ data: { id, label } }: LiveCell): CellStatus {
  return { text: `not run: ${label} above failed`, link: { id, text: label }, wrong: true };
}

function onClick(selector: string, act: () => void): void {
  document.querySelector(selector)?.addEventListener("click", act);
}

function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.max(1, Math.round(milliseconds))} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

void start();
