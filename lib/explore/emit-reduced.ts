/** JavaScript for the reduced search: checks of the guards, and runs through steps nobody can see. */
import type { ElementRef, Instance, Model, SlotRef, Transition } from "../machine/index.js";
import { ChangeWriter } from "./emit-changes.js";
import { ValueWriter } from "./emit-value.js";
import { type Footprint, footprintOf, readSlots } from "./footprint.js";
import { guardsOf, heldSource, ownsCpu } from "./guards.js";
import { type Packing } from "./packing.js";
import { wordNames } from "./word-names.js";

/** How many steps are run through at most before a state is stored: so every cycle stores one. */
export const longestRun = 1000;

/** Writes the parts of the reduced search; all share `G`, the guards of each slot, and `D`. */
export class ReducedWriter {
  private readonly footprints: readonly Footprint[];
  private readonly visible: ReadonlySet<number>;
  private readonly guards;

  constructor(
    private readonly model: Model,
    private readonly packing: Packing,
  ) {
    this.guards = guardsOf(model);
    this.footprints = model.transitions.map((t) => footprintOf(model, t));
    this.visible = new Set(model.always.flatMap(({ holds }) => [...readSlots(holds)]));
  }

  /** `const h`: the guards that the process holds before its step. */
  held(process: number): string {
    const old = new ValueWriter(this.packing, "w");
    return `const h=${heldSource(this.guards, this.model, process, old)};`;
  }

  /**
   * Gives up guards that the process does not hold where it touches what they guard, or wants to: one
   * that waits counts too, since a run of another may let it through only between two stored states.
   */
  discipline(t: Transition): string {
    const { loads, stores, acquires } = this.footprint(t);
    const old = new ValueWriter(this.packing, "w");
    const touched = [
      ...[...loads, ...stores].map((p) => ({ ...this.guard(p, old, false), keep: "h" })),
      ...stores.map((p) => ({ ...this.guard(p, old, true), keep: "h" })),
    ];
    if (acquires !== null) {
      const keep = `(h|${this.ownBit(acquires, old)})`;
      touched.push({ ...this.guard(acquires, old, false), keep });
      touched.push({ ...this.guard(acquires, old, true), keep });
    }
    return touched
      .map(({ within, at, keep }) => {
        const lose = `if(${at}&~${keep}){D[0]=1;${at}&=${keep};}`;
        return within === "true" ? lose : `if(${within}){${lose}}`;
      })
      .join("");
  }

  /** The bit of a lock itself: once taken, it guards its own slot. */
  private ownBit(lock: SlotRef | ElementRef, old: ValueWriter): string {
    const first = this.guards.locks.indexOf(lock.op === "slot" ? lock.slot : lock.base);
    const last = first + (lock.op === "slot" ? 0 : lock.sizes.reduce((a, b) => a * b, 1) - 1);
    if (first < 0 || last >= this.guards.count) return "0";
    return lock.op === "slot"
      ? String(1 << first)
      : `(1<<(${String(first)}+${old.flatIndex(lock)}))`;
  }

  /** Notes if the step takes a CPU away from another process that thought it had it. */
  stability(t: Transition): string {
    const { writes } = this.footprint(t);
    const old = new ValueWriter(this.packing, "w");
    const fresh = new ValueWriter(this.packing, "n");
    return this.model.processes
      .filter((_, number) => number !== t.process)
      .map((p) => {
        const owns = ownsCpu(this.model, p);
        if (owns === null || p.cpu === null) return "";
        const standing = new Set([...readSlots(owns), ...readSlots(p.cpu)]);
        if (![...writes].some((slot) => standing.has(slot))) return "";
        const same = `${old.number(p.cpu)}===${fresh.number(p.cpu)}`;
        return `if(${old.test(owns)}&&!(${fresh.test(owns)}&&${same}))D[1]=1;`;
      })
      .join("");
  }

  /** Notes if two processes think that they have one CPU. */
  uniqueness(): string {
    const old = new ValueWriter(this.packing, "w");
    const parts = this.model.processes.map((p) => {
      const owns = ownsCpu(this.model, p);
      if (owns === null || p.cpu === null) return "";
      return `if(${old.test(owns)}){const c=1<<${old.number(p.cpu)};if(o&c)D[1]=1;o|=c;}`;
    });
    return `let o=0;${parts.join("")}`;
  }

