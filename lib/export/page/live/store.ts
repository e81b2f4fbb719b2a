/** A reader's changes in this browser: one entry a cell, so that no tab overwrites another's. */
import { textField } from "../../json.js";

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
  /** Keeps an edit, or forgets it where it is undefined; returns whether that could be done. */
  readonly keep: (cell: string, edit: Edit | undefined) => boolean;
  /** Makes the place hold these edits and no other. */
  readonly replace: (edits: Edits) => boolean;
  /** Tells of a change that another tab has made. */
  readonly watch: (changed: (cell: string, edit: Edit | undefined) => void) => void;
}

/**
 * Returns the place for a version.
 *
 * @param page the notebook and its edition
 * @param version tells versions of one page apart; the reader's own is ""
 */
export function createStore(page: string, version = ""): Store {
  const prefix = `lockdep-lab/${page}/${version}/`;
  const load = (): Edits => {
    const edits = new Map<string, Edit>();
    try {
      for (const key of Object.keys(localStorage)) {
        const edit = key.startsWith(prefix) ? readEdit(localStorage.getItem(key)) : undefined;
        if (edit !== undefined) edits.set(key.slice(prefix.length), edit);
      }
    } catch {
      // Storage may be forbidden: there is nothing then.
    }
    return edits;
  };
  const keep = (cell: string, edit: Edit | undefined): boolean => {
    try {
      if (edit === undefined) localStorage.removeItem(prefix + cell);
      else localStorage.setItem(prefix + cell, JSON.stringify(edit));
      return true;
    } catch {
      return false;
    }
  };
  return {
    load,
    keep,
    replace: (edits) => {
      for (const cell of load().keys()) if (!edits.has(cell)) keep(cell, undefined);
      return [...edits].every(([cell, edit]) => keep(cell, edit));
    },
    watch: (changed) => {
      addEventListener("storage", ({ key, newValue }) => {
        if (key?.startsWith(prefix) === true) changed(key.slice(prefix.length), readEdit(newValue));
      });
    },
  };
}

function readEdit(stored: string | null): Edit | undefined {
  try {
    const data: unknown = JSON.parse(stored ?? "null");
    const source = textField(data, "source");
    const original = textField(data, "original");
    if (source === undefined) return undefined;
    return original === undefined ? { source } : { source, original };
  } catch {
    return undefined;
  }
}
