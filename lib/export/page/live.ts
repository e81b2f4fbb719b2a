/** The script of the live page: cells that a reader changes and runs, with no server. */
import { installAnchors } from "./anchors.js";
import { installContents } from "./contents.js";
import { installProseCopyButtons } from "./controls/copy.js";
import { createFigures } from "./figures.js";
import { createLanguage, type Language } from "./language/language.js";
import { showLinkedStep } from "./player/linked-step.js";
import { showSharedSchedule } from "./player/shared-schedule.js";
import { createLiveCells } from "./live/cell/cells.js";
import type { LiveCell } from "./live/cell/cell.js";
import { createFreshness, sourceOf } from "./live/cell/freshness.js";
import { installHandIn } from "./live/versions/hand-in.js";
import { showKept } from "./live/versions/kept-elsewhere.js";
import { createNotice, type Notice } from "./live/notice.js";
import { readPageData } from "./live/page-data.js";
import { runEvents } from "./live/run/run-events.js";
import { createSession } from "./live/run/session.js";
import { openStores } from "./live/versions/store.js";
import { chosenLimit, installToolbar, offerUndo } from "./live/run/toolbar.js";
import { createVersions } from "./live/versions/versions.js";
import { cellsProgram, hasLanguageProgram, languageProgram } from "./shared-program.js";
import { installTheme } from "./theme.js";

/** Makes the page live. */
async function start(): Promise<void> {
  const figures = createFigures();
  makeReadable(figures);
  const program = await cellsProgram();
  const data = readPageData();
  const notice = createNotice();
  const stores = await openStores(data.page, () => {
    warnBeforeLeaving(notice);
  });
  const cells: readonly LiveCell[] = createLiveCells(data.cells, {
    drawFigures: figures.draw,
    language: hasLanguageProgram() ? languageOf(() => cells, notice) : undefined,
    changed: (cell) => {
      versions.changed(cell);
      freshness.refresh();
    },
    reset: (cell) => {
      cell.resetOutput();
      freshness.reset(cell);
      versions.reset([cell]);
    },
    run: (cell) => {
      run(cell);
    },
    stop: () => {
      session.stop();
    },
  });
  const freshness = createFreshness(cells);
  const versions = createVersions(data.page, cells, stores, notice, {
    replaced: freshness.refresh,
    canUndo: offerUndo,
  });
  const isLong = new Set(data.cells.flatMap(({ id, long }) => (long ? [id] : [])));
  const session = createSession(
    program,
    (id) => chosenLimit(isLong.has(id)),
    runEvents(cells, freshness, notice),
  );
  const run = (cell: LiveCell): void => {
    notice.say("");
    cell.waiting();
    const above = cells.slice(0, cells.indexOf(cell)).map(sourceOf);
    session.run({ cell: sourceOf(cell), above });
  };
  installToolbar(versions, notice, {
    runAll: () => {
      for (const cell of cells) run(cell);
    },
    stop: session.stop,
    resetAll: () => {
      session.stop();
      for (const cell of cells) {
        cell.resetOutput();
        freshness.reset(cell);
      }
      versions.reset(cells);
    },
  });
  installHandIn({ ...data, cells, versions, notice });
  versions.start();
  showKept(stores("").load(), new Set(cells.map((cell) => cell.data.id)));
  document.body.classList.add("lab-live");
  // Not every browser tells when it is idle.
  setTimeout(session.warmUp, 300);
}

/** What a page has for its readers whether its cells run or not. */
function makeReadable(figures: ReturnType<typeof createFigures>): void {
  installTheme();
  installContents();
  installAnchors();
  installProseCopyButtons();
  showSharedSchedule();
  figures.draw(document);
  showLinkedStep();
  void figures.drawDiagrams(document);
}

/** What checks the cells; once a reader needs it, it looks at all that they have changed. */
function languageOf(cells: () => readonly LiveCell[], notice: Notice): Language {
  return createLanguage(languageProgram, {
    used: () => {
      for (const cell of cells()) if (cell.source() !== cell.data.source) cell.checkAgain();
    },
    failed: () => {
      notice.say("Types are not checked: assets/language.js of this book could not be used.");
    },
  });
}

function warnBeforeLeaving(notice: Notice): void {
  notice.say("This browser does not keep your changes: save your version before you leave.");
  addEventListener("beforeunload", (event) => {
    event.preventDefault();
  });
}

void start();
