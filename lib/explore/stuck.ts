/**
 * Deadlock, partial ones included: a process that will never move again, whatever the others do, and
 * that is not at an end. Devices may fall silent for ever, so their steps are no way out.
 */
import { type Instance, waiting } from "../machine/index.js";
import { replay } from "./replay.js";
import type { Search } from "./search.js";

/** A state in which some processes are stuck for ever. */
export interface Stuck {
  readonly state: number;
  readonly processes: readonly Instance[];
}

const groupSize = 31;
const batchSize = 512;

/**
 * Returns the first state, in the order of the search, in which a process is stuck; null if there is none.
 *
 * For each state, the processes that can still move some time are found as the least fixed point of
 * "moves here or in a successor", backwards over the states, since most edges lead to later ones.
 */
export function firstStuck(search: Search): Stuck | null {
  const { model } = search.compiled;
  let found: Stuck | null = null;
  for (let first = 0; first < model.processes.length; first += groupSize) {
    const stuck = firstStuckOf(search, first);
    if (stuck !== null && (found === null || stuck.state < found.state)) found = stuck;
  }
  return found;
}

function firstStuckOf(search: Search, first: number): Stuck | null {
  const { store, compiled } = search;
  const { model } = compiled;
  const group = model.processes.slice(first, first + groupSize);
  const watched = group.reduce(
    (bits, { kind }, bit) => (kind === "device" ? bits : bits | (1 << bit)),
    0,
  );
  const moves = futureMoves(search, first, watched);
  for (let id = 0; id < store.count; id++) {
    const resting = watched & ~(moves[id] ?? 0);
    if (resting === 0) continue;
    return { state: id, processes: group.filter((_, bit) => (resting & (1 << bit)) !== 0) };
  }
  return null;
}

/**
 * For each state, a bit for each process that is at an end there. Who comes to an end has moved, so that
 * as a start for "moves here or later" it adds nothing to the states before; and few states are then left.
 */
function atEnds({ store, compiled }: Search, first: number): Int32Array {
  const { packing, model } = compiled;
  const { words, fields } = packing;
  const resting = new Int32Array(store.count);
  const group = model.processes.slice(first, first + groupSize);
  for (const [bit, { ends, slot, kind }] of group.entries()) {
    const field = fields[slot];
    if (field === undefined || kind === "device") continue;
    const { word, shift, mask } = field;
    const bits = Int32Array.from({ length: mask + 1 }, (_, at) => (ends.has(at) ? 1 << bit : 0));
    for (let id = 0, at = word; id < store.count; id++, at += words) {
      const there = ((store.words[at] ?? 0) >>> shift) & mask;
      resting[id] = (resting[id] ?? 0) | (bits[there] ?? 0);
    }
  }
  return resting;
}

/** For each state, a bit for each of `all` processes from `first` on that moves there or later, or may rest. */
function futureMoves(search: Search, first: number, all: number): Int32Array {
  const { store, compiled } = search;
  const { model, packing, stride, maxSuccessors, symmetry } = compiled;
  const { words } = packing;
  const reduced = stride > words + 2;
  const bitOf = new Int32Array(model.transitions.length);
  const device = new Int32Array(model.transitions.length);
  for (const { id, process } of model.transitions) {
    const at = process - first;
    bitOf[id] = at < 0 || at >= groupSize ? 0 : 1 << at;
    device[id] = model.processes[process]?.kind === "device" ? 1 : 0;
  }
  const { expand, finish } = search.engine;
  const batch = new Int32Array((batchSize + maxSuccessors + 1) * stride);
  const quiet = new Int32Array(1);
  const moves = atEnds(search, first);

  /** What a successor's processes can do, by the names that they had before it was renamed. */
  const before = (bits: number, renaming: number): number => {
    if (renaming === 0 || bits === 0 || bits === all) return bits;
    const to = symmetry.renamings[renaming]?.processes ?? [];
    return to.reduce((sum, at, process) => sum | (((bits >>> at) & 1) << process), 0);
  };

  /** Takes over what the successors in the batch can do; returns whether anything was new. */
  const absorb = (filled: number): boolean => {
    store.find(batch, filled);
    let changed = false;
    for (let b = 0; b < filled; b += stride) {
      const to = batch[b + words] ?? -1;
      const from = batch[b + words + 1] ?? 0;
      const known = moves[from] ?? 0;
      let more = known;
      if (to >= 0) more |= before(moves[to] ?? 0, reduced ? (batch[b + words + 3] ?? 0) : 0);
      if (reduced) more |= batch[b + words + 2] ?? 0;
      if (more === known) continue;
      moves[from] = more;
      changed = true;
    }
    return changed;
  };

  /** One pass over all states, from the last. */
  const pass = (): boolean => {
    let changed = false;
    let filled = 0;
    for (let id = store.count - 1; id >= 0; id--) {
      const known = moves[id] ?? 0;
      if (known === all) continue;
      const end = expand(store.words, id * words, id, batch, filled, quiet);
      let kept = filled;
      let mask = known;
      for (let b = filled; b < end; b += stride) {
        const transition = batch[b + words] ?? 0;
        if (device[transition] === 1) continue;
        mask |= bitOf[transition] ?? 0;
        if (kept !== b) batch.copyWithin(kept, b, b + stride);
        kept += stride;
      }
      moves[id] = mask & all;
      // A state that leads here may have been passed already.
      if (mask !== known) changed = true;
      if (mask === all) continue;
      if (reduced) finish(batch, filled, kept);
      filled = kept;
      if (filled < batchSize * stride) continue;
      changed = absorb(filled) || changed;
      filled = 0;
    }
    return absorb(filled) || changed;
  };
  while (pass());
  return moves;
}

/** Returns who is stuck where after a schedule that leads there. */
export function describeStuck(
  { processes }: Stuck,
  search: Search,
  schedule: readonly number[],
): string {
  const { model } = search.compiled;
  const { final } = replay(model, schedule);
  // The processes were found in a renamed state: as many of each kind wait here, under other names.
  const declared = new Set(processes.map((p) => p.declared));
  const kinds = waiting(model, final).filter(({ number }) =>
    declared.has(model.processes[number]?.declared ?? -1),
  );
  const all = kinds.length > 0 ? kinds : waiting(model, final);
  return all.map(({ process, label }) => `${process} waits for ever: ${label}`).join("; ");
}
