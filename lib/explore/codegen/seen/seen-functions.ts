/** The generated functions that add states to those seen, and take note of who moves in them. */

/**
 * Adds the states of a batch up to `end` that are new to `count` others, and returns how many there are
 * then; the numbers of all go to `numbers`. A table entry is a state's number, from 1 on, and its hash.
 */
export type Insert = (
  batch: Int32Array,
  end: number,
  states: Int32Array,
  table: Int32Array,
  parents: Int32Array,
  transitions: Int32Array,
  hashes: Int32Array,
  numbers: Int32Array,
  mask: number,
  count: number,
) => number;

/**
 * Takes note of a batch of steps, those of one state together: of the bits of who moves, and of the edges of the
 * states in which somebody waits.
 */
export type NoteMoves = (
  batch: Int32Array,
  end: number,
  states: Int32Array,
  numbers: Int32Array,
  bits: Int32Array,
  to: Int32Array,
  renaming: Int32Array,
  from: Int32Array,
  start: Int32Array,
  marks: Int32Array,
) => void;

/** Finds out who can move in each of `count` states or later: the least fixed point of "moves here or in a successor". */
export type SettleMoves = (
  count: number,
  states: Int32Array,
  bits: Int32Array,
  to: Int32Array,
  renaming: Int32Array,
  from: Int32Array,
  start: Int32Array,
  marks: Int32Array,
) => void;

/** Returns the first of `count` states that lacks a bit; -1 if there is none. */
export type FirstWithout = (count: number, bits: Int32Array) => number;

/** What is done to states that were found. */
export interface SeenFunctions {
  readonly insertAll: Insert;
  readonly noteMoves: NoteMoves;
  readonly settleMoves: SettleMoves;
  /** The first state in which a process rests that should not. */
  readonly firstResting: FirstWithout;
  /** The first state from which a process goes round forever, if none rests in any. */
  readonly firstGoingRound: FirstWithout;
}

/** Their names. */
export const seenNames = [
  "insertAll",
  "noteMoves",
  "settleMoves",
  "firstResting",
  "firstGoingRound",
] as const satisfies readonly (keyof SeenFunctions)[];

/** What `marks` holds: edges, the states that they begin at, the state whose edges come, and where those begin. */
export const marks = { edges: 0, count: 1, open: 2, openAt: 3, length: 4 } as const;

/** Whether something is what generated code returns. */
export const areSeenFunctions = (of: unknown): of is SeenFunctions =>
  typeof of === "object" && of !== null && seenNames.every((name) => name in of);
