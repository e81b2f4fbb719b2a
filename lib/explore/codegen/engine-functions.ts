/** The generated functions of a search, from their text alone: in another thread there is nothing else. */
import { fromText } from "./text/instantiate.js";
import type { SearchContext } from "./layout/search-context.js";

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
}

/** The texts of functions of `base`: of one that makes the steps, and of one that makes an engine of them. */
export interface EngineText {
  readonly steps: string;
  readonly search: string;
}

/** Whether something is an object. */
export const isObject = (of: unknown): of is object => typeof of === "object" && of !== null;

/** What generated code returns. */
type Functions = Omit<Engine, "batch">;

/** Whether something is what generated code returns. */
export const isFunctions = (of: unknown): of is Functions => isObject(of) && "expand" in of;

/** Returns the engine of functions, which write to any array alike. */
export const engineWith = ({ expand, finish }: Functions): Engine => ({
  batch: (numbers) => new Int32Array(numbers),
  expand,
  finish,
});

/** Returns the functions. */
export const engineOf = ({ steps, search }: EngineText): Engine =>
  engineWith(fromText(isFunctions, search, fromText(isObject, steps)));
