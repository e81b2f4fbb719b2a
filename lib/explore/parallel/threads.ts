/** Threads, where there are some: the core knows no way to start one. */
import type { ExpansionTask } from "./task.js";

/** Starts threads. */
export interface Threads {
  /** Starts so many threads, each of which calls `serve()` with the task and ends with it. */
  readonly start: (count: number, task: ExpansionTask) => void;
  /** From how many states on a search is worth their start. */
  readonly enough: number;
  /** How many seconds a thread is waited for until it counts as lost. */
  readonly patience: number;
}

/** The property of the global object that may hold `Threads`. */
export const threadsKey: unique symbol = Symbol.for("lockdep-lab.threads");

const isThreads = (of: unknown): of is Threads =>
  typeof of === "object" && of !== null && "start" in of;

/** Returns the threads of the place where this runs, or null: a browser's page has none. */
export function hostThreads(): Threads | null {
  const threads: unknown = Reflect.get(globalThis, threadsKey);
  return isThreads(threads) ? threads : null;
}
