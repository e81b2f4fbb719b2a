/** What the functions of a module know of what is around them. */
import type { Signature } from "./binary.js";
import type { Global } from "./constants.js";
import type { ContextArray } from "./memory.js";

/** What a function may refer to. */
export interface Surroundings {
  /** Tables and functions, by name. */
  readonly globals: ReadonlyMap<string, Global>;
  /** Where the arrays of `search` are. */
  readonly context: Readonly<Record<ContextArray, number>>;
  /** The number of the imported `search.fail()`. */
  readonly fail: number;
  /** Returns what the function of a number takes and returns. */
  readonly signatureOf: (number: number) => Signature;
  /** Returns the number of a signature. */
  readonly numberOfSignature: (of: Signature) => number;
  /** Returns the number by which a function can be called that is handed on. */
  readonly handedOn: (number: number) => number;
}

/** The name of what functions are given of a search: its arrays stand in memory, so it is handed to none. */
export const searchName = "search";