  /**
   * `run(B,b)`: takes unseen steps from the state at `B[b]`, in place, until none is left; each is
   * noted in `L` after its count in `L[0]`, and its process in the bits behind the state.
   */
  run(stride: number, words: number): string {
    const able = this.model.processes
      .map((p, number) => ({ number, code: this.stepper(p, number, words) }))
      .filter(({ code }) => code !== "");
    const functions = able.map(({ code }) => code).join("\n");
    const tries = able.map(
      ({ number }) => `while(s${String(number)}(B,b)){if(++n>${String(longestRun)})return;}`,
    );
    return (
      `${functions}\nfunction run(B,b){let n=0;L[0]=0;for(;;){const m=n;${tries.join("")}` +
      `if(n===m)return;}}\n` +
      `function runAll(B,b,end){for(;b<end;b+=${String(stride)})run(B,b);}`
    );
  }

  /** One unseen step of a process: 1 if there was one. */
  private stepper(p: Instance, number: number, words: number): string {
    const owns = ownsCpu(this.model, p);
    if (owns === null) return "";
    const old = new ValueWriter(this.packing, "w");
    const cases = p.leaving.map((leaving, location) => {
      const code = this.unseen(p, leaving, words);
      return code === "" ? "" : `case ${String(location)}:{${code}break;}`;
    });
    if (cases.every((code) => code === "")) return "";
    const load = wordNames("w", words)
      .map((w, at) => `const ${w}=B[b+${String(at)}];`)
      .join("");
    const at = old.number({ op: "slot", slot: p.slot });
    return (
      `function s${String(number)}(B,b){${load}const id=B[b+${String(words + 1)}];` +
      `if(!${old.test(owns)})return 0;${this.held(number)}` +
      `switch(${at}){${cases.join("")}}return 0;}`
    );
  }

  private unseen(p: Instance, leaving: readonly Transition[], words: number): string {
    const prints = leaving.map((t) => this.footprint(t));
    const seen =
      prints.some(({ writes }) => [...writes].some((slot) => this.visible.has(slot))) ||
      (leaving.some(({ from, to }) => from !== to) && this.visible.has(p.slot));
    if (leaving.length === 0 || seen) return "";
    const old = new ValueWriter(this.packing, "w");
    const guarded = new Set<string>();
    const require = (place: SlotRef | ElementRef, written: boolean): void => {
      const { within, at } = this.guard(place, old, written);
      guarded.add(within === "true" ? `(${at}&h)!==0` : `(!(${within})||(${at}&h)!==0)`);
    };
    for (const { loads, stores, acquires } of prints) {
      // Others may read what is read here; it must only be kept from them while they would write it.
      for (const place of loads) require(place, true);
      for (const place of stores) require(place, false);
      if (acquires !== null) require(acquires, false);
    }
    const safe = guarded.size === 0 ? "true" : [...guarded].join("&&");
    const tests = leaving.map((t, at) => `const g${String(at)}=${old.test(t.own)};`).join("");
    const one = `${leaving.map((_, at) => `(g${String(at)}?1:0)`).join("+")}===1`;
    const arms = leaving.map(
      (t, at) => `if(g${String(at)}){${this.take(t, p.slot, words)}return 1;}`,
    );
    return `if(${safe}){${tests}if(${one}){${arms.join("")}}}`;
  }

  private take(t: Transition, slot: number, words: number): string {
    const fresh = new ValueWriter(this.packing, "n");
    const copy = `let ${wordNames("n", words)
      .map((n, at) => `${n}=w${String(at)}`)
      .join(",")};`;
    const body = new ChangeWriter(fresh, t.id).transitionBody(t, slot);
    const store = wordNames("n", words).map((n, at) => `B[b+${String(at)}]=${n};`);
    const bit = t.process < 31 ? `B[b+${String(words + 2)}]|=${String(1 << t.process)};` : "";
    return (
      `${this.discipline(t)}${copy}${body}${this.stability(t)}${store.join("")}${bit}` +
      `L[++L[0]]=${String(t.id)};`
    );
  }

  /** The guards of a place: of its writes, or of every access. */
  private guard(
    place: SlotRef | ElementRef,
    old: ValueWriter,
    writes: boolean,
  ): { readonly within: string; readonly at: string } {
    const first = writes ? this.model.slots.length : 0;
    if (place.op === "slot") return { within: "true", at: `G[${String(first + place.slot)}]` };
    const within = old.mayBeNowhere(place) ? old.within(place) : "true";
    return { within, at: `G[${String(first + place.base)}+${old.flatIndex(place)}]` };
  }

  private footprint(t: Transition): Footprint {
    const print = this.footprints[t.id];
    if (print === undefined) throw new RangeError(`no transition ${t.id}`);
    return print;
  }
}
