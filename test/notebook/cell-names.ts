import { cellNames } from "../../lib/export/runtime/names.js";
import type { Cell } from "../../lib/notebook/document/notebook.js";

/** What a cell declares for later ones, and what it takes from earlier ones. */
export interface Names {
  readonly declares: ReadonlySet<string>;
  readonly uses: ReadonlySet<string>;
}

/** Returns the names of a cell. Types count as well: a cell is compiled before it runs. */
export function namesOf({ source }: Cell): Names {
  const types = [...source.matchAll(/^(?:type|interface) (\w+)/gm)].flatMap(
    ([, type]) => type ?? [],
  );
  const capitals = [...source.matchAll(/\b[A-Z]\w*/g)].map(([word]) => word);
  const { declares, uses } = cellNames(source);
  return { declares: new Set([...declares, ...types]), uses: new Set([...uses, ...capitals]) };
}

/** Returns the later cells that use what a cell declares, and those that use what they declare. */
export function dependentsOf(at: number, names: readonly Names[]): readonly number[] {
  const changed = new Set(names[at]?.declares);
  const found: number[] = [];
  for (const [later, { uses, declares }] of names.entries()) {
    if (later <= at || !meet(changed, uses)) continue;
    found.push(later);
    for (const name of declares) changed.add(name);
  }
  return found;
}

const meet = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  [...others].some((name) => some.has(name));
