/** The graph of waits as data, for programs. */
import { addressOf } from "../evidence/lock/address.js";
import { circleIn, holderOf, taskName, waitedFor, type TaskWait } from "./wait-for.js";

/** A wait as `lab splat --json` has it. */
export interface WaitRow {
  readonly waiter: string;
  /** The class that is waited for, or the kind of lock. */
  readonly waits_for: string;
  /** Null where the text hides it or does not name the lock. */
  readonly address: string | null;
  /** Null where no task of the text holds it. */
  readonly holder: string | null;
  /** `list`: by the lists of held locks and the stacks; `list alone`: without a stack; `kernel`: by its word. */
  readonly by: "list" | "list alone" | "kernel";
  /** False where the holder may wait for it as well. */
  readonly sure: boolean;
  readonly in_circle: boolean;
}

/** Returns a row for each wait, those of the circle first and in its order. */
export function waitRows(waits: readonly TaskWait[]): readonly WaitRow[] {
  const circle = circleIn(waits);
  const ordered = [...circle, ...waits.filter((wait) => !circle.includes(wait))];
  return ordered.map((wait) => ({
    waiter: taskName(wait.waiter),
    waits_for: waitedFor(wait),
    address: addressOf(wait.lock),
    holder: holderOf(wait),
    by: wait.likely !== null ? "kernel" : wait.waiter.frames.length === 0 ? "list alone" : "list",
    sure: wait.sure,
    in_circle: circle.includes(wait),
  }));
}
