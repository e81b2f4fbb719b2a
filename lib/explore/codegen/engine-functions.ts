/** The generated functions of a search, from their text alone: in another thread there is nothing else. */
import { fromText } from "./text/instantiate.js";
import type { SearchContext } from "./layout/search-context.js";

/** The generated functions. */
export interface Engine {
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
  /** Runs through unseen steps and renames, for all successors between two places. */
  readonly finish: (batch: Int32Array, first: number, end: number, search: SearchContext) => void;
}

/** The texts of functions of `base`: of one that makes the steps, and of one that makes an engine of them. */
export interface EngineText {
  readonly steps: string;
  readonly search: string;
}

/** Whether something is an object. */
export const isObject = (of: unknown): of is object => typeof of === "object" && of !== null;

/** Whether something is an engine. */
export const isEngine = (of: unknown): of is Engine => isObject(of) && "expand" in of;

/** Returns the functions. */
export const engineOf = ({ steps, search }: EngineText): Engine =>
  fromText(isEngine, search, fromText(isObject, steps));
