/** What an exploration found, with the bounds within which it looked. */
import type { Scenario } from "../../machine/index.js";
import type { Reductions } from "./reductions.js";

/**
 * What can go wrong: how a counterexample is filed. In a deadlock somebody waits forever, or has a CPU for
 * ever with IRQs off; in a livelock somebody moves forever without progress, as in a busy wait for what
 * nobody will do. Livelocks are looked for where nobody deadlocks.
 */
export type Property =
  "deadlock" | "livelock" | "lost-wakeup" | "corruption" | "assert" | "invariant" | "misuse";

/** All properties, in the order in which they are reported. */
export const properties: readonly Property[] = [
  "deadlock",
  "livelock",
  "lost-wakeup",
  "corruption",
  "assert",
  "invariant",
  "misuse",
];

/** A schedule that ends in a violation. */
export interface Counterexample {
  readonly property: Property;
  /** Which predicate, assertion or processes. */
  readonly message: string;
  /** The transitions taken from the initial state, by `Transition.id`. */
  readonly schedule: readonly number[];
  /** Whether no shorter one exists; a search that was cut short can only say that this is one. */
  readonly shortest: boolean;
}

/** A counterexample to each property that is violated. */
export type Violations = Partial<Record<Property, Counterexample>>;

/** Why a search ended before it had seen everything. */
export type CutShort = "states" | "memory" | "depth" | "time" | "cancelled";

/** What `explore()` answers. */
export interface Result {
  readonly scenario: Scenario;
  /**
   * `safe` only if every state was seen; the first property violated otherwise, but for `misuse` before one whose
   * counterexample goes on with a value that was lost.
   */
  readonly verdict: "safe" | "inconclusive" | Property;
  /** A shortest counterexample to each property that can be violated, as far as was searched. */
  readonly violations: Readonly<Violations>;
  readonly complete: boolean;
  readonly cutShort: CutShort | null;
  readonly states: number;
  readonly transitions: number;
  /**
   * The number of steps to the farthest state, on the ways that were searched; with `local`, without those
   * that are run through as invisible.
   */
  readonly depth: number;
  /** How many states lie 0, 1, 2 ... steps from the start; null unless asked for, breadth first. */
  readonly depths: readonly number[] | null;
  readonly seconds: number;
  readonly megabytes: number;
  /** How the states were counted: each is one of the scenario's own, or stands for several. */
  readonly reductions: Reductions;
  /** The verdict with its bounds: "no deadlock in all 10 states of 2 cpus". */
  readonly summary: string;
  /** Which properties hold for want of members or of steps alone: the bound was too small for their kind. */
  readonly warnings: readonly string[];
}

/** How far along a search is. */
export interface Progress {
  /**
   * Which search: of a graph that may be small, for the verdict, or for the shortest counterexamples.
   * Each counts from the start.
   */
  readonly search: "small" | "verdict" | "shortest";
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly seconds: number;
}

/** What to look for, how far, and how. */
export interface ExploreOptions {
  /** The properties to check; all, if left out. */
  readonly properties?: readonly Property[];
  /** The reductions to use; both for a graph that is not small, if left out. Verdicts are the same. */
  readonly reductions?: Partial<Reductions>;
  /**
   * `breadth`, if left out: the nearest states first, so that counterexamples are short. `depth`: one way
   * to its end before the next, for the proof; states and verdict are the same, but `maxDepth` counts the
   * steps of the way that was taken, and `depth` is the longest one.
   */
  readonly strategy?: "breadth" | "depth";
  /** False to skip the second search, breadth first without `local`, for shortest counterexamples. */
  readonly shortest?: boolean;
  /**
   * How many threads expand states, 1 if left out: where the lab runs as a command or a notebook's kernel, of
   * a search breadth first that turns out large. All numbers are the same; in a page there is one thread.
   */
  readonly jobs?: number;
  /** True to be told how many states lie at each depth. */
  readonly depths?: boolean;
  /** 50,000,000 if left out, or none where free memory is looked at; see `maxMegabytes`. */
  readonly maxStates?: number;
  /**
   * 2048 if left out; a command, or a notebook's kernel, goes on beyond that while twice what is used is free.
   */
  readonly maxMegabytes?: number;
  /** In steps from the initial state; with `local`, invisible ones do not count. */
  readonly maxDepth?: number;
  readonly maxSeconds?: number;
  readonly onProgress?: (progress: Progress) => void;
  /**
   * Asked now and then; the search ends when it is aborted. A search keeps its thread to itself, so that
   * no timer can come: `onProgress` can abort it, or a getter that looks at memory shared with another
   * thread. For a limit of time there is `maxSeconds`.
   */
  readonly signal?: { readonly aborted: boolean };
}
