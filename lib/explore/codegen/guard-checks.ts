/**
 * JavaScript about guards: whether a process holds one for a place, and what is given up where it holds
 * none.
 *
 * While guards are learnt they are read from `G` at every access. Once they are known, only those few are
 * tested that the place has: most tests then vanish.
 */
import type { ElementRef, Model, SlotRef } from "../../machine/index.js";
import type { ValueWriter } from "./expression.js";
import { type Guards, bit, guardsOf, mostGuards } from "../analysis/guards.js";
import { wordNames } from "./js.js";

/** A place that a process touches. */
export interface Touch {
  readonly process: number;
  readonly place: SlotRef | ElementRef;
  /** Whether the guards of its writes are meant, or those of every access. */
  readonly writes: boolean;
  /** Whether the place is a lock that the process takes: then it guards itself. */
  readonly takes: boolean;
}

/** Writes tests of guards; `G` holds those of every access, then those of the writes. */
export class GuardWriter {
  private readonly guards: Guards;
  /** What was written before: each place is asked about again and again. */
  private readonly written = new Map<SlotRef | ElementRef, Map<string, string>>();

  /** @param known the guards as they stand; null while they are learnt */
  constructor(
    private readonly model: Model,
    private readonly values: ValueWriter,
    private readonly known: Int32Array | null,
  ) {
    this.guards = guardsOf(model);
  }

  /** What the tests of a process need: `const h`, the guards that it holds before its step. */
  held(process: number): string {
    return this.known === null ? `const h=${this.all(process)};` : "";
  }

  /** The functions that the tests call, for the processes that have code of their own. */
  functions(codes: readonly number[]): string {
    if (this.known === null) return "";
    const words = wordNames("w", this.values.packing.words).join(",");
    return codes
      .map((number) => `function h${String(number)}(${words}){return ${this.all(number)};}`)
      .join("");
  }

  /** A test that the process holds some guard of the place, if that is anywhere. */
  some(touch: Touch): string {
    return this.once("some", touch, () => this.someFresh(touch));
  }

  private someFresh(touch: Touch): string {
    const { known } = this;
    if (known === null) {
      const held = `(${this.entry(touch)}&h)!==0`;
      const within = this.within(touch.place);
      return within === "true" ? held : `(!(${within})||${held})`;
    }
    const test = this.eachElement(touch, (at, cpu) => {
      const tests = this.bitsOf(known[at] ?? 0).map((b) => this.holds(b, touch.process, cpu));
      if (tests.includes("true")) return "true";
      const open = tests.filter((t) => t !== "false");
      return open.length === 0 ? "false" : `(${open.join("||")})`;
    });
    const within = this.within(touch.place);
    return within === "true" || test === "true" ? test : `(!(${within})||${test})`;
  }

  /**
   * Statements that give up the guards of places that their process does not hold.
   *
   * @param tested what was tested before
   */
  giveUp(touches: readonly Touch[], tested: ReadonlySet<string> = new Set()): string {
    const byTest = new Map<string, Set<string>>();
    const [first] = touches;
    if (first === undefined) return "";
    for (const touch of touches) {
      const test = this.once("all", touch, () => this.allHeld(touch));
      if (test === "true" || tested.has(test)) continue;
      const loss = this.once("loss", touch, () => this.loss(touch));
      byTest.set(test, (byTest.get(test) ?? new Set()).add(loss));
    }
    if (this.known === null) return [...byTest.values()].flatMap((losses) => [...losses]).join("");
    const words = wordNames("w", this.values.packing.words).join(",");
    const held = `const h=h${String(first.process)}(${words});`;
    return [...byTest]
      .map(([test, losses]) => `if(!${test}){D[0]=1;${held}${[...losses].join("")}}`)
      .join("");
  }

  /** A test that a process holds all guards of a place, if that is anywhere; learning, each is asked. */
  private allHeld(touch: Touch): string {
    const { known } = this;
    if (known === null) return "";
    const test = this.eachElement(touch, (at, cpu, lock) => {
      const tests = this.bitsOf(known[at] ?? 0)
        .filter((b) => !touch.takes || b !== lock)
        .map((b) => this.holds(b, touch.process, cpu))
        .filter((t) => t !== "true");
      if (tests.includes("false")) return "false";
      return tests.length === 0 ? "true" : `(${tests.join("&&")})`;
    });
    const within = this.within(touch.place);
    return within === "true" || test === "true" ? test : `(!(${within})||${test})`;
  }

  /** What is given up of the guards of a place. */
  private loss(touch: Touch): string {
    const entry = this.entry(touch);
    const own = touch.takes ? this.ownBit(touch.place) : "0";
    const keep = own === "0" ? "h" : `(h|${own})`;
    const lose =
      this.known === null
        ? `if(${entry}&~${keep}){D[0]=1;${entry}&=${keep};}`
        : `${entry}&=${keep};`;
    const within = this.within(touch.place);
    return within === "true" ? lose : `if(${within}){${lose}}`;
  }

