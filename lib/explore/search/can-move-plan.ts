/** What `Moves` asks of a model, found once: whose moves are watched, by which bits. */
import type { Compiled } from "../codegen/compile.js";
import {
  type EndTest,
  bitsOf,
  digitBits,
  endTests,
  groupSize,
  renamingTable,
} from "./can-move-bits.js";
import { type ConditionalEnd, conditionalEndsOf } from "./conditional-ends.js";

/** The bits of the processes, and the tables about them. */
export interface MovePlan {
  /** How many numbers hold all bits. */
  readonly groups: number;
  /** How many digits do. */
  readonly digits: number;
  /** The processes that may not rest outside of an end, a bit each. */
  readonly moving: Int32Array;
  /** The processes that may not go round forever, a bit each. */
  readonly progress: Int32Array;
  /** All of them. */
  readonly watched: Int32Array;
  /** The bit of each process's progress; -1 if it has no rounds. */
  readonly progressOf: Int32Array;
  readonly ends: readonly EndTest[];
  /** The steps that are no progress with IRQs off. */
  readonly round: Uint8Array;
  /** Where a process may wait forever while a condition holds. */
  readonly conditional: readonly ConditionalEnd[];
  /** For each transition, its process, or -1 for a device. */
  readonly mover: Int32Array;
  /** For each renaming, digit of bits and value of it: the bits by their names before. */
  readonly renamed: Int32Array;
}

/** Returns the bits and tables of a model. */
export function movePlan(compiled: Compiled): MovePlan {
  const { model, symmetry, lockup } = compiled;
  const { processes, transitions } = model;
  const going = lockup?.going ?? [];
  const bits = processes.length + going.length;
  const groups = Math.max(1, Math.ceil(bits / groupSize));
  const progressOf = Int32Array.from(processes, (_, at) => {
    const place = going.indexOf(at);
    return place < 0 ? -1 : processes.length + place;
  });
  const tasks = [...processes.keys()].filter((at) => processes[at]?.kind !== "device");
  const moving = bitsOf(tasks, groups);
  const progress = bitsOf([...progressOf], groups);
  const renamings = symmetry.renamings.map((by) => [
    ...by.processes,
    ...going.map((at) => progressOf[by.processes[at] ?? at] ?? at),
  ]);
  return {
    groups,
    digits: Math.ceil(bits / digitBits),
    moving,
    progress,
    watched: moving.map((of, g) => of | (progress[g] ?? 0)),
    progressOf,
    ends: endTests(compiled, progressOf),
    round: lockup?.round ?? new Uint8Array(0),
    conditional: conditionalEndsOf(compiled),
    mover: Int32Array.from(transitions, ({ process }) =>
      processes[process]?.kind === "device" ? -1 : process,
    ),
    renamed: renamingTable(renamings, groups),
  };
}
