/**
 * Deadlock, partial ones included: a process that will never move again, whatever the others do, and
 * that is not at an end. Devices may fall silent for ever, so their steps are no way out.
 */
import type { Instance } from "../machine/index.js";
import { unpack } from "./packing.js";
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
  const watched = model.processes.filter(({ kind }) => kind !== "device");
  let found: Stuck | null = null;
  for (let at = 0; at < watched.length; at += groupSize) {
    const stuck = firstStuckOf(search, watched.slice(at, at + groupSize));
    if (stuck !== null && (found === null || stuck.state < found.state)) found = stuck;
  }
  return found;
}

function firstStuckOf(search: Search, group: readonly Instance[]): Stuck | null {
  const { store, compiled } = search;
  const { packing } = compiled;
  const moves = futureMoves(search, group);
  const ends = group.map(({ ends: at, slot }) => ({ at, field: packing.fields[slot] }));
  const all = group.length === groupSize ? 0x7fffffff : (1 << group.length) - 1;
  for (let id = 0; id < store.count; id++) {
    let resting = all & ~(moves[id] ?? 0);
    if (resting === 0) continue;
    for (const [bit, { at, field }] of ends.entries()) {
      if ((resting & (1 << bit)) === 0 || field === undefined) continue;
      const word = store.words[id * packing.words + field.word] ?? 0;
      if (at.has((word >>> field.shift) & field.mask)) resting &= ~(1 << bit);
    }
    if (resting === 0) continue;
    return { state: id, processes: group.filter((_, bit) => (resting & (1 << bit)) !== 0) };
  }
  return null;
}

/** For each state, a bit for each process of the group that moves there or later. */
function futureMoves(search: Search, group: readonly Instance[]): Int32Array {
  const { store, compiled } = search;
  const { model, packing, stride, maxSuccessors } = compiled;
  const bitOf = new Int32Array(model.transitions.length);
  const device = new Int32Array(model.transitions.length);
  for (const { id, process } of model.transitions) {
    const instance = model.processes[process];
    const bit = instance === undefined ? -1 : group.indexOf(instance);
    bitOf[id] = bit < 0 ? 0 : 1 << bit;
    device[id] = instance?.kind === "device" ? 1 : 0;
  }
  const silent = new Int32Array(model.transitions.length * 3).fill(1);
  const expand = compiled.expander(silent, () => undefined);
  const batch = new Int32Array((batchSize + maxSuccessors + 1) * stride);
  const quiet = new Int32Array(1);
  const all = group.length === groupSize ? 0x7fffffff : (1 << group.length) - 1;
  const moves = new Int32Array(store.count);
  const { words } = packing;

  /** Takes over what the successors in the batch can do; returns whether anything was new. */
  const absorb = (filled: number): boolean => {
    store.find(batch, filled);
    let changed = false;
    for (let b = 0; b < filled; b += stride) {
      const to = batch[b + words] ?? -1;
      const from = batch[b + words + 1] ?? 0;
      if (to < 0) continue;
      const known = moves[from] ?? 0;
      const more = known | (moves[to] ?? 0);
      if (more === known) continue;
      moves[from] = more;
      changed = true;
    }
    return changed;
  };

  /** One pass over all states; the first also notes who moves at once. */
  const pass = (first: boolean): boolean => {
    let changed = false;
    let filled = 0;
    for (let id = store.count - 1; id >= 0; id--) {
      if (!first && moves[id] === all) continue;
      const end = expand(store.words, id * words, id, batch, filled, quiet);
      let kept = filled;
      let mask = moves[id] ?? 0;
      for (let b = filled; b < end; b += stride) {
        const transition = batch[b + words] ?? 0;
        if (device[transition] === 1) continue;
        mask |= bitOf[transition] ?? 0;
        if (kept !== b) batch.copyWithin(kept, b, b + stride);
        kept += stride;
      }
      moves[id] = mask;
      filled = mask === all ? filled : kept;
      if (filled < batchSize * stride) continue;
      changed = absorb(filled) || changed;
      filled = 0;
    }
    return absorb(filled) || changed;
  };
  for (let first = true; pass(first); first = false);
  return moves;
}

/** Returns the names of stuck processes with where they are. */
export function describeStuck({ state, processes }: Stuck, search: Search): string {
  const { compiled, store } = search;
  const now = unpack(compiled.packing, store.words, state * compiled.packing.words);
  return processes
    .map(({ name, slot, leaving }) => {
      const [next] = leaving[now[slot] ?? 0] ?? [];
      return `${name} waits for ever at ${next?.label ?? "its end"}`;
    })
    .join("; ");
}
