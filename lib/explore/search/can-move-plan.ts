/** What `Moves` asks of a model, found once: whose moves are watched, by which bits. */
import { roundKinds } from "../analysis/rounds.js";
import type { Compiled } from "../codegen/compile.js";
import {
  type EndTable,
  bitIn,
  bitsOf,
  digitBits,
  endTable,
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
  readonly ends: EndTable;
  /** The steps that are no progress with IRQs off. */
  readonly round: Uint8Array;
  /** Where a process may wait forever while a condition holds. */
  readonly conditional: readonly ConditionalEnd[];
  /** For each transition, the bit of its process and the group of that; no bit for a device. */
  readonly moved: Int32Array;
  readonly movedGroup: Int32Array;
  /** For each transition, the bit of progress that it makes where it is not on a round with IRQs off. */
  readonly progressed: Int32Array;
  readonly progressedGroup: Int32Array;
  /** For each renaming, digit of bits and value of it: the bits by their names before. */
  readonly renamed: Int32Array;
}

const bitOrNone = (bit: number): number => (bit < 0 ? 0 : bitIn(bit));
const groupOf = (bit: number): number => Math.max(0, Math.floor(bit / groupSize));

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
  const movers = transitions.map(({ process }) =>
    processes[process]?.kind === "device" ? -1 : process,
  );
  const progressing = transitions.map(({ id }, at) =>
    lockup?.round[id] === roundKinds.busyWait ? -1 : (progressOf[movers[at] ?? -1] ?? -1),
  );
  return {
    groups,
    digits: Math.ceil(bits / digitBits),
    moving,
    progress,
    watched: moving.map((of, g) => of | (progress[g] ?? 0)),
    progressOf,
    ends: endTable(compiled, progressOf),
    round: lockup?.round ?? new Uint8Array(0),
    conditional: conditionalEndsOf(compiled),
    moved: Int32Array.from(movers, bitOrNone),
    movedGroup: Int32Array.from(movers, groupOf),
    progressed: Int32Array.from(progressing, bitOrNone),
    progressedGroup: Int32Array.from(progressing, groupOf),
    renamed: renamingTable(renamings, groups),
  };
}
