/**
 * What each path does when it first runs. Each of the three sets up what it starts from, so that it does the same
 * whatever ran before: one run tells what lockdep hears in every order. What a bug adds beside them may depend on it.
 */
import { type Model, type Scenario, sequentialRun } from "../../machine/index.js";
import type { Event } from "../../primitives/event.js";
import type { PathLetter } from "./orders.js";

/** The functions that take a path once. */
export const firstRuns: Readonly<Record<PathLetter, string>> = {
  o: "first_run_sched_out",
  w: "first_run_handler",
  i: "first_run_sched_in",
  n: "first_run_further",
};

/** A run in parts. */
export interface PathEvents {
  readonly model: Model;
  /** Of the boot. */
  readonly before: readonly Event[];
  readonly of: Readonly<Record<PathLetter, readonly Event[]>>;
  /** Of the thread's end. */
  readonly after: readonly Event[];
  /** Whether there is a path beside the three. */
  readonly further: boolean;
}

/** Every path, in the order of a boot that takes them all. */
export const pathLetters: readonly PathLetter[] = ["o", "w", "i", "n"];

/**
 * Returns what each path does; null where the run does not come to its end, and so depends on the order.
 *
 * @param inOrder takes all of them, in the order of their letters
 */
export function eventsOfPaths(inOrder: Scenario, further: boolean): PathEvents | null {
  const { model, events, stuck } = sequentialRun(inOrder);
  if (stuck.length > 0) return null;
  const before: Event[] = [];
  const after: Event[] = [];
  const of: Readonly<Record<PathLetter, Event[]>> = { o: [], w: [], i: [], n: [] };
  let part = before;
  for (const event of events) {
    const begun = pathLetters.find((letter) => event.stack.includes(firstRuns[letter]));
    // What an interrupt does belongs to the path upon which it came.
    if (begun !== undefined) part = of[begun];
    (event.kind === "task_exit" ? after : part).push(event);
  }
  return { model, before, of, after, further };
}

/** Returns the events of a run that takes the paths in an order; null where that has to run to be known. */
export function eventsInOrder(
  { before, of, after, further }: PathEvents,
  order: readonly PathLetter[],
): readonly Event[] | null {
  if (further && order.includes("n") && order.join() !== pathLetters.join()) return null;
  return [...before, ...order.flatMap((letter) => of[letter]), ...after];
}
