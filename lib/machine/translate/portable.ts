/**
 * What was translated, as a value that can be written down and read in another process: without functions, and
 * with the machine's own variables and sets, which are known by being the same, named by their places in a list.
 */
import * as machine from "../kernel/cpu.js";
import { signalPending } from "../kernel/signal-pending.js";
import { ANY_CPU, CPU, PROCESS } from "../language/id-set.js";
import type { Scenario } from "../language/scenario.js";
import type { Variable } from "../language/variable.js";
import { firstValue, indices } from "./resolve/slots.js";

/** A value without functions; what is to be put back where it came from. */
export interface Portable {
  readonly value: object;
  readonly own: readonly Place[];
  readonly firsts: readonly FirstTable[];
}

/** A place that holds something of the machine's own, by its place in the list of that. */
interface Place {
  readonly in: object;
  readonly at: string;
  readonly own: number;
}

/** A variable whose first values are those of a function, by its indices. */
interface FirstTable {
  readonly of: object;
  readonly values: ReadonlyMap<string, number>;
}

/** What a translation may refer to that is no part of it. */
const ownThings = (): readonly object[] => [
  CPU,
  ANY_CPU,
  PROCESS,
  signalPending,
  ...Object.values(machine).filter((of) => typeof of === "object"),
];

/**
 * Returns something translated as a value; null where that cannot be, as with an order of locks of one's own.
 *
 * @param scenario what it is about: how large its sets are
 */
export function portable(of: object, scenario: Scenario): Portable | null {
  const copier = new Copier(scenario);
  const value = copier.copy(of);
  return copier.isWhole ? { value, own: copier.places, firsts: copier.firsts } : null;
}

/** Returns what the value was made of; it is changed in place. */
export function revived({ value, own, firsts }: Portable): object {
  const things = ownThings();
  for (const place of own) Reflect.set(place.in, place.at, things[place.own]);
  for (const { of, values } of firsts) {
    Reflect.set(of, "init", (...index: readonly number[]) => values.get(index.join()) ?? 0);
  }
  return value;
}

/** Copies what hangs together, each thing once. */
class Copier {
  readonly places: Place[] = [];
  readonly firsts: FirstTable[] = [];
  /** False once something was met that is no value. */
  isWhole = true;
  private readonly copies = new Map<object, object>();
  private readonly own = new Map(ownThings().map((thing, at) => [thing, at]));

  constructor(private readonly scenario: Scenario) {}

  copy(of: object): object {
    const known = this.copies.get(of);
    if (known !== undefined) return known;
    if (isList(of)) return this.list(of);
    if (of instanceof Map) {
      const map = new Map<unknown, unknown>();
      this.copies.set(of, map);
      for (const [key, value] of of) map.set(this.inside(key), this.inside(value));
      return map;
    }
    if (of instanceof Set) {
      const set = new Set<unknown>();
      this.copies.set(of, set);
      for (const value of of) set.add(this.inside(value));
      return set;
    }
    if (Object.getPrototypeOf(of) !== Object.prototype) this.isWhole = false;
    const made = this.filled(of);
    if (isVariable(of) && typeof of.init === "function") this.firsts.push(this.table(of, made));
    return made;
  }

  private list(of: readonly unknown[]): object {
    const made: unknown[] = [];
    this.copies.set(of, made);
    for (const [at, part] of of.entries()) made.push(this.part(part, made, at));
    return made;
  }

  // By plain assignments: a model has some hundred thousand properties, and `Reflect.set()` takes ten times as long.
  private filled(of: object): object {
    const from: Readonly<Record<string, unknown>> = { ...of };
    const made: Record<string, unknown> = {};
    this.copies.set(of, made);
    for (const at in from) {
      const part = from[at];
      const isFirst = at === "init" && typeof part === "function" && isVariable(of);
      made[at] = isFirst ? null : this.part(part, made, at);
    }
    return made;
  }

  /** What stands for a part in the copy: nothing for the machine's own, whose place is noted. */
  private part(part: unknown, made: object, at: string | number): unknown {
    if (typeof part !== "object" || part === null) return this.inside(part);
    const own = this.own.get(part);
    if (own === undefined) return this.copy(part);
    this.places.push({ in: made, at: String(at), own });
    return null;
  }

  private inside(part: unknown): unknown {
    if (typeof part === "function" || typeof part === "symbol") this.isWhole = false;
    if (typeof part !== "object" || part === null) return part;
    // In a map or a set it could not be put back.
    if (this.own.has(part)) this.isWhole = false;
    return this.copy(part);
  }

  private table(of: Variable, copy: object): FirstTable {
    const all = indices(of, this.scenario);
    return { of: copy, values: new Map(all.map((at) => [at.join(), firstValue(of, at)])) };
  }
}

const isList = (of: object): of is readonly unknown[] => Array.isArray(of);
const isVariable = (of: object): of is Variable => "kind" in of && of.kind === "variable";
