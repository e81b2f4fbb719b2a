/** Whose unseen steps a step may let go on: those that look at what it writes. */
import type { Instance, Model } from "../../machine/index.js";
import { placesIn, slotsOf } from "../../machine/model/places.js";
import type { Footprint } from "./footprint.js";
import type { Frame } from "./orbit-frames.js";
import { ownsCpu } from "./guards.js";

/**
 * Returns, for each transition, a bit for each process that could not go on unseen before it but may
 * after it. A state is mostly stored where nobody can go on unseen, so nobody else has to be asked; whoever
 * is not asked takes his steps as any others, so that a wake that is missed costs only reduction.
 *
 * @param footprints of the transitions of all processes that have code of their own
 * @param at where each of those may have unseen steps
 */
export function wakesOf(
  model: Model,
  frames: readonly Frame[],
  footprints: readonly (Footprint | undefined)[],
  at: ReadonlyMap<number, readonly boolean[]>,
): number[] {
  const wakes = model.transitions.map(() => 0);
  const reads = new Map([...at].map(([code, able]) => [code, readsOf(model, code, able)]));
  const readers = model.slots.map(() => 0);
  for (const { processes, slots } of frames) {
    for (const { process, code } of processes) {
      for (const slot of reads.get(code) ?? []) {
        const there = slots[slot] ?? slot;
        readers[there] = (readers[there] ?? 0) | (1 << process);
      }
    }
  }
  for (const { processes, transitions, names } of frames) {
    for (const { code } of processes) {
      for (const { id, process } of model.processes[code]?.leaving.flat() ?? []) {
        let woken = 0;
        for (const slot of footprints[id]?.writes ?? []) woken |= readers[slot] ?? 0;
        wakes[transitions[id] ?? id] = renamed(woken & ~(1 << process), names);
      }
    }
  }
  return wakes;
}

/** Returns what decides whether a process has its CPU, and whether its steps can be taken where they are unseen. */
function readsOf(model: Model, code: number, able: readonly boolean[]): ReadonlySet<number> {
  const process = model.processes[code];
  if (process === undefined) return new Set();
  const owns = ownsCpu(model, process);
  const values = [...(owns === null ? [] : [owns]), ...guardsAt(process, able)];
  return new Set(values.flatMap(placesIn).flatMap(slotsOf));
}

const guardsAt = ({ leaving }: Instance, able: readonly boolean[]) =>
  leaving.flatMap((steps, at) => (able[at] === true ? steps.map(({ own }) => own) : []));

/** Bits of processes under their names in a frame. */
function renamed(bits: number, names: readonly number[]): number {
  return names.reduce((all, to, from) => all | (((bits >>> from) & 1) << to), 0);
}
