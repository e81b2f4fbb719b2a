/**
 * Who moves in which state, and where the steps lead: what the search sees anyway, kept so that nothing is
 * expanded twice to find out who is stuck.
 */
import type { Compiled } from "../codegen/compile.js";
import { roundKinds } from "../analysis/rounds.js";
import { grown } from "./grow.js";
import {
  digitValues,
  digitsInGroup,
  groupSize,
  lookedAt,
  lowDigit,
  shiftOf,
} from "./can-move-bits.js";
import { type MovePlan, movePlan } from "./can-move-plan.js";

/**
 * Which processes can move in each state of a search or later, devices aside, and which of those that can
 * go round with IRQs off make progress: that has a bit of its own, behind those of the processes.
 */
export class Moves {
  private readonly plan: MovePlan;
  private bits: Int32Array;
  /** The states of which some process neither moves nor is at an end, and where their edges begin. */
  private from: Int32Array = new Int32Array(1 << 8);
  private start: Int32Array = new Int32Array(1 << 8);
  private fromCount = 0;
  private to: Int32Array = new Int32Array(1 << 10);
  private renaming = new Uint8Array(1 << 10);
  private edges = 0;
  private open = -1;
  private openAt = 0;

  /** @param expected how many states are to be expected; 0 if that is not known, as for a `Store` */
  constructor(
    private readonly compiled: Compiled,
    expected: number,
  ) {
    this.plan = movePlan(compiled);
    this.bits = new Int32Array(this.plan.groups * Math.max(1 << 10, expected));
  }

  /** Bytes in use. */
  get size(): number {
    const { from, start, to, renaming, bits, plan } = this;
    return [from, start, to, renaming, bits, plan.renamed].reduce(
      (sum, a) => sum + a.byteLength,
      0,
    );
  }

  /**
   * Takes note of a batch of steps, those of one state together.
   *
   * @param numbers the number of the state to which each step of the batch leads
   */
  note(batch: Int32Array, end: number, numbers: Int32Array, store: StatesSeen): void {
    const { record } = this.compiled;
    const { stride, words, transition, from, merged } = record;
    const { groups, round, moved, movedGroup, progressed, progressedGroup } = this.plan;
    this.reserve(store.count, end / stride);
    const { bits, to, renaming } = this;
    for (let b = 0, k = 0; b < end; b += stride, k++) {
      const by = batch[b + transition] ?? 0;
      const bit = moved[by] ?? 0;
      if (bit === 0) continue;
      const id = batch[b + from] ?? 0;
      if (id !== this.open) {
        this.close();
        this.begin(id, store);
      }
      const at = id * groups + (movedGroup[by] ?? 0);
      bits[at] = (bits[at] ?? 0) | bit;
      const progress = progressed[by] ?? 0;
      if (
        progress !== 0 &&
        !(round[by] === roundKinds.lockup && this.isOff(by, id * words, store))
      ) {
        const there = id * groups + (progressedGroup[by] ?? 0);
        bits[there] = (bits[there] ?? 0) | progress;
      }
      to[this.edges] = numbers[k] ?? 0;
      if (merged !== null) {
        const moved = batch[b + merged.moved] ?? 0;
        if (moved !== 0) this.invisible(id, moved, batch[b + merged.progressed] ?? 0);
        renaming[this.edges] = batch[b + merged.renaming] ?? 0;
      }
      this.edges++;
    }
  }

  /** Whether the process of a transition has its CPU with IRQs off. */
  private isOff(by: number, at: number, { words }: StatesSeen): boolean {
    const { lockup, model } = this.compiled;
    return lockup?.isOff(words, at, model.transitions[by]?.process ?? -1) === true;
  }

  /** Finds out who can move in each state or later: the least fixed point of "moves here or in a successor". */
  settle(store: StatesSeen): void {
    this.close();
    this.reserve(store.count, 0);
    // Processes at an end where no step leads on; the others were looked at when their steps came.
    const { bits } = this;
    const { groups } = this.plan;
    for (let id = 0; id < store.count; id++) {
      if (((bits[id * groups] ?? 0) & lookedAt) === 0) this.addEnds(id, store.words);
    }
    while (this.pass());
  }

  /** The first of so many states in which a process rests that should not; null if there is none. */
  firstResting(states: number): number | null {
    return this.firstWithout(this.plan.moving, states);
  }

  /**
   * The first of so many states from which a process goes round forever, if none rests in any state: null
   * if there is none.
   */
  firstGoingRound(states: number): number | null {
    return this.firstWithout(this.plan.progress, states);
  }

  /** Whether a process rests forever in a state, and should not. */
  rests(state: number, process: number): boolean {
    return this.lacks(state, process, this.plan.moving);
  }

  /** Whether a process makes no progress in a state or later. */
  goesRound(state: number, process: number): boolean {
    const progress = this.plan.progressOf[process] ?? -1;
    return progress >= 0 && this.lacks(state, progress, this.plan.progress);
  }

  private lacks(state: number, bit: number, wanted: Int32Array): boolean {
    const group = Math.floor(bit / groupSize);
    const known = this.bits[state * this.plan.groups + group] ?? 0;
    return ((wanted[group] ?? 0) & ~known & (1 << (bit % groupSize))) !== 0;
  }

