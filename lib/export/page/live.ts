/** The script of the live page: cells that a reader changes and runs, with no server. */
import { fieldOf, textField } from "../json.js";
import { installContents } from "./contents.js";
import { loadEdits, packEdits, saveEdits, unpackEdits, type Edits } from "./edits.js";
import { createFigures } from "./figures.js";
import { unpack } from "./libraries.js";
import { createLiveCell, type LiveCell, type LiveCellData } from "./live-cell.js";
import { createSession } from "./session.js";
import { installTheme } from "./theme.js";

/** Milliseconds that a cell marked as long may run, unless the reader chooses otherwise. */
const longLimit = 120_000;

/** Makes the page live. */
async function start(): Promise<void> {
  installTheme();
  installContents();
  const figures = createFigures();
  figures.draw(document);
  void figures.drawDiagrams(document);

  const page: unknown = JSON.parse(textIn("lab-cells"));
  const name = textField(page, "page") ?? "";
  const say = announcer();
  const limit = document.querySelector<HTMLSelectElement>("#lab-limit");
  const usualLimit = (): number => Number(limit?.value ?? 10) * 1000;
  const cells: LiveCell[] = [];
  const byId = new Map<string, LiveCell>();

  const session = createSession(
    await programText(),
    (id) => {
      const usual = usualLimit();
      if (usual === 0) return Infinity;
      return byId.get(id)?.data.long === true ? Math.max(usual, longLimit) : usual;
    },
    {
      started: (id) => byId.get(id)?.started(),
      output: (id, output) => byId.get(id)?.output(output),
      finished: (id, ok, milliseconds) => {
        byId.get(id)?.ended(ok ? `ran in ${duration(milliseconds)}` : "failed", !ok);
      },
      stopped: (id, why) => {
        const texts = {
          stop: "stopped: the variables are gone, the next run brings them back",
          time: "time is up: an endless loop? Choose a longer limit above if not",
          crash: "the worker ended: out of memory?",
        };
        byId.get(id)?.ended(texts[why], true);
        say(`${byId.get(id)?.data.label ?? "The cell"}: ${texts[why]}`);
      },
      busy: (busy) => {
        document.body.classList.toggle("lab-busy", busy);
        const stop = document.querySelector<HTMLButtonElement>("#lab-stop");
        if (stop !== null) stop.disabled = !busy;
      },
    },
  );

  const asSource = ({ data, source }: LiveCell): { id: string; label: string; source: string } => ({
    id: data.id,
    label: data.label,
    source: source(),
  });
  const run = (cell: LiveCell): Promise<void> => {
    const above = cells.slice(0, cells.indexOf(cell)).map(asSource);
    return session.run({ cell: asSource(cell), above });
  };
  const editsNow = (): Edits =>
    new Map(
      cells.flatMap((cell) =>
        cell.source() === cell.data.source ? [] : [[cell.data.id, cell.source()] as const],
      ),
    );
  let restoring = true;
  const keep = (): void => {
    if (restoring) return;
    if (!saveEdits(name, editsNow())) say("This browser does not keep your changes.");
  };

  for (const data of cellsOf(page)) {
    const root = document.getElementById(data.id);
    if (root === null) continue;
    const cell: LiveCell = createLiveCell(root, data, {
      drawFigures: figures.draw,
      changed: keep,
      stop: session.stop,
      run: (goOn) => {
        void run(cell);
        if (goOn) cells[cells.indexOf(cell) + 1]?.focus();
      },
    });
    cells.push(cell);
    byId.set(data.id, cell);
  }

  onClick("#lab-run-all", () => {
    for (const cell of cells) void run(cell);
  });
  onClick("#lab-stop", session.stop);
  onClick("#lab-reset-all", () => {
    session.stop();
    for (const cell of cells) cell.reset();
    keep();
    history.replaceState(null, "", location.pathname + location.search);
    say("All cells are as they were.");
  });
  onClick("#lab-share", () => {
    const hash = packEdits(name, editsNow());
    history.replaceState(null, "", hash);
    const copied = navigator.clipboard.writeText(location.href);
    copied.then(
      () => {
        say("The link to your version is copied; it is in the address bar too.");
      },
      () => {
        say("The link to your version is in the address bar.");
      },
    );
  });

  const apply = (edits: Edits): number => {
    let applied = 0;
    for (const [id, source] of edits) {
      const cell = byId.get(id);
      if (cell === undefined || cell.data.source === source) continue;
      cell.edit(source);
      applied += 1;
    }
    return applied;
  };
  const own = loadEdits(name);
  const shared = unpackEdits(name, location.hash);
  if (typeof shared === "string") say(shared);
  if (shared === undefined || typeof shared === "string") {
    const count = apply(own);
    if (count > 0)
      say(`${cellCount(count)} of this page as you left ${count === 1 ? "it" : "them"}.`);
  } else {
    const count = apply(shared);
    say(
      `This link changes ${cellCount(count)}. Nothing has run: read the code, then press Run where you want to.`,
    );
  }
  restoring = false;
  document.body.classList.add("lab-live");
  requestIdleCallback(session.warmUp, { timeout: 1500 });
}

function cellCount(count: number): string {
  return count === 1 ? "one cell" : `${count} cells`;
}

function cellsOf(page: unknown): LiveCellData[] {
  const stored = fieldOf(page, "cells");
  if (!Array.isArray(stored)) return [];
  return stored.map((cell: unknown) => ({
    id: textField(cell, "id") ?? "",
    label: textField(cell, "label") ?? "",
    source: textField(cell, "source") ?? "",
    long: fieldOf(cell, "long") === true,
  }));
}

/** The worker's program: in the page itself, or from the file that the pages of a book share. */
async function programText(): Promise<string> {
  const shared: unknown = Reflect.get(globalThis, "labWorkerProgram");
  return typeof shared === "string" ? shared : ((await unpack("lab-worker")) ?? "");
}

function textIn(id: string): string {
  return document.getElementById(id)?.textContent ?? "";
}

function onClick(selector: string, act: () => void): void {
  document.querySelector(selector)?.addEventListener("click", act);
}

/** A line above the cells that is read aloud when it changes. */
function announcer(): (text: string) => void {
  const line = document.querySelector<HTMLElement>("#lab-message");
  return (text) => {
    if (line === null) return;
    line.textContent = text;
    line.hidden = text === "";
  };
}

function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.max(1, Math.round(milliseconds))} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

void start();
