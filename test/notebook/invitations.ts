import type { Cell } from "../../lib/notebook/document/notebook.js";

/** A cell as the reader may change it. */
export interface Change {
  /** What stands in place of what: `1 -> 2`. */
  readonly said: string;
  readonly source: string;
}

/** What a cell invites its reader to. */
export interface Invitations {
  readonly changes: readonly Change[];
  /** Lines that invite to a change, and name none that can be made. */
  readonly vague: readonly string[];
}

const form = /(?:\/\/|\/\*) <- (change here|your prediction)(?:: ([^\n]*?))?(?: \*\/)?$/;

/**
 * Returns the changes that a cell's comments name.
 *
 * `const cpus = 1; // <- change here: 1 | 2` names two values: one stands in the line, the others may
 * stand in its place. A prediction's values stand in place of `null`.
 */
export function invitationsOf({ source }: Pick<Cell, "source">): Invitations {
  const lines = source.split("\n");
  const found = lines.map((line, at): Invitations => {
    if (!/<- (?:change|your prediction)/.test(line)) return { changes: [], vague: [] };
    const [comment, , named] = form.exec(line) ?? [];
    if (comment === undefined || named === undefined) return { changes: [], vague: [line.trim()] };
    const code = line.slice(0, -comment.length);
    const values = named.split(" | ").map((value) => value.trim());
    const now = longest([...values, "null"].filter((value) => standsIn(code, value)));
    const others = values.filter((value) => value !== now);
    if (now === undefined || others.length === 0) return { changes: [], vague: [line.trim()] };
    const changes = others.map((value) => {
      const changed =
        code.slice(0, placeOf(code, now)) + value + code.slice(placeOf(code, now) + now.length);
      return { said: `${now} -> ${value}`, source: lines.with(at, changed).join("\n") };
    });
    return { changes, vague: [] };
  });
  return {
    changes: found.flatMap(({ changes }) => changes),
    vague: found.flatMap(({ vague }) => vague),
  };
}

const longest = (values: readonly string[]): string | undefined =>
  values.toSorted((a, b) => b.length - a.length)[0];

const standsIn = (code: string, value: string): boolean => placeOf(code, value) >= 0;

/** The last place where a value stands by itself, not within a longer word. */
function placeOf(code: string, value: string): number {
  const isWord = (character: string | undefined): boolean => /[\w$]/.test(character ?? "");
  for (let at = code.lastIndexOf(value); at >= 0; at = code.lastIndexOf(value, at - 1)) {
    const [first, last] = [value[0], value.at(-1)];
    const joined =
      (isWord(first) && isWord(code[at - 1])) || (isWord(last) && isWord(code[at + value.length]));
    if (!joined) return at;
    if (at === 0) break;
  }
  return -1;
}
