/** In which order a search goes through the states. */
import type { SuccessorRecord } from "../codegen/layout/successor-record.js";
import type { CutShort } from "../result/result.js";
import type { Slot } from "../parallel/slots.js";
import type { Store } from "./state-store.js";
import type { Team } from "./team.js";

/** What a strategy goes through: the states of one search. */
export interface StateSpace {
  readonly store: Store;
  /** The successors found, until they are added to the store. */
  readonly batch: Int32Array;
  readonly record: SuccessorRecord;
  /**
   * Looks at the states from one on, up to `last`, and adds their successors to the batch, until that ends at `limit` or
   * beyond; returns where it ends then. `next` is the first that was not looked at.
   */
  visitFrom(id: number, last: number, end: number, limit: number): number;
  readonly next: number;
  /** Looks at a state and adds its successors to the batch; returns where they end then. */
  visit(id: number, end: number): number;
  /** Adds the successors in the batch to the store. */
  insert(end: number): void;
  /**
   * Returns why the search must end, or null.
   *
   * @param depth how many steps it is from the start
   * @param bytes what the strategy itself takes
   */
  check(depth: number, bytes: number): CutShort | null;
  /** Returns threads if there are some and the states from one on are worth it; null if not. */
  team(from: number): Team | null;
  /** Adds what a thread found of some states; returns how many they were. */
  add(expanded: Slot): number;
  /** Whether the search should end, to start again with what it has learnt. */
  isToStartAgain(): boolean;
}

/** How far a strategy came. */
export interface Traversed {
  readonly cutShort: CutShort | null;
  /** The steps from the initial state to the farthest, on the ways that were taken. */
  readonly depth: number;
  /** The first state of each depth, where every state was reached by a shortest way; null otherwise. */
  readonly levels: readonly number[] | null;
  /** Bytes in use by the strategy itself. */
  readonly bytes: number;
}

/** Goes through all states from the first on, which is stored. */
export type Strategy = (space: StateSpace, maxDepth: number) => Traversed;
