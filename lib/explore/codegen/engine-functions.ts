/** The generated functions of a search, from their text alone: in another thread there is nothing else. */
import { fromText } from "./text/instantiate.js";
import type { SearchContext } from "./layout/search-context.js";
import type { SeenFunctions } from "./seen/seen-functions.js";

/** The generated functions, and where they write. */
export interface Engine {
  /** Returns an array for so many numbers, in which the functions are at home; they write to any other, too. */
  readonly batch: (numbers: number) => Int32Array;
  /**
   * Writes the records of the successors of the state at `states[at]` to `batch` from `end` on; returns
   * where they end then.
   */
  readonly expand: (
    states: Int32Array,
    at: number,
    id: number,
    batch: Int32Array,
    end: number,
    search: SearchContext,
  ) => number;
  /** Runs through invisible steps and renames, for all successors between two places. */
  readonly finish: (batch: Int32Array, first: number, end: number, search: SearchContext) => void;
  /**
   * Does both for the states with numbers from `first` on, up to `last`, until the batch ends at `limit` or beyond, or
   * devices alone can move in one; returns where it ends then. `search.quiet` has the number of the next state.
   */
  readonly expandAll: (
    states: Int32Array,
    first: number,
    last: number,
    batch: Int32Array,
    end: number,
    limit: number,
    search: SearchContext,
  ) => number;
  /**
   * Returns arrays of some lengths in which functions of the engine's own are at home, and those functions; to be asked
   * for before `batch()`. Null if it has no memory of its own, or none is left.
   */
  readonly home: <Name extends string>(
    lengths: Readonly<Record<Name, number>>,
  ) => Home<Name> | null;
}

/** Arrays in the memory of an engine, and the functions that find them there and nowhere else. */
export interface Home<Name extends string> {
  readonly arrays: Readonly<Record<Name, Int32Array>>;
  readonly functions: SeenFunctions;
}

/**
 * The texts of functions of `base`: of one that makes the steps, of one that makes an engine of them, and of one that
 * makes the `SeenFunctions`.
 */
export interface EngineText {
  readonly steps: string;
  readonly search: string;
  readonly seen: string;
}

/** Whether something is an object. */
export const isObject = (of: unknown): of is object => typeof of === "object" && of !== null;

/** What generated code returns. */
type Functions = Omit<Engine, "batch" | "home">;

/** Whether something is what generated code returns. */
export const isFunctions = (of: unknown): of is Functions => isObject(of) && "expand" in of;

/** Returns the engine of functions, which write to any array alike. */
export const engineWith = ({ expand, finish, expandAll }: Functions): Engine => ({
  batch: (numbers) => new Int32Array(numbers),
  home: () => null,
  expand,
  finish,
  expandAll,
});

/** Returns the functions. */
export const engineOf = ({ steps, search }: Omit<EngineText, "seen">): Engine =>
  engineWith(fromText(isFunctions, search, fromText(isObject, steps)));
