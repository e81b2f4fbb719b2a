/** JavaScript for the reduced search: checks of the guards, and runs through steps nobody can see. */
import type { ElementRef, Instance, Model, SlotRef, Transition, Value } from "../machine/index.js";
import { ChangeWriter } from "./emit-changes.js";
import { GuardWriter, type Touch } from "./emit-guards.js";
import { ValueWriter } from "./emit-value.js";
import {
  type Footprint,
  assignmentsOf,
  conjuncts,
  footprintOf,
  readSlots,
  slotsOf,
} from "./footprint.js";
import { ownsCpu } from "./guards.js";
import { type Packing } from "./packing.js";
import { wordNames } from "./word-names.js";

/** How many steps are run through at most before a state is stored: so every cycle stores one. */
export const longestRun = 1000;

/** Writes the parts of the reduced search; all share `G`, the guards of each slot, and `D`. */
export class ReducedWriter {
  readonly guards: GuardWriter;
  private readonly old: ValueWriter;
  private readonly footprints: readonly Footprint[];
  private readonly visible: ReadonlySet<number>;

  /** @param known the guards as they stand; null while they are learnt */
  constructor(
    private readonly model: Model,
    private readonly packing: Packing,
    known: Int32Array | null,
  ) {
    this.old = new ValueWriter(packing, "w");
    this.guards = new GuardWriter(model, this.old, known);
    this.footprints = model.transitions.map((t) => footprintOf(model, t));
    this.visible = new Set(model.always.flatMap(({ holds }) => [...readSlots(holds)]));
  }

  /**
   * Statements that give up guards which a process does not hold where its steps touch what they guard,
   * or want to: one that waits counts too, since a run of another may let it through only between two
   * stored states.
   */
  discipline(steps: readonly Transition[]): string {
    const statements = steps.flatMap((t) => {
      const { process } = t;
      const { loads, stores, acquires } = this.footprint(t);
      const touches: Touch[] = [
        ...[...loads, ...stores].map((place) => touch(process, place, false)),
        ...stores.map((place) => touch(process, place, true)),
      ];
      if (acquires !== null) {
        touches.push({ ...touch(process, acquires, false), takes: true });
        touches.push({ ...touch(process, acquires, true), takes: true });
      }
      return touches.map((of) => this.guards.giveUp(of));
    });
    return [...new Set(statements)].join("");
  }

  /**
   * Notes if the step takes a CPU away from another process that thought it had it.
   *
   * @param before the prefix of the words before the step
   * @param after the prefix of the words after it
   */
  stability(t: Transition, before: string, after: string): string {
    const old = new ValueWriter(this.packing, before);
    const fresh = new ValueWriter(this.packing, after);
    return this.model.processes
      .filter((_, number) => number !== t.process)
      .map((p) => {
        const owns = ownsCpu(this.model, p);
        if (owns === null || p.cpu === null || !mayLose(t, owns, p.cpu)) return "";
        const same = `${old.number(p.cpu)}===${fresh.number(p.cpu)}`;
        return `if(${old.test(owns)}&&!(${fresh.test(owns)}&&${same}))D[1]=1;`;
      })
      .join("");
  }

  /** Notes if two processes think that they have one CPU. */
  uniqueness(): string {
    const { old } = this;
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
    const most = String(longestRun);
    const tries = able.map(({ number }) => `n+=s${String(number)}(B,b,n);if(n>${most})return;`);
    return (
      `${functions}\nfunction run(B,b){let n=0;L[0]=0;for(;;){const m=n;${tries.join("")}` +
      `if(n===m)return;}}\n` +
      `function runAll(B,b,end){for(;b<end;b+=${String(stride)})run(B,b);}`
    );
  }

  /** The unseen steps of a process, one after another; returns how many, `n` having been taken before. */
  private stepper(p: Instance, number: number, words: number): string {
    const owns = ownsCpu(this.model, p);
    if (owns === null) return "";
    const codes = p.leaving.map((leaving) => this.unseen(p, leaving));
    if (codes.every((code) => code === "")) return "";
    const cases = codes.map((code, at) =>
      code === "" ? "" : `case ${String(at)}:{${code}break;}`,
    );
    const here = this.packing.fields[p.slot];
    if (here === undefined) return "";
    const may = codes.map((code) => (code === "" ? 0 : 1)).join(",");
    const first = `(B[b+${String(here.word)}]>>>${String(here.shift)})&${String(here.mask)}`;
    const names = wordNames("w", words);
    const load = names.map((w, at) => `${w}=B[b+${String(at)}]`).join(",");
    const store = names.map((w, at) => `B[b+${String(at)}]=${w};`).join("");
    const bit = number < 31 ? `B[b+${String(words + 2)}]|=${String(1 << number)};` : "";
    return (
      `const u${String(number)}=Uint8Array.of(${may});` +
      `function s${String(number)}(B,b,m){if(u${String(number)}[${first}]!==1)return 0;` +
      `let ${load};const id=B[b+${String(words + 1)}];let n=0;` +
      `while(m+n<=${String(longestRun)}&&${this.old.test(owns)}){${this.guards.held(number)}` +
      `switch(${this.old.number({ op: "slot", slot: p.slot })}){${cases.join("")}}break;}` +
      `if(n!==0){${store}${bit}}return n;}`
    );
  }

