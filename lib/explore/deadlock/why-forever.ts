/**
 * Why those who are stuck are so forever, where others can still move: where these come to, at the latest.
 * A shortest counterexample ends where somebody is doomed, and not where that is seen.
 */
import {
  type Model,
  type State,
  cpuOf,
  enabled,
  heldLocks,
  takeStep,
} from "../../machine/index.js";
import { blockedProcesses } from "../../machine/run/blocked.js";

/** Steps that the others are let go on; who has not come to rest by then goes on forever. */
const mostSteps = 500;

/**
 * Returns a line for each who is in the way of others once all have gone as far as they can: at the end of its
 * code with a lock, or waiting, too. Nothing where nobody else can move: then all is seen already.
 *
 * @param stuck who is stuck, by number
 */
export function whyForever(model: Model, from: State, stuck: readonly number[]): readonly string[] {
  const { state, steps } = othersGoOn(model, from);
  if (steps === 0) return [];
  const all = blockedProcesses(model, state);
  const lines = all
    .filter(({ number }) => !stuck.includes(number))
    .map(({ process, label }) => `${process} comes to wait, too: ${label}`);
  const wanted = all.flatMap(({ lock }) => lock ?? []);
  // Who waits with a lock was named; a spinlock is its CPU's.
  const waiting = new Set(
    all.flatMap(({ process, number }) => [
      process,
      `cpu${String(cpuOf(model, state, number) ?? "")}`,
    ]),
  );
  const keeps = heldLocks(model, state)
    .filter(({ lock, owner }) => wanted.includes(nameOfInstance(lock)) && !waiting.has(owner))
    .map(({ lock, owner }) => `${lock} stays with ${owner}, which is not going to drop it`);
  const found = [...lines, ...keeps];
  return found.length > 0 ? found : ["the others end, or go on, without doing it"];
}

/** The name that events have of a lock, from that of its slot: `m@cpu0` of `m[cpu0]`. */
const nameOfInstance = (slot: string): string => slot.replace(/\[\D*(\d+)\]/g, "@$1");

function othersGoOn(model: Model, from: State): { readonly state: State; readonly steps: number } {
  let state = from;
  let steps = 0;
  const known = new Set([state.join()]);
  for (; steps < mostSteps; steps++) {
    const next = enabled(model, state)
      .filter(({ process }) => model.processes[process]?.kind !== "device")
      .map((step) => takeStep(model, state, step).state)
      .find((after) => !known.has(after.join()));
    if (next === undefined) break;
    known.add(next.join());
    state = next;
  }
  return { state, steps };
}
