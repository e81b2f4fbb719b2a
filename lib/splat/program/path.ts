/** Writes one path: the events of a task of its own, from nothing held to nothing held. */
import type { Event, Fact, ReadMode } from "../../primitives/event.js";
import type { StackFrame } from "../report/index.js";
import { foldStack } from "../stacks/fold-stack.js";
import type { ClassRef } from "./locks.js";
import type { SplatPath } from "./program.js";

/** How a stack shows that the lock is taken. */
export interface Taking {
  readonly read: ReadMode;
  readonly trylock: boolean;
  readonly stack: readonly string[];
}

/** Reads from a stack how its lock is taken: `down_read` shared, `_raw_read_lock` recursively. */
export function takingOf(frames: readonly StackFrame[], readers: boolean): Taking {
  const { acquire, functions } = foldStack(frames);
  const name = acquire ?? "";
  const stack = acquire === null ? functions : [acquire, ...functions];
  const read = !readers
    ? 0
    : /^(?:down_read|percpu_down_read)/.test(name)
      ? 1
      : /^(?:_?_?raw_)?_?read_lock/.test(name)
        ? 2
        : 0;
  return { read, trylock: false, stack };
}

/** Collects the events of a path. */
export class PathWriter {
  private readonly events: Event[] = [];

  /** @param number of the path: its task and CPU */
  constructor(private readonly number: number) {}

  /** Adds a fact, on the given stack. */
  add(fact: Fact, stack: readonly string[] = []): this {
    this.events.push({ cpu: this.number, task: this.number, stack, ...fact });
    return this;
  }

  /** Takes a lock of a class. */
  take({ map, subclass }: ClassRef, { read, trylock, stack }: Taking): this {
    return this.add(
      { kind: "acquire", map, subclass, trylock, read, check: true, nestLock: null },
      stack,
    ).add({ kind: "locked", map, read }, stack);
  }

  /** Drops a lock. */
  drop({ map }: ClassRef): this {
    return this.add({ kind: "release", map }).add({ kind: "unlocked", map });
  }

  /** The path so far. */
  path(title: string, when: SplatPath["when"]): SplatPath {
    return { title, when, events: this.events };
  }
}

/** Taken exclusively, by nobody in particular. */
export const plainly = (stack: readonly string[]): Taking => ({ read: 0, trylock: false, stack });
