/** JavaScript for the reduced search: checks of the guards, and runs through steps nobody can see. */
import type { ElementRef, Instance, Model, SlotRef, Transition } from "../machine/index.js";
import { ChangeWriter } from "./emit-changes.js";
import { GuardWriter, type Touch } from "./emit-guards.js";
import { OwnerWriter } from "./emit-owners.js";
import { ValueWriter } from "./emit-value.js";
import { type Footprint, footprintOf, readSlots } from "./footprint.js";
import { type Packing } from "./packing.js";
import { wordNames } from "./word-names.js";

/** How many steps are run through at most before a state is stored: so every cycle stores one. */
export const longestRun = 1000;

/** What the steps of a model touch: found once, for all code that is made of it. */
export interface Touched {
  readonly owners: OwnerWriter;
  readonly footprints: readonly Footprint[];
}

/** Returns what the steps of a model touch. */
export function touchedBy(model: Model, packing: Packing): Touched {
  const footprints = model.transitions.map((t) => footprintOf(model, t));
  return { owners: new OwnerWriter(model, packing), footprints };
}

/** Writes the parts of the reduced search; all share `G`, the guards of each slot, and `D`. */
export class ReducedWriter {
  readonly guards: GuardWriter;
  readonly owners: OwnerWriter;
  private readonly old: ValueWriter;
  private readonly copy: string;
  private readonly footprints: readonly Footprint[];
  private readonly visible: ReadonlySet<number>;

  /** @param known the guards as they stand; null while they are learnt */
  constructor(
    private readonly model: Model,
    private readonly packing: Packing,
    { owners, footprints }: Touched,
    known: Int32Array | null,
  ) {
    this.old = new ValueWriter(packing, "w");
    this.owners = owners;
    const names = wordNames("o", packing.words);
    this.copy = `const ${names.map((name, at) => `${name}=w${String(at)}`).join(",")};`;
    this.guards = new GuardWriter(model, this.old, known);
    this.footprints = footprints;
    this.visible = new Set(model.always.flatMap(({ holds }) => [...readSlots(holds)]));
  }

  /**
   * Statements that give up guards which a process does not hold where its steps touch what they guard,
   * or want to: one that waits counts too, since a run of another may let it through only between two
   * stored states.
   */
  discipline(steps: readonly Transition[], tested?: ReadonlySet<string>): string {
    const touches = steps.flatMap((t): Touch[] => {
      const { process } = t;
      const { loads, stores, acquires } = this.footprint(t);
      const all = [
        ...[...loads, ...stores].map((place) => touch(process, place, false)),
        ...stores.map((place) => touch(process, place, true)),
      ];
      if (acquires === null) return all;
      const takes = [touch(process, acquires, false), touch(process, acquires, true)];
      return [...all, ...takes.map((of) => ({ ...of, takes: true }))];
    });
    return this.guards.giveUp(touches, tested);
  }

  /**
   * `run(B,b)`: takes unseen steps from the state at `B[b]`, in place, until none is left; each is
   * noted in `L` after its count in `L[0]`, and its process in the bits behind the state.
   */
  run(): string {
    const { words } = this.packing;
    const able = this.model.processes
      .map((p, number) => ({ number, ...this.stepper(p, number) }))
      .filter(({ code }) => code !== "");
    const functions = able.map(({ code }) => code).join("\n");
    const most = String(longestRun);
    const tries = able.map(({ number, may }) => `if(${may})n+=s${String(number)}(B,b,n);`);
    // Who has just moved is likely to go on; the others mostly wait for something else.
    const first = able.map(
      ({ number }, at) => `case ${String(number)}:${tries[at] ?? ""}if(n>${most})return;break;`,
    );
    const all = tries.map((attempt) => `${attempt}if(n>${most})return;`);
    return (
      `const M=Int8Array.of(-1,${this.model.transitions.map((t) => t.process).join(",")});` +
      `${functions}\nfunction run(B,b){let n=0;L[0]=0;switch(M[B[b+${String(words)}]+1])` +
      `{${first.join("")}}for(;;){const m=n;${all.join("")}if(n===m)return;}}\n` +
      `function runAll(B,b,end){for(;b<end;b+=${String(words + 4)})run(B,b);}`
    );
  }

