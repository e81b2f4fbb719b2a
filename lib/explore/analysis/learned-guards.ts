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
  for (let changed = true; changed;) {
    changed = false;
    for (const [at, lock] of all.locks.entries()) {
      // A lock that is dropped or taken by somebody who does not hold it keeps nobody away.
      const own = bit(at);
      if (((guards[lock + guards.length / 2] ?? 0) & own) !== 0) continue;
      for (const [slot, known] of guards.entries()) {
        if ((known & own) === 0) continue;
        guards[slot] = known & ~own;
        changed = true;
      }
    }
    for (const renaming of symmetry.renamings) {
      const to = guardNames(all, renaming, model);
      const places = [...renaming.slots, ...renaming.slots.map((at) => at + renaming.slots.length)];
      for (const [slot, target] of places.entries()) {
        const own = guards[slot] ?? 0;
        const other = guards[target] ?? 0;
        const renamed = to.reduce((bits, at, guard) => bits | (((own >>> guard) & 1) << at), 0);
        const both = renamed & other;
        if (both === other) continue;
        guards[target] = both;
        changed = true;
      }
    }
  }
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
