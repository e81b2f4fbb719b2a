/** Where chains of waits end: at a task that holds what others wait for, and waits for no lock. */
import type { ListedTask } from "./read.js";
import type { TaskWait } from "./wait-for.js";

/** A task at the end of chains of waits. */
export interface Root {
  readonly task: ListedTask;
  /** Who waits for it, directly or through others. */
  readonly waiters: readonly ListedTask[];
}

/** Returns the roots, those of the most waiters first. */
export function rootsOf(waits: readonly TaskWait[]): readonly Root[] {
  const next = new Map(waits.map(({ waiter, holder, sure }) => [waiter, sure ? holder : null]));
  const found = new Map<ListedTask, ListedTask[]>();
  for (const { waiter } of waits) {
    const seen = new Set<ListedTask>();
    let here: ListedTask = waiter;
    for (;;) {
      const holder = next.get(here) ?? null;
      if (holder === null || seen.has(holder)) break;
      seen.add(holder);
      here = holder;
    }
    if (here === waiter || next.has(here)) continue;
    found.set(here, [...(found.get(here) ?? []), waiter]);
  }
  return [...found]
    .map(([task, waiters]) => ({ task, waiters }))
    .sort((a, b) => b.waiters.length - a.waiters.length);
}