  /**
   * The unseen steps of a process, one after another: a function that returns how many, `m` having been
   * taken before; and the test that it may have some where it is.
   */
  private stepper(p: Instance, number: number): { readonly code: string; readonly may: string } {
    const { words } = this.packing;
    const owns = this.owners.owns(number);
    const none = { code: "", may: "false" };
    if (owns === null) return none;
    const codes = p.leaving.map((leaving) => this.unseen(p, leaving));
    if (codes.every((code) => code === "")) return none;
    const cases = codes.map((code, at) =>
      code === "" ? "" : `case ${String(at)}:{${code}break;}`,
    );
    const here = this.packing.fields[p.slot];
    if (here === undefined) return none;
    const table = codes.map((code) => (code === "" ? 0 : 1)).join(",");
    const at = `(B[b+${String(here.word)}]>>>${String(here.shift)})&${String(here.mask)}`;
    const may = `u${String(number)}[${at}]===1`;
    const names = wordNames("w", words);
    const load = names.map((w, at) => `${w}=B[b+${String(at)}]`).join(",");
    const store = names.map((w, at) => `B[b+${String(at)}]=${w};`).join("");
    const bit = number < 31 ? `B[b+${String(words + 2)}]|=${String(1 << number)};` : "";
    const code =
      `const u${String(number)}=Uint8Array.of(${table});function s${String(number)}(B,b,m){` +
      `let ${load};const id=B[b+${String(words + 1)}];let n=0;` +
      `while(m+n<=${String(longestRun)}&&${this.old.test(owns)}){${this.guards.held(number)}` +
      `switch(${this.old.number({ op: "slot", slot: p.slot })}){${cases.join("")}}break;}` +
      `if(n!==0){${store}${bit}}return n;}`;
    return { code, may };
  }

  /** The one unseen step that a process can take at a location, if it is that. */
  private unseen(p: Instance, leaving: readonly Transition[]): string {
    const prints = leaving.map((t) => this.footprint(t));
    const seen =
      prints.some(({ writes }) => [...writes].some((slot) => this.visible.has(slot))) ||
      (leaving.some(({ from, to }) => from !== to) && this.visible.has(p.slot));
    if (leaving.length === 0 || seen || leaving.some((t) => this.owners.gives(t))) return "";
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
    const taken = this.onlyOne(p, leaving, guarded);
    return safe === "" ? taken : `if(${safe}){${taken}}`;
  }

  /** Takes the one step of several that is possible, if it is the only one. */
  private onlyOne(
    p: Instance,
    leaving: readonly Transition[],
    tested: ReadonlySet<string>,
  ): string {
    const names = leaving.map((_, at) => `g${String(at)}`);
    const tests = leaving.map((t, at) => `const ${names[at] ?? ""}=${this.old.test(t.own)};`);
    const [only] = leaving;
    if (leaving.length === 1 && only !== undefined) {
      const test = this.old.test(only.own);
      const taken = `${this.take(only, p.slot, tested)}continue;`;
      return test === "true" ? taken : `if(${test}){${taken}}`;
    }
    const one = `${names.map((name) => `(${name}?1:0)`).join("+")}===1`;
    const arms = leaving.map(
      (t, at) => `if(${names[at] ?? ""}){${this.take(t, p.slot, tested)}continue;}`,
    );
    return `${tests.join("")}if(${one}){${arms.join("")}}`;
  }

  /** Takes a step on the words in place, where certain tests hold. */
  private take(t: Transition, slot: number, tested: ReadonlySet<string>): string {
    const body = new ChangeWriter(this.old, t.id).transitionBody(t, slot);
    const stable = this.owners.stability(t, "o", "w");
    const copy = stable === "" ? "" : this.copy;
    return `${this.discipline([t], tested)}${copy}${body}${stable}L[++L[0]]=${String(t.id)};n++;`;
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
