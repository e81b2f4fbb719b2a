/** Paths that give a lock the usage that a report shows. */
import { decodeCharacters } from "../evidence/usage/usage-characters.js";
import type { UsageCharacter } from "../evidence/usage/usage-characters.js";
import type { LockMention } from "../report/index.js";
import type { ClassRef } from "./locks.js";
import { PathWriter, plainly } from "./path.js";
import type { SplatPath } from "./program.js";

/** A usage state: `IN-HARDIRQ-W` is used in, `HARDIRQ-ON-W` is held with it enabled. */
export interface State {
  readonly context: "hardirq" | "softirq";
  readonly used: boolean;
  readonly read: boolean;
}

/** Reads a printed usage state; null for states that the lab does not have (memory reclaim). */
export function readState(printed: string): State | null {
  const match = /^(?:(IN)-(HARDIRQ|SOFTIRQ)|(HARDIRQ|SOFTIRQ)-ON)-([RW])$/i.exec(
    printed.replace(/_/g, "-"),
  );
  const name = match?.[2] ?? match?.[3];
  if (match === null || name === undefined) return null;
  return {
    context: name.toUpperCase() === "HARDIRQ" ? "hardirq" : "softirq",
    used: match[1] !== undefined,
    read: match[4]?.toUpperCase() === "R",
  };
}

/**
 * The usage state that a word such as `HARDIRQ-READ-unsafe` or `SOFTIRQ-irq-safe` stands for.
 *
 * @param lock the lock that the word is about: some kernels leave out that it is a reader
 */
export function stateOfClass(cls: string, lock: LockMention): State | null {
  const match = /^(HARDIRQ|SOFTIRQ)-(READ-)?(?:irq-)?(READ-)?(un)?safe$/.exec(cls);
  if (match === null) return null;
  const context = match[1] === "HARDIRQ" ? "hardirq" : "softirq";
  const used = match[4] === undefined;
  const shown = statesOf(lock.usage, null).filter(
    (state) => state.context === context && state.used === used,
  );
  const named = match[2] !== undefined || match[3] !== undefined;
  return { context, used, read: named || (shown.length > 0 && shown.every(({ read }) => read)) };
}

/** Writes the taking of a lock in the context of a state; what is around it marks nothing else. */
export function takeInState(
  writer: PathWriter,
  lock: ClassRef,
  state: State,
  stack: readonly string[],
): PathWriter {
  const taking = { ...plainly(stack), read: state.read ? 1 : 0 } as const;
  if (state.used) {
    // local_bh_enable() may not come with hardirqs off: bottom halves are off around that.
    if (state.context === "softirq") writer.add({ kind: "softirqs", on: false }, stack);
    writer.add({ kind: "hardirqs", on: false }, stack);
    return writer
      .add({ kind: "enter", context: state.context }, stack)
      .take(lock, taking)
      .drop(lock)
      .add({ kind: "exit", context: state.context }, stack);
  }
  // With hardirqs off nothing counts as held with softirqs enabled.
  if (state.context === "hardirq") writer.add({ kind: "softirqs", on: false }, stack);
  return writer.take(lock, taking).drop(lock);
}

/** The usage states that characters show; where both are possible the use comes first. */
export function statesOf(usage: string, version: string | null): readonly State[] {
  return decodeCharacters(usage, version).flatMap((character) => {
    const context = contextOf(character);
    if (context === null) return [];
    const { read, used, enabled } = character;
    return [
      ...(used ? [{ context, read, used: true }] : []),
      ...(enabled ? [{ context, read, used: false }] : []),
    ];
  });
}

function contextOf({ context }: UsageCharacter): State["context"] | null {
  return context === "hardirq" || context === "softirq" ? context : null;
}

/** Returns one path that gives a class all of the states, or null where there are none. */
export function usagePath(
  number: number,
  lock: ClassRef,
  states: readonly State[],
): SplatPath | null {
  if (states.length === 0) return null;
  const parts = states.flatMap((state) => {
    const writer = new PathWriter(number);
    takeInState(writer, lock, state, []);
    restore(writer, state);
    return writer.path("", "learnt").events;
  });
  return { title: `${lock.map.name} as it was used before`, when: "learnt", events: parts };
}

/** Switches on again what `takeInState()` switched off. */
export function restore(writer: PathWriter, state: State): void {
  if (state.used) {
    // local_bh_enable() is not for when hardirqs are off.
    writer.add({ kind: "hardirqs", on: true });
    if (state.context === "softirq") writer.add({ kind: "softirqs", on: true });
  } else if (state.context === "hardirq") writer.add({ kind: "softirqs", on: true });
}
