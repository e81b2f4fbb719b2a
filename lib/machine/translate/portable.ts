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
    if (Array.isArray(of)) return this.filled(of, []);
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
    const made = this.filled(of, {});
    if (isVariable(of) && typeof of.init === "function") this.firsts.push(this.table(of, made));
    return made;
  }

  private filled(of: object, made: object): object {
    this.copies.set(of, made);
    for (const [at, part] of Object.entries(of) as Iterable<[string, unknown]>) {
      const own = typeof part === "object" && part !== null ? this.own.get(part) : undefined;
      if (own !== undefined) this.places.push({ in: made, at, own });
      const isFirst = at === "init" && isVariable(of) && typeof part === "function";
      Reflect.set(made, at, own !== undefined || isFirst ? null : this.inside(part));
    }
    return made;
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

const isVariable = (of: object): of is Variable => "kind" in of && of.kind === "variable";
