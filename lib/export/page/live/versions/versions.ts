/** The reader's own version of a page, a version that somebody shared, and the way between them. */
import type { LiveCell } from "../cell/cell.js";
import type { Notice } from "../notice.js";
import { digest } from "../../links/digest.js";
import { unpackLink, type Sources } from "./shared-link.js";
import type { Edit, Edits, Store, Stores } from "./store.js";

/** Which text the cells have, and where it is kept. */
export interface Versions {
  /** Shows the reader's own version, or that of the link in the address. */
  readonly start: () => void;
  /** Keeps the text of a cell that a reader has changed. */
  readonly changed: (cell: LiveCell) => void;
  /** Puts cells back to the text of the file; `undo` brings theirs back. */
  readonly reset: (cells: readonly LiveCell[]) => void;
  readonly undo: () => void;
  /** Shows somebody's version beside the reader's own, and asks which is to stay. */
  readonly open: (sources: Sources, whence: string) => void;
  /** The changed cells. */
  readonly now: () => Sources;
}

/** What the page does when versions change. */
export interface VersionEvents {
  /** Text of cells was replaced. */
  readonly replaced: () => void;
  readonly canUndo: (can: boolean) => void;
}

/** Returns the versions of a page; cells that the page no longer has stay where they are kept. */
export function createVersions(
  page: string,
  cells: readonly LiveCell[],
  stores: Stores,
  notice: Notice,
  events: VersionEvents,
): Versions {
  const own = stores("");
  const replaced = stores("before");
  const byId = new Map(cells.map((cell) => [cell.data.id, cell]));
  let shown: Store = own;
  let putting = false;

  const keep = (store: Store, cell: LiveCell): void => {
    const { id, source: original } = cell.data;
    const source = cell.source();
    store.keep(id, source === original ? undefined : { source, original });
  };
  const put = (cell: LiveCell, edit: Edit | undefined): void => {
    const source = edit?.source ?? cell.data.source;
    if (cell.source() === source) return;
    putting = true;
    cell.edit(source);
    putting = false;
  };
  const show = (store: Store): void => {
    shown = store;
    const edits = store.load();
    for (const cell of cells) put(cell, edits.get(cell.data.id));
    events.replaced();
  };
  /** Remembers the text of cells that is about to go. */
  const remember = (concerned: readonly LiveCell[]): void => {
    replaced.replace(
      new Map(concerned.map((cell) => [cell.data.id, { source: cell.source() }] as const)),
    );
    events.canUndo(concerned.length > 0);
  };
  const changedOnes = (): LiveCell[] => cells.filter((cell) => cell.source() !== cell.data.source);

  const showOwn = (): void => {
    viewing(page, "");
    show(own);
  };
  const take = (theirs: Store): void => {
    const edits = theirs.load();
    show(own);
    remember(cells);
    for (const cell of cells) {
      put(cell, edits.get(cell.data.id));
      keep(own, cell);
    }
    for (const [id, edit] of edits) if (!byId.has(id)) own.keep(id, edit);
    theirs.replace(new Map());
    viewing(page, "");
    events.replaced();
    notice.say("That version is yours now. Undo brings your own back.");
  };
  const ask = (version: string, whence: string): void => {
    const theirs = stores(version);
    const all = [...theirs.load().keys()];
    const known = all.filter((id) => byId.has(id)).length;
    const gone = all.length - known;
    const further = gone === 0 ? "" : `, and ${cellCount(gone)} that this page does not have`;
    viewing(page, version);
    show(theirs);
    notice.ask(
      `${whence} changes ${cellCount(known)}${further}; your own version is kept. ` +
        `Nothing has run: read the code, then press Run where you want to.`,
      [
        {
          text: "Take theirs",
          act: () => {
            take(theirs);
          },
        },
        {
          text: "Keep mine",
          act: () => {
            theirs.replace(new Map());
            showOwn();
          },
        },
      ],
    );
  };
  const open = (sources: Sources, whence: string): void => {
    const different = [...sources].filter(([id, source]) => byId.get(id)?.data.source !== source);
    if (different.length === 0) {
      notice.say(`${whence} has the cells as they are in this page.`);
      return;
    }
    if (!different.some(([id]) => byId.has(id))) {
      notice.say(
        `${whence} changes only cells that this page does not have: it was made in another edition, or in an older page.`,
      );
      return;
    }
    const version = `shared-${digest(JSON.stringify(different))}`;
    const store = stores(version);
    if (store.load().size === 0) {
      const edits: Edits = new Map(different.map(([id, source]) => [id, { source }]));
      store.replace(edits);
    }
    ask(version, whence);
  };
  const openLink = (): boolean => {
    const linked = unpackLink(page, location.hash);
    if (linked === undefined) return false;
    // The address would still hold this version when the reader has gone on from it.
    history.replaceState(null, "", location.pathname + location.search);
    if (typeof linked === "string") notice.say(linked);
    else open(linked, "This link");
    return typeof linked !== "string";
  };

  return {
    now: () => new Map(changedOnes().map((cell) => [cell.data.id, cell.source()])),
    open,
    changed: (cell) => {
      if (!putting) keep(shown, cell);
    },
    reset: (concerned) => {
      const changed = concerned.filter((cell) => cell.source() !== cell.data.source);
      if (changed.length > 0) remember(changed);
      for (const cell of changed) {
        put(cell, undefined);
        keep(shown, cell);
      }
      events.replaced();
    },
    undo: () => {
      const back = replaced.load();
      const concerned = cells.filter(({ data }) => back.has(data.id));
      remember(concerned);
      for (const cell of concerned) {
        put(cell, back.get(cell.data.id));
        keep(shown, cell);
      }
      events.replaced();
    },
    start: () => {
      addEventListener("hashchange", openLink);
      own.watch((id, edit) => {
        const cell = byId.get(id);
        if (cell === undefined || shown !== own) return;
        put(cell, edit);
        events.replaced();
      });
      const offer = (): void => {
        events.canUndo(replaced.load().size > 0);
      };
      // A reset in one tab takes the text away in all of them: each can bring it back.
      replaced.watch(offer);
      offer();
      if (openLink()) return;
      const version = viewed(page);
      if (version !== "" && stores(version).load().size > 0) {
        ask(version, "The version that you were shown");
        return;
      }
      show(own);
      greet(own.load(), byId, notice);
    },
  };
}

