/** What the reduced search assumes about guards, and how it learns better. */
import type { Model } from "../../machine/index.js";
import type { Reductions } from "../result/reductions.js";
import { type Guards, bit, guardsOf } from "./guards.js";
import type { Renaming, Symmetry } from "./symmetry.js";

/** What the guards of slots are assumed to be, and whether that was wrong. */
export interface Assumptions {
  /** For each slot, a bit for each guard held at every access so far; then, at every write. */
  readonly guards: Int32Array;
  /** `[0]`: a guard was given up; `[1]`: a process lost its CPU against all expectation. */
  readonly broken: Int32Array;
}

/** About what it is learnt. */
interface Subject {
  readonly model: Model;
  readonly reductions: Reductions;
  readonly symmetry: Symmetry;
}

/**
 * Returns the boldest assumptions: every slot is guarded by everything; or, without `partialOrder`, by
 * every CPU and every process.
 */
export function freshAssumptions({ model, reductions }: Subject): Assumptions {
  const { partialOrder = true } = reductions;
  const { firstCpu } = guardsOf(model);
  const withoutLocks = firstCpu < 31 ? everything & (-1 << firstCpu) : 0;
  const known = partialOrder ? everything : withoutLocks;
  const guards = new Int32Array(model.slots.length * 2).fill(known);
  return { guards, broken: new Int32Array(2) };
}

const everything = 0x7fffffff;

/** Gives up what follows from assumptions that failed, and makes them ready for another attempt. */
export function settle({ guards, broken }: Assumptions, { model, symmetry }: Subject): void {
  broken.fill(0);
  const all = guardsOf(model);
  const slots = guards.length / 2;
  const renamings = symmetry.renamings.map((by) => ({
    to: Int8Array.from(guardNames(all, by, model)),
    places: Int32Array.from(guards, (_, at) =>
      at < slots ? (by.slots[at] ?? at) : (by.slots[at - slots] ?? at - slots) + slots,
    ),
  }));
  for (let changed = true; changed;) {
    changed = giveUpLostLocks(guards, all.locks);
    for (const { to, places } of renamings) changed = giveUpRenamed(guards, to, places) || changed;
  }
}

/** A lock that is dropped or taken by somebody who does not hold it keeps nobody away. */
function giveUpLostLocks(guards: Int32Array, locks: Guards["locks"]): boolean {
  const lost = locks.reduce((bits, lock, at) => {
    const own = bit(at);
    return ((guards[lock + guards.length / 2] ?? 0) & own) === 0 ? bits | own : bits;
  }, 0);
  let changed = false;
  for (let at = 0; at < guards.length; at++) {
    const known = guards[at] ?? 0;
    if ((known & lost) === 0) continue;
    guards[at] = known & ~lost;
    changed = true;
  }
  return changed;
}

/** What does not guard a slot does not guard those that it is renamed to, under its own new name. */
function giveUpRenamed(guards: Int32Array, to: Int8Array, places: Int32Array): boolean {
  let changed = false;
  for (let slot = 0; slot < guards.length; slot++) {
    const target = places[slot] ?? 0;
    const other = guards[target] ?? 0;
    if (other === 0) continue;
    const both = renamedBits(guards[slot] ?? 0, to) & other;
    if (both === other) continue;
    guards[target] = both;
    changed = true;
  }
  return changed;
}

function renamedBits(own: number, to: Int8Array): number {
  let bits = 0;
  for (let guard = 0; guard < to.length; guard++) bits |= ((own >>> guard) & 1) << (to[guard] ?? 0);
  return bits;
}

/** For each guard, the guard that a renaming makes of it. */
function guardNames(guards: Guards, by: Renaming, model: Model): number[] {
  const { locks, firstCpu, cpus, firstProcess, count } = guards;
  const cpu = by.members.get("cpu");
  const names = [
    ...locks.map((slot) => locks.indexOf(by.slots[slot] ?? slot)),
    ...Array.from({ length: cpus }, (_, c) => firstCpu + (cpu?.[c] ?? c)),
    ...model.processes.map((_, p) => firstProcess + (by.processes[p] ?? p)),
  ];
  // A guard beyond the last bit has none; what is renamed to it or from it is given up.
  return names.map((at) => (at < count ? at : 31)).slice(0, count);
}