  /** The one unseen step that a process can take at a location, if it is that. */
  private unseen(p: Instance, leaving: readonly Transition[]): string {
    const prints = leaving.map((t) => this.footprint(t));
    const seen =
      prints.some(({ writes }) => [...writes].some((slot) => this.visible.has(slot))) ||
      (leaving.some(({ from, to }) => from !== to) && this.visible.has(p.slot));
    if (leaving.length === 0 || seen) return "";
    const guarded = new Set<string>();
    for (const [at, { loads, stores, acquires }] of prints.entries()) {
      const process = leaving[at]?.process ?? -1;
      // Others may read what is read here; it must only be kept from them while they would write it.
      for (const place of loads) guarded.add(this.guards.some(touch(process, place, true)));
      for (const place of stores) guarded.add(this.guards.some(touch(process, place, false)));
      if (acquires !== null) guarded.add(this.guards.some(touch(process, acquires, false)));
    }
    guarded.delete("true");
    if (guarded.has("false")) return "";
    const safe = [...guarded].join("&&");
    const taken = this.onlyOne(p, leaving);
    return safe === "" ? taken : `if(${safe}){${taken}}`;
  }

  /** Takes the one step of several that is possible, if it is the only one. */
  private onlyOne(p: Instance, leaving: readonly Transition[]): string {
    const names = leaving.map((_, at) => `g${String(at)}`);
    const tests = leaving.map((t, at) => `const ${names[at] ?? ""}=${this.old.test(t.own)};`);
    const [only] = leaving;
    if (leaving.length === 1 && only !== undefined) {
      const test = this.old.test(only.own);
      const taken = `${this.take(only, p.slot)}continue;`;
      return test === "true" ? taken : `if(${test}){${taken}}`;
    }
    const one = `${names.map((name) => `(${name}?1:0)`).join("+")}===1`;
    const arms = leaving.map((t, at) => `if(${names[at] ?? ""}){${this.take(t, p.slot)}continue;}`);
    return `${tests.join("")}if(${one}){${arms.join("")}}`;
  }

  /** Takes a step on the words in place. */
  private take(t: Transition, slot: number): string {
    const body = new ChangeWriter(this.old, t.id).transitionBody(t, slot);
    const stable = this.stability(t, "o", "w");
    const names = wordNames("o", this.packing.words);
    const copy =
      stable === "" ? "" : `const ${names.map((o, at) => `${o}=w${String(at)}`).join(",")};`;
    return `${this.discipline([t])}${copy}${body}${stable}L[++L[0]]=${String(t.id)};n++;`;
  }

  private footprint(t: Transition): Footprint {
    const print = this.footprints[t.id];
    if (print === undefined) throw new RangeError(`no transition ${t.id}`);
    return print;
  }
}

const touch = (process: number, place: SlotRef | ElementRef, writes: boolean): Touch => ({
  process,
  place,
  writes,
  takes: false,
});

/** Whether a step may end a condition, or move the CPU that it is about. */
function mayLose(t: Transition, owns: Value, cpu: Value): boolean {
  const parts = conjuncts(owns);
  const where = readSlots(cpu);
  return t.changes.flatMap(assignmentsOf).some(({ to, value }) => {
    const written = new Set(slotsOf(to));
    const touches = (of: Value): boolean => [...readSlots(of)].some((slot) => written.has(slot));
    if ([...where].some((slot) => written.has(slot))) return true;
    // What must not be set can be cleared.
    const clears = value.op === "const" && value.value === 0;
    return parts.some((part) => {
      if (!touches(part)) return false;
      const flag = part.op === "not" ? part.of : null;
      const plain = flag?.op === "slot" || (flag?.op === "element" && !flag.index.some(touches));
      return !(clears && plain);
    });
  });
}
