/** JavaScript for the reduced search: checks of the guards, and runs through invisible steps. */
import type { ElementRef, Instance, Model, SlotRef, Transition } from "../../../machine/index.js";
import { enabledBy } from "../../analysis/enabling.js";
import { type Footprint, footprintOf, readSlots } from "../../analysis/footprint.js";
import type { Frame } from "../../analysis/orbit-frames.js";
import { goesRound } from "../../analysis/rounds.js";
import { code } from "../text/code.js";
import { OwnerWriter } from "../guards/cpu-ownership.js";
import { ChangeWriter } from "../expressions/effects.js";
import { ValueWriter } from "../expressions/expression.js";
import type { GuardWriter, Touch } from "../guards/guard-places.js";
import { KnownGuards } from "../guards/known-guards.js";
import { LearntGuards } from "../guards/learnt-guards.js";
import { here, runOf, wordNames } from "../layout/names.js";
import { NamedValue } from "../text/named-value.js";
import { longestRun } from "../layout/search-context.js";
import { inFrame } from "./steps.js";
import { field, storeWords } from "../layout/successor-record.js";
import type { Target } from "../layout/target.js";

/** What the steps of a model touch: found once, for all code that is made of it. */
export interface Touched {
  readonly owners: OwnerWriter;
  /** Of the transitions of processes that have code of their own. */
  readonly footprints: readonly (Footprint | undefined)[];
}

/** Returns what the steps of a model touch. */
export function touchedBy({ model, packing, codes }: Target): Touched {
  const footprints = model.transitions.map((t) =>
    codes.includes(t.process) ? footprintOf(model, t) : undefined,
  );
  return { owners: new OwnerWriter(model, packing), footprints };
}

/** The invisible steps of a process, one after another. */
export interface Stepper {
  /** `run3(batch, record, taken, frame, search)`: returns how many were taken, after `taken` others. */
  readonly source: string;
  /** For each location, whether there may be some. */
  readonly at: readonly boolean[];
}

/** Writes the parts of the reduced search. */
export class ReducedWriter {
  readonly guards: GuardWriter;
  readonly owners: OwnerWriter;
  private readonly model: Model;
  private readonly old: ValueWriter;
  private readonly copy: string;
  private readonly footprints: Touched["footprints"];
  private readonly visible: ReadonlySet<number>;

  /** @param known the guards as they stand; null while they are learnt */
  constructor(
    private readonly target: Target,
    { owners, footprints }: Touched,
    known: Int32Array | null,
  ) {
    const { model, packing } = target;
    this.model = model;
    this.old = new ValueWriter(packing, "w");
    this.owners = owners;
    const names = wordNames("o", packing.words);
    this.copy = `const ${names.map((name, at) => `${name} = w${String(at)}`).join(", ")};`;
    this.guards =
      known === null ? new LearntGuards(model, this.old) : new KnownGuards(model, this.old, known);
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

  /** What each process that can take invisible steps needs for them, by its number; those in `codes` alone. */
  steppers(codes: readonly number[]): ReadonlyMap<number, Stepper> {
    return new Map(
      codes.flatMap((code) => {
        const stepper = this.stepper(code);
        return stepper === null ? [] : [[code, stepper] as const];
      }),
    );
  }

  /** Returns, for each transition, the processes of which it may enable an invisible step, a bit each. */
  enabledBy(frames: readonly Frame[], at: ReadonlyMap<number, readonly boolean[]>): number[] {
    return enabledBy(this.model, frames, this.footprints, at);
  }

  private stepper(number: number): Stepper | null {
    const { packing, record } = this.target;
    const p = this.model.processes[number];
    const owns = this.owners.owns(number);
    if (p === undefined || owns === null) return null;
    const cpu = new NamedValue(here, p.cpu === null ? "" : this.old.number(p.cpu));
    const invisible = p.leaving.map((leaving) => this.invisible(p, leaving, cpu));
    if (invisible.every((step) => step === "")) return null;
    const cases = invisible.flatMap((step, location) =>
      step === ""
        ? []
        : [
            code`case ${location}: {
              ${step}
              break;
            }`,
          ],
    );
    const names = wordNames("w", packing.words);
    const load = names.map((name, at) => `${name} = ${field(at)}`).join(", ");
    const loop = code`${cpu.in(this.guards.held(number))}
        switch (${this.old.number({ op: "slot", slot: p.slot })}) {
          ${cases}
        }`;
    const source = code`function ${runOf(number)}(batch, record, taken, frame, search) {
      let ${load};
      const id = ${field(record.from)}, log = search.log;
      let count = 0;
      while (taken + count <= ${longestRun} && ${this.old.test(owns)}) {
        ${cpu.declared(loop)}
        break;
      }
      if (count !== 0) { ${storeWords(names, "batch", "record")} }
      return count;
    }`;
    return { source, at: invisible.map((step) => step !== "") };
  }

  /** The one invisible step that a process can take at a location, if it is that. */
  private invisible(p: Instance, leaving: readonly Transition[], cpu: NamedValue): string {
    const prints = leaving.map((t) => this.footprint(t));
    const seen =
      prints.some(({ writes }) => [...writes].some((slot) => this.visible.has(slot))) ||
      (leaving.some(({ from, to }) => from !== to) && this.visible.has(p.slot));
    if (leaving.length === 0 || seen || leaving.some((t) => this.owners.gives(t))) return "";
    // Whether it rests there, and so does not go round forever, is asked of stored states.
    if (leaving.some((t) => p.rests.has(t.from) && goesRound(this.target.rounds, t.process)))
      return "";
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
    const safe = cpu.in([...guarded].join(" && "));
    const taken = this.onlyOne(p, leaving, guarded, cpu);
    return safe === ""
      ? taken
      : code`if (${safe}) {
      ${taken}
    }`;
  }

  /** Takes the one step of several that is possible, if it is the only one. */
  private onlyOne(
    p: Instance,
    leaving: readonly Transition[],
    tested: ReadonlySet<string>,
    cpu: NamedValue,
  ): string {
    const [only] = leaving;
    if (leaving.length === 1 && only !== undefined) {
      return this.takeIf(cpu.in(this.old.test(only.own)), only, p.slot, tested, cpu);
    }
    const names = leaving.map((_, at) => `can${String(at)}`);
    const tests = leaving.map((t, at) =>
      cpu.in(`const ${names[at] ?? ""} = ${this.old.test(t.own)};`),
    );
    const count = names.map((name) => `(${name} ? 1 : 0)`).join(" + ");
    return code`${tests}
      if (${count} === 1) {
        ${leaving.map((t, at) => this.takeIf(names[at] ?? "", t, p.slot, tested, cpu))}
      }`;
  }

  /** Takes a step on the words in place, if it is possible and where certain tests hold. */
  private takeIf(
    test: string,
    t: Transition,
    slot: number,
    tested: ReadonlySet<string>,
    cpu: NamedValue,
  ): string {
    const check = this.owners.check(t, "o", "w");
    return code`${test === "true" ? "{" : `if (${test}) {`}
      ${cpu.in(this.discipline([t], tested))}
      ${check === "" ? "" : this.copy}
      ${cpu.in(new ChangeWriter(this.old, t.id).transitionBody(t, slot))}
      ${check}
      log[++log[0]] = ${inFrame(this.target, "frame", String(t.id))};
      count++;
      continue;
    }`;
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
