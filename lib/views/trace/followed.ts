/** What a state does not hold because no process reads it: followed from the events of a run. */
import type { Event, ReadMode } from "../../primitives/event.js";
import type { SourcePlace } from "../../machine/index.js";

/** What runs on a CPU. */
export type Context = "idle" | "task" | "softirq" | "hardirq";

/** A lock as its events tell of it. */
export interface HeldLock {
  readonly id: string;
  readonly name: string;
  readonly read: ReadMode;
  /** Where it was taken; null of steps that come from no text. */
  readonly at: SourcePlace | null;
}

/** For each CPU, what its events say. */
export interface Followed {
  readonly irqsOn: readonly boolean[];
  readonly handlers: readonly (readonly {
    readonly context: Context;
    readonly process: number;
  }[])[];
  readonly held: readonly (readonly HeldLock[])[];
}

function replaced<T>(items: readonly T[], at: number, change: (item: T) => T): readonly T[] {
  return items.map((item, i) => (i === at ? change(item) : item));
}

/** Returns what is so after an event of a process, whose step comes from a place. */
export function follow(
  before: Followed,
  event: Event,
  process: number,
  at: SourcePlace | null,
): Followed {
  const { irqsOn, handlers, held } = before;
  switch (event.kind) {
    case "hardirqs":
      return { ...before, irqsOn: replaced(irqsOn, event.cpu, () => event.on) };
    case "enter": {
      const entry = { context: event.context, process };
      return { ...before, handlers: replaced(handlers, event.cpu, (h) => [...h, entry]) };
    }
    case "nmi": {
      const entry = { context: "hardirq", process } as const;
      const change = (h: Followed["handlers"][number]): Followed["handlers"][number] =>
        event.on ? [...h, entry] : h.slice(0, -1);
      return { ...before, handlers: replaced(handlers, event.cpu, change) };
    }
    case "exit":
      return { ...before, handlers: replaced(handlers, event.cpu, (h) => h.slice(0, -1)) };
    case "locked": {
      const lock = { id: event.map.id, name: event.map.name, read: event.read, at };
      return { ...before, held: replaced(held, event.cpu, (h) => [...h, lock]) };
    }
    case "unlocked": {
      // A mutex may be dropped on another CPU than the one that it was taken on.
      const on = held[event.cpu]?.some((l) => l.id === event.map.id) === true;
      const cpu = on ? event.cpu : held.findIndex((h) => h.some((l) => l.id === event.map.id));
      const without = (h: readonly HeldLock[]): readonly HeldLock[] => {
        const last = h.map((l) => l.id).lastIndexOf(event.map.id);
        return h.filter((_, i) => i !== last);
      };
      return { ...before, held: replaced(held, cpu, without) };
    }
    case "downgrade": {
      const shared = (h: readonly HeldLock[]): readonly HeldLock[] =>
        h.map((l) => (l.id === event.map.id ? { ...l, read: 1 } : l));
      return { ...before, held: replaced(held, event.cpu, shared) };
    }
    case "acquire":
    case "release":
    case "waiting":
    case "touch":
    case "sync":
    case "set_subclass":
    case "pin":
    case "unpin":
    case "rcu_warn":
    case "lockdep":
    case "softirqs":
    case "assert_held":
    case "assert_irqs":
    case "return_to_user":
    case "free":
    case "init":
    case "task_exit":
      return before;
  }
}