/** Says what this browser has kept, and what the author has changed since. */
function greet(edits: Edits, byId: ReadonlyMap<string, LiveCell>, notice: Notice): void {
  const known = [...edits].flatMap(([id, edit]) => {
    const cell = byId.get(id);
    return cell === undefined ? [] : [{ cell, edit }];
  });
  if (known.length === 0) return;
  const corrected = known.filter(
    ({ cell, edit }) => edit.original !== undefined && edit.original !== cell.data.source,
  );
  const first = `${cellCount(known.length)} of this page as you left ${known.length === 1 ? "it" : "them"}.`;
  const names = corrected.map(({ cell }) => cell.data.label).join(", ");
  notice.say(
    corrected.length === 0
      ? first
      : `${first} The page has a newer text for ${names}: yours is kept, Reset shows the new one.`,
  );
}

/** Returns a number of cells in words. */
export function cellCount(count: number): string {
  return count === 1 ? "one cell" : `${count} cells`;
}

const viewingKey = (page: string): string => `lockdep-lab/${page}/viewing`;

/** Remembers for this tab which version it shows: a reload shows it again. */
function viewing(page: string, version: string): void {
  try {
    sessionStorage.setItem(viewingKey(page), version);
  } catch {
    // Storage may be forbidden; a reload then shows the reader's own version.
  }
}

function viewed(page: string): string {
  try {
    return sessionStorage.getItem(viewingKey(page)) ?? "";
  } catch {
    return "";
  }
}
