/** Texts that were read lately: a case is translated many times, and its text is read once. */
import type { MacroNames } from "./known-macros.js";
import type { Source } from "./source.js";

/** More than a bench tries of one patch; a tree of the case takes a megabyte. */
const most = 32;

/** What was made of the last texts, by what stands in them. */
export class KnownTexts<Read> {
  private readonly known = new Map<string, { readonly names: MacroNames; readonly read: Read }>();

  /** Returns what was made of a text; undefined if it is too long ago, or never was. */
  of(source: Source, names: MacroNames): Read | undefined {
    const key = keyOf(source);
    const found = this.known.get(key);
    if (found?.names !== names) return undefined;
    this.known.delete(key);
    this.known.set(key, found);
    return found.read;
  }

  keep(source: Source, names: MacroNames, read: Read): void {
    const key = keyOf(source);
    this.known.delete(key);
    this.known.set(key, { names, read });
    const [oldest] = this.known.keys();
    if (this.known.size > most && oldest !== undefined) this.known.delete(oldest);
  }
}

/** The text, and which of its lines are of which file: places are told by both. */
const keyOf = ({ files, text }: Source): string => JSON.stringify([files, text]);
