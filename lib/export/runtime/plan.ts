/** What a cell is made from: which cells above must run first, and whose text its output depends on. */
import { cellNames, type CellNames } from "./names.js";
import type { CellSource } from "./protocol.js";

/** Knows cells by their text; each text is read once. */
export interface Plan {
  /**
   * Returns the cells above `cell` that have to run before it, in their order.
   *
   * @param ranAt counts runs: when the cell last ran through with the text that it has, or undefined
   */
  readonly needed: (
    cell: CellSource,
    above: readonly CellSource[],
    ranAt: (cell: CellSource) => number | undefined,
  ) => CellSource[];
  /** Returns the text that the output of the cell depends on, its own and that of cells above. */
  readonly madeFrom: (cell: CellSource, above: readonly CellSource[]) => string;
}

/**
 * Returns a plan that has read no cell.
 *
 * A cell depends on the nearest cell above that declares a name it uses, and on every cell between the
 * two that uses the same name, for it may have changed what the name stands for. An imported name
 * cannot change, nor what was taken out of one. Code that uses a function uses what the function uses.
 */
export function createPlan(): Plan {
  const known = new Map<string, CellNames>();
  const namesOf = ({ source }: CellSource): CellNames => {
    const names = known.get(source) ?? cellNames(source);
    known.set(source, names);
    return names;
  };
  const behind = (cell: CellSource, above: readonly CellSource[]): Dependencies =>
    dependencies([...above, cell].map(namesOf));
  return {
    needed: (cell, above, ranAt) => {
      const { direct, all } = behind(cell, above);
      const times = above.map(ranAt);
      const fresh = above.map(() => false);
      for (const at of all) {
        const time = times[at];
        fresh[at] =
          time !== undefined &&
          direct(at).every((other) => fresh[other] === true && (times[other] ?? Infinity) < time);
      }
      return all.flatMap((at) => (fresh[at] === true ? [] : (above[at] ?? [])));
    },
    madeFrom: (cell, above) => {
      const { all } = behind(cell, above);
      return JSON.stringify([...all.map((at) => above[at]?.source), cell.source]);
    },
  };
}

/** What the last of some cells depends on, by the positions of cells. */
interface Dependencies {
  readonly direct: (at: number) => readonly number[];
  /** All of them, in order, those of others' included. */
  readonly all: readonly number[];
}

function dependencies(cells: readonly CellNames[]): Dependencies {
  const fixed = fixedNames(cells);
  const uses = cells.map((_, at) => usedAt(cells, at));
  const direct = cells.map((_, at): readonly number[] => {
    const found = new Set<number>();
    for (const name of uses[at] ?? []) {
      const from = declarerOf(cells, name, at);
      if (from < 0) continue;
      found.add(from);
      if (fixed.has(name)) continue;
      for (let between = from + 1; between < at; between++) {
        if (uses[between]?.has(name) === true) found.add(between);
      }
    }
    return [...found];
  });
  const all = new Set<number>();
  const waiting = [...(direct.at(-1) ?? [])];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (all.has(at)) continue;
    all.add(at);
    waiting.push(...(direct[at] ?? []));
  }
  return { direct: (at) => direct[at] ?? [], all: [...all].sort((a, b) => a - b) };
}

function declarerOf(cells: readonly CellNames[], name: string, before: number): number {
  for (let at = before - 1; at >= 0; at--) if (cells[at]?.declares.has(name) === true) return at;
  return -1;
}

/** The names that the cell uses, and those that functions among them use. */
function usedAt(cells: readonly CellNames[], at: number): ReadonlySet<string> {
  const used = new Set<string>();
  const waiting = [...(cells[at]?.uses ?? [])];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (used.has(name)) continue;
    used.add(name);
    const from = declarerOf(cells, name, at);
    waiting.push(...(cells[from]?.functions.get(name) ?? []));
  }
  return used;
}

/** Imported names, and what was taken out of them. */
function fixedNames(cells: readonly CellNames[]): ReadonlySet<string> {
  const fixed = new Set(cells.flatMap(({ imports }) => [...imports]));
  for (const { taken } of cells) {
    for (const { names, from } of taken) {
      if (fixed.has(from)) for (const name of names) fixed.add(name);
    }
  }
  return fixed;
}
