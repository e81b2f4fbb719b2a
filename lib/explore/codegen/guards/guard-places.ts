/** JavaScript about guards that is the same whether they are learnt or known. */
import type { ElementRef, Model, SlotRef } from "../../../machine/index.js";
import { type Guards, bit, guardsOf, mostGuards } from "../../analysis/guards.js";
import { code } from "../text/code.js";
import type { ValueWriter } from "../expressions/expression.js";
import type { Pass } from "../text/pass.js";

/** A place that a process touches. */
export interface Touch {
  readonly process: number;
  readonly place: SlotRef | ElementRef;
  /** Whether the guards of its writes are meant, or those of every access. */
  readonly writes: boolean;
  /** Whether the place is a lock that the process takes: then it guards itself. */
  readonly takes: boolean;
}

/** Writes tests whether a process holds a guard of a place, and what is given up where it holds none. */
export interface GuardWriter {
  /** A statement that the tests of a process need before its step. */
  held(process: number): string;
  /** What the tests need beside it, for the processes that have code of their own. */
  passes(codes: readonly number[]): readonly Pass[];
  /** The names in those passes. */
  needs(codes: readonly number[]): readonly string[];
  /** A test that the process holds some guard of the place, if that is anywhere. */
  some(touch: Touch): string;
  /**
   * Statements that give up the guards of places that their process does not hold.
   *
   * @param tested tests of `some()` that hold there
   */
  giveUp(touches: readonly Touch[], tested?: ReadonlySet<string>): string;
}

/** What both kinds of writers say about places; `search.guards` has those of every access, then those of the writes. */
export class GuardPlaces {
  readonly guards: Guards;
  /** What was written before: each place is asked about again and again. */
  private readonly written = new Map<SlotRef | ElementRef, Map<string, string>>();

  constructor(
    readonly model: Model,
    readonly values: ValueWriter,
  ) {
    this.guards = guardsOf(model);
  }

  /** The guards that a process holds, a bit each. */
  heldBy(number: number): string {
    const { guards, model, values } = this;
    const own = String(bit(guards.firstProcess + number));
    const process = model.processes[number];
    if (process?.cpu == null) return own;
    const where = values.number(process.cpu);
    const locks = guards.locks.flatMap((slot, at) => {
      if (bit(at) === 0) return [];
      const test = `${values.number({ op: "slot", slot })} === ${this.ownerName(slot, number, where)}`;
      return [`(${test} ? ${String(bit(at))} : 0)`];
    });
    const fits = guards.firstCpu + guards.cpus <= mostGuards;
    const token = fits ? [`(1 << (${String(guards.firstCpu)} + ${where}))`] : [];
    return [own, ...token, ...locks].join(" | ");
  }

  /** What a lock's slot holds where a process owns it: the process, or its CPU. */
  ownerName(lock: number, process: number, cpu: string): string {
    const domain = this.model.slots[lock]?.variable?.domain.kind;
    return domain === "process" ? String(process) : cpu;
  }

  /** Where the guards of a place are kept. */
  entry({ place, writes }: Touch): string {
    const first = writes ? this.model.slots.length : 0;
    return place.op === "slot"
      ? `search.guards[${String(first + place.slot)}]`
      : `search.guards[${String(first + place.base)} + ${this.values.flatIndex(place)}]`;
  }

  /** A test that a place is anywhere. */
  within(place: SlotRef | ElementRef): string {
    if (place.op === "slot" || !this.values.mayBeNowhere(place)) return "true";
    return this.values.within(place);
  }

  /** A test of a place that need only hold if the place is anywhere. */
  ifAnywhere(place: SlotRef | ElementRef, test: string): string {
    const within = this.within(place);
    return within === "true" || test === "true" ? test : `(!(${within}) || ${test})`;
  }

  /** A statement about a place that is only for one that is anywhere. */
  whereAny(place: SlotRef | ElementRef, statement: string): string {
    const within = this.within(place);
    return within === "true" ? statement : `if (${within}) { ${statement} }`;
  }

  /** The guards that a place keeps after a step whose process holds those in `held`. */
  kept({ place, takes }: Touch): string {
    const own = takes ? this.ownBit(place) : "0";
    return own === "0" ? "held" : `(held | ${own})`;
  }

  /** The same text again for the same question about a place. */
  once(what: string, { place, process, writes, takes }: Touch, make: () => string): string {
    const known = this.written.get(place) ?? new Map<string, string>();
    this.written.set(place, known);
    const key = `${what} ${String(process)} ${String(writes)} ${String(takes)}`;
    const text = known.get(key) ?? make();
    known.set(key, text);
    return text;
  }

  /** The bit of a lock itself: once taken, it guards its own slot. */
  private ownBit(lock: SlotRef | ElementRef): string {
    const first = this.guards.locks.indexOf(lock.op === "slot" ? lock.slot : lock.base);
    const last = first + (lock.op === "slot" ? 0 : sizeOf(lock) - 1);
    if (first < 0 || last >= this.guards.count) return "0";
    return lock.op === "slot"
      ? String(1 << first)
      : code`(1 << (${first} + ${this.values.flatIndex(lock)}))`;
  }
}

const sizeOf = ({ sizes }: ElementRef): number => sizes.reduce((a, b) => a * b, 1);
