/**
 * JavaScript about guards once they are known: only those few are tested that a place has, and most tests
 * vanish.
 */
import type { Model } from "../../../machine/index.js";
import { bit } from "../../analysis/guards.js";
import { code } from "../text/code.js";
import type { ValueWriter } from "../expressions/expression.js";
import { GuardPlaces, type GuardWriter, type Touch } from "./guard-places.js";
import { heldBy, wordNames } from "../layout/names.js";
import type { Pass } from "../text/pass.js";

/** Writes tests of guards as they stood when the code was made. */
export class KnownGuards implements GuardWriter {
  private readonly places: GuardPlaces;
  private readonly words: string;

  /** @param known the guards of each slot at every access, then at every write */
  constructor(
    model: Model,
    private readonly values: ValueWriter,
    private readonly known: Int32Array,
  ) {
    this.places = new GuardPlaces(model, values);
    this.words = wordNames("w", values.packing.words).join(", ");
  }

  held(): string {
    return "";
  }

  passes(codes: readonly number[]): readonly Pass[] {
    const functions = codes.map(
      (number) => code`function ${heldBy(number)}(${this.words}) {
        return ${this.places.heldBy(number)};
      }`,
    );
    const provides = this.needs(codes);
    return [
      {
        title: "the guards that a process holds",
        source: functions.join("\n"),
        provides,
        needs: [],
      },
    ];
  }

  needs(codes: readonly number[]): readonly string[] {
    return codes.map(heldBy);
  }

  some(touch: Touch): string {
    return this.places.once("some", touch, () => {
      const test = this.eachElement(touch, (at, cpu) => {
        const tests = this.bitsAt(at).map((b) => this.holds(b, touch.process, cpu));
        if (tests.includes("true")) return "true";
        const open = tests.filter((t) => t !== "false");
        return open.length === 0 ? "false" : `(${open.join(" || ")})`;
      });
      return this.places.ifAnywhere(touch.place, test);
    });
  }

  giveUp(touches: readonly Touch[], tested: ReadonlySet<string> = new Set()): string {
    const byTest = new Map<string, Set<string>>();
    const [first] = touches;
    if (first === undefined) return "";
    for (const touch of touches) {
      const test = this.places.once("all", touch, () => this.allHeld(touch));
      if (test === "true" || tested.has(test)) continue;
      const loss = this.places.once("loss", touch, () => this.loss(touch));
      byTest.set(test, (byTest.get(test) ?? new Set()).add(loss));
    }
    const held = `const held = ${heldBy(first.process)}(${this.words});`;
    return [...byTest]
      .map(
        ([test, losses]) => code`if (!${test}) {
          search.broken[0] = 1;
          ${held}
          ${[...losses]}
        }`,
      )
      .join("\n");
  }

  private loss(touch: Touch): string {
    const { places } = this;
    return places.whereAny(touch.place, `${places.entry(touch)} &= ${places.kept(touch)};`);
  }

  /** A test that a process holds all guards of a place, if that is anywhere. */
  private allHeld(touch: Touch): string {
    const test = this.eachElement(touch, (at, cpu, lock) => {
      const tests = this.bitsAt(at)
        .filter((b) => !touch.takes || b !== lock)
        .map((b) => this.holds(b, touch.process, cpu))
        .filter((t) => t !== "true");
      if (tests.includes("false")) return "false";
      return tests.length === 0 ? "true" : `(${tests.join(" && ")})`;
    });
    return this.places.ifAnywhere(touch.place, test);
  }

  private bitsAt(entry: number): number[] {
    const guards = this.known[entry] ?? 0;
    return Array.from({ length: this.places.guards.count }, (_, b) => b).filter(
      (b) => (guards & bit(b)) !== 0,
    );
  }

  /** A test that a process holds a guard; `cpu` is its CPU where that is known. */
  private holds(guard: number, process: number, cpu: number | null): string {
    const { locks, firstCpu, firstProcess } = this.places.guards;
    if (guard >= firstProcess) return String(guard - firstProcess === process);
    const where = this.places.model.processes[process]?.cpu ?? null;
    if (where === null) return "false";
    const here = cpu === null ? this.values.number(where) : String(cpu);
    if (guard >= firstCpu) return equal(here, String(guard - firstCpu));
    const slot = locks[guard] ?? 0;
    const owner = this.places.ownerName(slot, process, here);
    return `${this.values.number({ op: "slot", slot })} === ${owner}`;
  }

  /**
   * A test made of one for each element that the place may be: `test` is given its entry among the guards,
   * the process's CPU where the index is just that, and the element's bit if it is a lock.
   */
  private eachElement(
    { process, place, writes }: Touch,
    test: (at: number, cpu: number | null, lock: number) => string,
  ): string {
    const { model, guards } = this.places;
    const first = writes ? model.slots.length : 0;
    const one = (slot: number, cpu: number | null): string =>
      test(first + slot, cpu, guards.locks.indexOf(slot));
    if (place.op === "slot") return one(place.slot, null);
    const where = model.processes[process]?.cpu ?? null;
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
        .reduceRight(
          (rest, t, at) => (t === rest ? t : `(${by} === ${String(at)} ? ${t} : ${rest})`),
          last,
        );
    };
    return choose(0, 0, null);
  }
}

/** Returns an equality, decided where both sides are numbers. */
function equal(left: string, right: string): string {
  return /^\d+$/.test(left) ? String(left === right) : `${left} === ${right}`;
}