  private firstWithout(wanted: Int32Array, states: number): number | null {
    const { bits } = this;
    const { groups } = this.plan;
    const end = states * groups;
    let first = end;
    // Group after group: a remainder for each number would take most of the time.
    for (let group = 0; group < groups; group++) {
      const these = wanted[group] ?? 0;
      for (let at = group; at < first; at += groups) {
        if (((bits[at] ?? 0) & these) !== these) first = at - group;
      }
    }
    return first === end ? null : first / groups;
  }

  /** One pass over the states, from the last, since most steps lead to later ones. */
  private pass(): boolean {
    const { from, start } = this;
    const { groups } = this.plan;
    let changed = false;
    for (let f = this.fromCount - 1, end = this.edges; f >= 0; f--) {
      const first = start[f] ?? 0;
      for (let g = 0; g < groups; g++) {
        changed = this.absorb((from[f] ?? 0) * groups + g, g, first, end) || changed;
      }
      end = first;
    }
    return changed;
  }

  /** Takes over what can be done after some steps; returns whether anything was new. */
  private absorb(at: number, group: number, first: number, end: number): boolean {
    const { bits, to, renaming } = this;
    const { renamed, groups, digits } = this.plan;
    const watched = this.plan.watched[group] ?? 0;
    const known = bits[at] ?? 0;
    let mask = known;
    for (let e = first; e < end && (mask & watched) !== watched; e++) {
      const by = renaming[e] ?? 0;
      const there = (to[e] ?? 0) * groups;
      if (by === 0) {
        mask |= bits[there + group] ?? 0;
        continue;
      }
      for (let digit = 0; digit < digits; digit++) {
        const value = (bits[there + ((digit / digitsInGroup) | 0)] ?? 0) >>> shiftOf(digit);
        mask |=
          renamed[((by * digits + digit) * digitValues + (value & lowDigit)) * groups + group] ?? 0;
      }
    }
    bits[at] = mask;
    return mask !== known;
  }

  private begin(id: number, store: StatesSeen): void {
    this.open = id;
    this.openAt = this.edges;
    this.addEnds(id, store.words);
  }

  /** Forgets the edges of a state in which nobody waits: nothing is to be learnt from them. */
  private close(): void {
    const { open } = this;
    const { groups } = this.plan;
    if (open < 0) return;
    this.open = -1;
    let waits = false;
    for (let g = 0; g < groups; g++) {
      const watched = this.plan.watched[g] ?? 0;
      waits ||= ((this.bits[open * groups + g] ?? 0) & watched) !== watched;
    }
    if (!waits) {
      this.edges = this.openAt;
      return;
    }
    if (this.fromCount === this.from.length) {
      this.from = grown(this.from, this.fromCount * 2);
      this.start = grown(this.start, this.fromCount * 2);
    }
    this.from[this.fromCount] = open;
    this.start[this.fromCount] = this.openAt;
    this.fromCount++;
  }

  /** Bits 0 to 30 are those of the first processes: who took invisible steps, and who of those made progress. */
  private invisible(id: number, moved: number, made: number): void {
    const { bits } = this;
    const { groups, progressOf } = this.plan;
    for (let g = 0; g < groups && g * groupSize < 31; g++) {
      const at = id * groups + g;
      const these = (moved >>> (g * groupSize)) & ((1 << groupSize) - 1);
      bits[at] = (bits[at] ?? 0) | these;
    }
    for (let left = made; left !== 0; left &= left - 1) {
      const progress = progressOf[31 - Math.clz32(left & -left)] ?? -1;
      if (progress >= 0) this.set(id, progress);
    }
  }

  private addEnds(id: number, states: Int32Array): void {
    const { bits: all } = this;
    const { groups, conditional, progressOf } = this.plan;
    const { count, word, shift, mask, group, first, bits } = this.plan.ends;
    const state = id * this.compiled.packing.words;
    const slot = id * groups;
    let there = slot;
    let here = lookedAt;
    for (let test = 0; test < count; test++) {
      if (there !== slot + (group[test] ?? 0)) {
        all[there] = (all[there] ?? 0) | here;
        there = slot + (group[test] ?? 0);
        here = 0;
      }
      const of = (states[state + (word[test] ?? 0)] ?? 0) >>> (shift[test] ?? 0);
      here |= bits[(first[test] ?? 0) + (of & (mask[test] ?? 0))] ?? 0;
    }
    all[there] = (all[there] ?? 0) | here;
    for (const { process, holds } of conditional) {
      if (!holds(states, state)) continue;
      this.set(id, process);
      const progress = progressOf[process] ?? -1;
      if (progress >= 0) this.set(id, progress);
    }
  }

  private set(id: number, bit: number): void {
    const at = id * this.plan.groups + Math.floor(bit / groupSize);
    this.bits[at] = (this.bits[at] ?? 0) | (1 << (bit % groupSize));
  }

  private reserve(states: number, incoming: number): void {
    const wanted = states * this.plan.groups;
    if (wanted > this.bits.length) this.bits = grown(this.bits, Math.ceil(wanted * 1.6));
    if (this.edges + incoming > this.to.length) {
      const room = Math.ceil((this.edges + incoming) * 1.6);
      this.to = grown(this.to, room);
      const renaming = new Uint8Array(room);
      renaming.set(this.renaming);
      this.renaming = renaming;
    }
  }
}

/** What has been seen: how many states, and their words. */
interface StatesSeen {
  readonly count: number;
  readonly words: Int32Array;
}
