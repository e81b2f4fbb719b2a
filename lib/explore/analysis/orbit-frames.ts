/**
 * Whose steps are written as code: of interchangeable processes those of the first alone. The others run
 * them on the state renamed so that they are the first.
 */
import type { Model } from "../../machine/index.js";
import { renamedSteps } from "./renamed-steps.js";
import type { Symmetry } from "./symmetry.js";

/** A renaming, and the processes whose steps are those of the first of their kind under it. */
export interface Frame {
  readonly processes: readonly Framed[];
  /** For each transition, what it is under the renaming. */
  readonly transitions: readonly number[];
  /** For each process, which it is under the renaming; for each slot, where its value goes. */
  readonly names: readonly number[];
  readonly slots: readonly number[];
}

/** A process, and that whose code it runs. */
export interface Framed {
  readonly process: number;
  readonly code: number;
}

/** Returns the frames of a model: the first changes nothing, the others are the swaps of its symmetry. */
export function framesOf(model: Model, { swaps, renamings }: Symmetry): readonly Frame[] {
  const { processes, transitions, scenario } = model;
  const framed = processes.map(({ declared, member }) => {
    const set = scenario.processes[declared]?.over?.name;
    return swaps.findIndex((swap) => swap.set === set && swap.member === member) + 1;
  });
  const inFrame = (frame: number): readonly Framed[] =>
    processes.flatMap(({ declared }, process) => {
      if (framed[process] !== frame) return [];
      const first = processes.findIndex((p) => p.declared === declared);
      return [{ process, code: frame === 0 ? process : first }];
    });
  return [
    {
      processes: inFrame(0),
      transitions: transitions.map(({ id }) => id),
      names: processes.map((_, process) => process),
      slots: model.slots.map((_, slot) => slot),
    },
    ...swaps.map(({ renaming }, at): Frame => {
      const by = renamings[renaming];
      return {
        processes: inFrame(at + 1),
        transitions: by === undefined ? [] : renamedSteps(model, by),
        names: by?.processes ?? [],
        slots: by?.slots ?? [],
      };
    }),
  ];
}
