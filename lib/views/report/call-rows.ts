/**
 * A path through the code as rows: the functions it calls and what it does to locks in each,
 * in order, from the events that the path emitted.
 */
import type { Event } from "../../primitives/event.js";
import { partsOfId, type LockMap } from "../../primitives/lock.js";

/** One path to show. */
export interface CallPath {
  /** What the path is called: `sched_out`. */
  readonly name: string;
  /** The context it runs in, in words: `hardirq`, `task, IRQs off`. */
  readonly context: string;
  /** What it did, in order. */
  readonly events: readonly Event[];
}

/** A call, or something done in it. */
export interface CallRow {
  /** Calls around it, from 0. */
  readonly depth: number;
  readonly kind: "call" | "lock" | "unlock" | "annotate" | "irqs";
  readonly text: string;
  /** Id of the lock instance, if it is about one. */
  readonly lock: string | null;
}

interface Deed {
  readonly kind: Exclude<CallRow["kind"], "call">;
  readonly text: string;
  readonly lock: string | null;
}

/**
 * Returns the events that happened inside a function, in order.
 *
 * @param events what happened.
 * @param inside the function that must be on the stack.
 * @param outside a function that must not be on it; none unless told.
 */
export function eventsInside(
  events: readonly Event[],
  inside: string,
  outside?: string,
): readonly Event[] {
  return events.filter(
    ({ stack }) => stack.includes(inside) && (outside === undefined || !stack.includes(outside)),
  );
}

/** Returns the path as rows; a function called for several deeds in a row is named once. */
export function callRows(path: CallPath): readonly CallRow[] {
  const rows: CallRow[] = [];
  let open: readonly string[] = [];
  const nameOf = namesIn(path.events);
  for (const [i, event] of path.events.entries()) {
    const done = deed(event, path.events[i - 1], path.events[i + 1], nameOf);
    if (done === null) continue;
    const calls = [...event.stack].reverse();
    let shared = 0;
    while (shared < calls.length && calls[shared] === open[shared]) shared++;
    for (let depth = shared; depth < calls.length; depth++) {
      rows.push({ depth, kind: "call", text: calls[depth] ?? "", lock: null });
    }
    rows.push({ depth: calls.length, ...done });
    open = calls;
  }
  return rows;
}

/** Instances are told apart where there are several of a class: `&rq->__lock [1]`. */
function namesIn(events: readonly Event[]): (map: LockMap) => string {
  const maps = events.flatMap((event) => ("map" in event ? [event.map] : []));
  return ({ id, name }) => {
    const [, index] = partsOfId(id);
    const alone = maps.every((other) => other.name !== name || other.id === id);
    return alone || index === null ? name : `${name} [${index}]`;
  };
}

/** Returns what an event is to a reader; an annotation is an acquire without a lock taken, or the reverse. */
function deed(
  event: Event,
  before: Event | undefined,
  after: Event | undefined,
  nameOf: (map: LockMap) => string,
): Deed | null {
  switch (event.kind) {
    case "locked": {
      const subclass = before?.kind === "acquire" ? before.subclass : 0;
      const name = nameOf(event.map);
      const nested = subclass === 0 ? "" : `, subclass ${subclass}`;
      return { kind: "lock", text: `lock ${name}${nested}`, lock: event.map.id };
    }
    case "unlocked": {
      const name = nameOf(event.map);
      return { kind: "unlock", text: `unlock ${name}`, lock: event.map.id };
    }
    case "acquire": {
      if (after?.kind === "locked" && after.map.id === event.map.id) return null;
      const name = nameOf(event.map);
      const text = `spin_acquire(${name}, ${event.subclass}), told to lockdep only`;
      return { kind: "annotate", text, lock: event.map.id };
    }
    case "release": {
      if (after?.kind === "unlocked" && after.map.id === event.map.id) return null;
      const name = nameOf(event.map);
      return {
        kind: "annotate",
        text: `spin_release(${name}), told to lockdep only`,
        lock: event.map.id,
      };
    }
    case "hardirqs":
      return { kind: "irqs", text: `IRQs ${event.on ? "on" : "off"}`, lock: null };
    case "enter":
      return { kind: "irqs", text: `${event.context} begins`, lock: null };
    case "exit":
      return { kind: "irqs", text: `${event.context} ends`, lock: null };
    case "nmi":
      return { kind: "irqs", text: `NMI ${event.on ? "begins" : "ends"}`, lock: null };
    case "assert_irqs":
      return {
        kind: "annotate",
        text: `lockdep_assert_irqs_${event.on ? "enabled" : "disabled"}()`,
        lock: null,
      };
    case "assert_held": {
      const call = event.held ? "lockdep_assert_held" : "lockdep_assert_not_held";
      return { kind: "annotate", text: `${call}(${event.map.name})`, lock: event.map.id };
    }
    case "touch":
      return { kind: "annotate", text: `${event.map.name} taken and dropped`, lock: event.map.id };
    case "sync":
      return { kind: "annotate", text: `lock_sync(${event.map.name})`, lock: event.map.id };
    case "set_subclass":
      return {
        kind: "annotate",
        text: `lock_set_subclass(${event.map.name}, ${event.subclass})`,
        lock: event.map.id,
      };
    // A pin says nothing of the path: it is there to catch code that drops the lock.
    case "pin":
    case "unpin":
      return null;
    case "lockdep":
      return { kind: "annotate", text: `lockdep_${event.on ? "on" : "off"}()`, lock: null };
    case "rcu_warn":
    case "waiting":
    case "softirqs":
    case "return_to_user":
    case "downgrade":
    case "free":
    case "init":
    case "task_exit":
      return null;
  }
}
