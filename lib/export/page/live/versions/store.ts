/**
 * A reader's changes in this browser: one entry a cell, so that no tab overwrites another's. They
 * are in IndexedDB: of localStorage, Chromium on a busy machine loses what is written just before
 * the page is loaded again.
 */
import { createStore, entries, promisifyRequest } from "idb-keyval";
import { textField } from "../../../json.js";

/** A changed cell. */
export interface Edit {
  readonly source: string;
  /** The text that the page had for the cell when it was changed. */
  readonly original?: string;
}

/** Changed cells by their ids. */
export type Edits = ReadonlyMap<string, Edit>;

/** A place for one version of a page. */
export interface Store {
  /** Returns every edit kept there, those of cells that the page no longer has too. */
  readonly load: () => Edits;
  /** Keeps an edit, or forgets it where it is undefined. */
  readonly keep: (cell: string, edit: Edit | undefined) => void;
  /** Makes the place hold these edits and no other. */
  readonly replace: (edits: Edits) => void;
  /** Tells of a change that another tab has made. */
  readonly watch: (changed: (cell: string, edit: Edit | undefined) => void) => void;
}

/** Returns the place for a version of a page; the reader's own version is "". */
export type Stores = (version: string) => Store;

/** What has changed, as tabs tell each other. */
interface Change {
  readonly key: string;
  readonly edit: Edit | undefined;
}

/**
 * Returns the places for the versions of a page.
 *
 * @param page the notebook and its edition
 * @param unkept is called when the browser does not keep an edit
 */
export async function openStores(page: string, unkept: () => void): Promise<Stores> {
  const database = createStore("lockdep-lab", "cells");
  const tabs = new BroadcastChannel("lockdep-lab");
  const kept = new Map<string, Edit>();
  const watchers: ((change: Change) => void)[] = [];

  const note = ({ key, edit }: Change): void => {
    if (edit === undefined) kept.delete(key);
    else kept.set(key, edit);
  };
  // A tab may tell of a change while the database is read: that is the newer one.
  const told = new Set<string>();
  tabs.onmessage = ({ data }: MessageEvent<unknown>) => {
    const key = textField(data, "key");
    if (key === undefined) return;
    const change = { key, edit: readEdit(data) };
    told.add(key);
    note(change);
    for (const watcher of watchers) watcher(change);
  };
  try {
    for (const [key, value] of await entries<string, unknown>(database)) {
      if (!told.has(key)) note({ key, edit: readEdit(value) });
    }
  } catch {
    // Storage may be forbidden: there is nothing then, and the first change says so.
  }

  const write = async ({ key, edit }: Change): Promise<void> => {
    await database("readwrite", (cells) => {
      if (edit === undefined) cells.delete(key);
      else cells.put(edit, key);
      // What has been committed is written though the page goes now.
      cells.transaction.commit();
      return promisifyRequest(cells.transaction);
    });
  };
  const change = (key: string, edit: Edit | undefined): void => {
    note({ key, edit });
    tabs.postMessage({ key, ...edit });
    write({ key, edit }).catch(unkept);
  };
  return (version) => {
    const prefix = `${page}/${version}/`;
    const cellOf = (key: string): string | undefined =>
      key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
    const load = (): Edits =>
      new Map(
        [...kept].flatMap(([key, edit]) => {
          const cell = cellOf(key);
          return cell === undefined ? [] : [[cell, edit]];
        }),
      );
    const keep = (cell: string, edit: Edit | undefined): void => {
      change(prefix + cell, edit);
    };
    return {
      load,
      keep,
      replace: (edits) => {
        for (const cell of load().keys()) if (!edits.has(cell)) keep(cell, undefined);
        for (const [cell, edit] of edits) keep(cell, edit);
      },
      watch: (changed) => {
        watchers.push(({ key, edit }) => {
          const cell = cellOf(key);
          if (cell !== undefined) changed(cell, edit);
        });
      },
    };
  };
}

function readEdit(data: unknown): Edit | undefined {
  const source = textField(data, "source");
  const original = textField(data, "original");
  if (source === undefined) return undefined;
  return original === undefined ? { source } : { source, original };
}