  private once(what: string, { place, process, writes, takes }: Touch, make: () => string): string {
    const known = this.written.get(place) ?? new Map<string, string>();
    this.written.set(place, known);
    const key = `${what} ${String(process)} ${String(writes)} ${String(takes)}`;
    const text = known.get(key) ?? make();
    known.set(key, text);
    return text;
  }

  private all(process: number): string {
    return heldSource(this.guards, this.model, process, this.values);
  }

  private entry({ place, writes }: Touch): string {
    const first = writes ? this.model.slots.length : 0;
    return place.op === "slot"
      ? `G[${String(first + place.slot)}]`
      : `G[${String(first + place.base)}+${this.values.flatIndex(place)}]`;
  }

  private within(place: SlotRef | ElementRef): string {
    if (place.op === "slot" || !this.values.mayBeNowhere(place)) return "true";
    return this.values.within(place);
  }

  /** The bit of a lock itself: once taken, it guards its own slot. */
  private ownBit(lock: SlotRef | ElementRef): string {
    const first = this.guards.locks.indexOf(lock.op === "slot" ? lock.slot : lock.base);
    const last = first + (lock.op === "slot" ? 0 : sizeOf(lock) - 1);
    if (first < 0 || last >= this.guards.count) return "0";
    return lock.op === "slot"
      ? String(1 << first)
      : `(1<<(${String(first)}+${this.values.flatIndex(lock)}))`;
  }

  private bitsOf(guards: number): number[] {
    return Array.from({ length: this.guards.count }, (_, b) => b).filter(
      (b) => (guards & bit(b)) !== 0,
    );
  }

  /** A test that a process holds a guard; `cpu` is its CPU where that is known. */
  private holds(guard: number, process: number, cpu: number | null): string {
    const { locks, firstCpu, firstProcess } = this.guards;
    if (guard >= firstProcess) return String(guard - firstProcess === process);
    const where = this.model.processes[process]?.cpu ?? null;
    if (where === null) return "false";
    const here = cpu === null ? this.values.number(where) : String(cpu);
    if (guard >= firstCpu) return equal(here, String(guard - firstCpu));
    const slot = locks[guard] ?? 0;
    const domain = this.model.slots[slot]?.variable?.domain.kind;
    const owner = domain === "process" ? String(process) : here;
    return `${this.values.number({ op: "slot", slot })}===${owner}`;
  }

  /**
   * A test made of one for each element that the place may be: `test` is given its entry in `G`, the
   * process's CPU where the index is just that, and the element's bit if it is a lock.
   */
  private eachElement(
    { process, place, writes }: Touch,
    test: (at: number, cpu: number | null, lock: number) => string,
  ): string {
    const first = writes ? this.model.slots.length : 0;
    const one = (slot: number, cpu: number | null): string =>
      test(first + slot, cpu, this.guards.locks.indexOf(slot));
    if (place.op === "slot") return one(place.slot, null);
    const where = this.model.processes[process]?.cpu ?? null;
    const here = where === null ? null : this.values.number(where);
    const choose = (dimension: number, flat: number, cpu: number | null): string => {
      const size = place.sizes[dimension];
      const index = place.index[dimension];
      if (size === undefined || index === undefined) return one(place.base + flat, cpu);
      const by = this.values.number(index);
      if (index.op === "const") {
        return choose(dimension + 1, flat * size + index.value, by === here ? index.value : cpu);
      }
      const tests = Array.from({ length: size }, (_, at) =>
        choose(dimension + 1, flat * size + at, by === here ? at : cpu),
      );
      const last = tests[size - 1] ?? "true";
      return tests
        .slice(0, -1)
        .reduceRight((rest, t, at) => (t === rest ? t : `(${by}===${at}?${t}:${rest})`), last);
    };
    return choose(0, 0, null);
  }
}

const sizeOf = ({ sizes }: ElementRef): number => sizes.reduce((a, b) => a * b, 1);

/** An equality, decided where both sides are numbers. */
function equal(left: string, right: string): string {
  return /^\d+$/.test(left) ? String(left === right) : `${left}===${right}`;
}

/** JavaScript for the guards that a process holds: bits. */
function heldSource(guards: Guards, model: Model, number: number, values: ValueWriter): string {
  const own = String(bit(guards.firstProcess + number));
  const process = model.processes[number];
  if (process?.cpu == null) return own;
  const { cpu } = process;
  const where = values.number(cpu);
  const locks = guards.locks.flatMap((slot, at) => {
    const domain = model.slots[slot]?.variable?.domain.kind;
    const owner = domain === "process" ? String(number) : where;
    if (bit(at) === 0) return [];
    return [`(${values.number({ op: "slot", slot })}===${owner}?${String(bit(at))}:0)`];
  });
  const all = guards.firstCpu + guards.cpus <= mostGuards;
  const token = all ? [`(1<<(${String(guards.firstCpu)}+${where}))`] : [];
  return [own, ...token, ...locks].join("|");
}
