/**
 * The enabling relation of invisible steps: a step may enable those of the processes that read what it writes.
 * An invisible step changes nothing that another process or a property can see, and nobody can disturb it.
 */
import type { Instance, Model } from "../../machine/index.js";
import { placesIn, slotsOf } from "../../machine/model/places.js";
import type { Footprint } from "./footprint.js";
import type { Frame } from "./orbit-frames.js";
import { ownsCpu } from "./guards.js";

/**
 * Returns, for each transition, a bit for each other process of which it may enable an invisible step. A state
 * is stored where no process can take one, as a rule, so that after a transition only these have to be asked. A
 * process that is not asked takes its steps as visible ones: an omission costs reduction, never soundness.
 *
 * @param footprints of the transitions of all processes that have code of their own
 * @param at where each of those may have invisible steps
 */
export function enabledBy(
  model: Model,
  frames: readonly Frame[],
  footprints: readonly (Footprint | undefined)[],
  at: ReadonlyMap<number, readonly boolean[]>,
): number[] {
  const enables = model.transitions.map(() => 0);
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
        let enabled = 0;
        for (const slot of footprints[id]?.writes ?? []) enabled |= readers[slot] ?? 0;
        enables[transitions[id] ?? id] = renamed(enabled & ~(1 << process), names);
      }
    }
  }
  return enables;
}

/** Returns what decides whether a process has its CPU, and whether its steps can be taken where they are invisible. */
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
