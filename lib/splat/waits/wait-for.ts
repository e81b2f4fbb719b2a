/** Who waits for whom: the graph of waits of the tasks of a paste, and the circle in it. */
import { addressOf } from "../evidence/address.js";
import { primitiveOn, sleeps } from "../evidence/taking.js";
import type { HeldMention, StackFrame } from "../report/index.js";
import { sureNames } from "../stacks/fold-stack.js";
import { plainName } from "../stacks/functions.js";
import type { ListedTask } from "./read.js";

/** A task that waits for a lock that another one holds. */
export interface Wait {
  readonly waiter: ListedTask;
  readonly lock: HeldMention;
  /** Null where no task of the paste holds it. */
  readonly holder: ListedTask | null;
  /** The lock as the holder has it. */
  readonly held: HeldMention | null;
}

/** Returns the waits that a paste shows: by the address of the lock, never by its class alone. */
export function waitsOf(tasks: readonly ListedTask[]): readonly Wait[] {
  const wanted = new Map(tasks.map((task) => [task, wantedBy(task)]));
  return tasks.flatMap((waiter): readonly Wait[] => {
    const lock = wanted.get(waiter) ?? null;
    if (lock === null) return [];
    const address = addressOf(lock);
    for (const holder of tasks) {
      if (holder === waiter || address === null) continue;
      const held = holder.locks.find(
        (each) => addressOf(each) === address && each !== wanted.get(holder),
      );
      if (held !== undefined) return [{ waiter, lock, holder, held }];
    }
    return [{ waiter, lock, holder: null, held: null }];
  });
}

/**
 * The lock that a task waits for, or null: the last of its list, if its stack ends in taking a
 * sleeping lock at that place. lockdep lists a lock from before it is waited for.
 */
function wantedBy({ frames, locks }: ListedTask): HeldMention | null {
  const last = locks.at(-1);
  if (last === undefined || !sleeps(primitiveOn(withoutSleep(frames)))) return null;
  const names = sureNames(frames).map(plainName);
  const at = last.inlinedIn.at(-1)?.symbol ?? last.at?.symbol ?? null;
  return at === null || names.includes(plainName(at)) ? last : null;
}

/** Returns the waits that close a circle, from the first that is in one; empty where none does. */
export function circleIn(waits: readonly Wait[]): readonly Wait[] {
  for (const start of waits) {
    const path: Wait[] = [];
    let here: Wait | undefined = start;
    while (here !== undefined && !path.includes(here)) {
      path.push(here);
      const holder: ListedTask | null = here.holder;
      here = waits.find(({ waiter }) => waiter === holder);
    }
    if (here === start) return path;
  }
  return [];
}

/** Returns a stack without the functions in which its task sleeps. */
export const withoutSleep = (frames: readonly StackFrame[]): readonly StackFrame[] =>
  frames.filter(
    ({ symbol }) => !/^(?:__)?schedule|^io_schedule|^preempt_schedule/.test(symbol ?? ""),
  );
