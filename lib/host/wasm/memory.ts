/** Where a search's own arrays stand in the memory of its generated code. */
import { longestRun } from "../../explore/codegen/layout/search-context.js";
import type { EngineSize } from "../../explore/codegen/kept-code.js";

/** Addresses in bytes. */
export interface Memory {
  /** The words of the state that is expanded. */
  readonly state: number;
  /** The arrays of a `SearchContext`, by their names there. */
  readonly context: Readonly<Record<ContextArray, number>>;
  /** The records of successors. */
  readonly batch: number;
  /** Where the tables of the code begin. */
  readonly tables: number;
}

/** The arrays of a `SearchContext`. */
export type ContextArray = "guards" | "broken" | "quiet" | "reported" | "log";

/** Whether generated code may ask for an array of that name. */
export const isContextArray = (name: string): name is ContextArray =>
  ["guards", "broken", "quiet", "reported", "log"].includes(name);

/** Returns the places of arrays of some sizes, one after another. */
export function memoryOf({ words, guards, checks, batch }: EngineSize): Memory {
  let next = 0;
  const place = (numbers: number): number => {
    const at = next;
    next += numbers * 4;
    return at;
  };
  return {
    state: place(words),
    context: {
      guards: place(guards),
      broken: place(2),
      quiet: place(2),
      reported: place(checks),
      log: place(longestRun * 2 + 2),
    },
    batch: place(batch),
    tables: next,
  };
}
