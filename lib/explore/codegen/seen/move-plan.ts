/** What is kept of who moves, found once for a model: whose moves are watched, by which bits. */
import { roundKinds } from "../../analysis/rounds.js";
import type { Target } from "../layout/target.js";
import { bitsOf, digitBits, groupSize, renamingTable } from "./move-bits.js";

/**
 * The bits of the processes; which of those that can go round with IRQs off make progress has bits of its own, behind
 * those.
 */
export interface MovePlan {
  /** How many numbers hold all bits. */
  readonly groups: number;
  /** How many digits do. */
  readonly digits: number;
  /** The processes that may not rest outside of an end, a bit each. */
  readonly moving: readonly number[];
  /** The processes that may not go round forever, a bit each. */
  readonly progress: readonly number[];
  /** All of them. */
  readonly watched: readonly number[];
  /** The number of the bit of each process's progress; -1 if it has no rounds. */
  readonly progressOf: readonly number[];
  /** For each transition, the bit of its process; -1 for a device. */
  readonly movers: readonly number[];
  /** For each transition, the bit of progress that it makes where it is not on a round with IRQs off; or -1. */
  readonly progressing: readonly number[];
  /** For each renaming, digit of bits and value of it: the bits by their names before. */
  readonly renamed: readonly number[];
}

/** Returns the bits and tables of a model. */
export function movePlan({ model, symmetry, rounds }: Target): MovePlan {
  const { processes, transitions } = model;
  const going = (rounds?.going ?? []).map(({ number }) => number);
  const bits = processes.length + going.length;
  const groups = Math.max(1, Math.ceil(bits / groupSize));
  const progressOf = processes.map((_, at) => {
    const place = going.indexOf(at);
    return place < 0 ? -1 : processes.length + place;
  });
  const tasks = [...processes.keys()].filter((at) => processes[at]?.kind !== "device");
  const moving = bitsOf(tasks, groups);
  const progress = bitsOf(progressOf, groups);
  const renamings = symmetry.renamings.map((by) => [
    ...by.processes,
    ...going.map((at) => progressOf[by.processes[at] ?? at] ?? at),
  ]);
  const movers = transitions.map(({ process }) =>
    processes[process]?.kind === "device" ? -1 : process,
  );
  return {
    groups,
    digits: Math.ceil(bits / digitBits),
    moving,
    progress,
    watched: moving.map((of, g) => of | (progress[g] ?? 0)),
    progressOf,
    movers,
    progressing: transitions.map(({ id }, at) =>
      rounds?.round[id] === roundKinds.busyWait ? -1 : (progressOf[movers[at] ?? -1] ?? -1),
    ),
    renamed: renamingTable(renamings, groups),
  };
}
