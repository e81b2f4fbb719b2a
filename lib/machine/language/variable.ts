/** Shared, per-CPU and per-task memory of a scenario, as typed declarations. */
import type { CompareLocks, LockKind, MapSince, WaitType } from "../../primitives/lock.js";
import { expectName, expectOptions } from "../../primitives/option-names.js";
import { type IdSet, expectSet } from "./id-set.js";
import { notANumber } from "./not-a-number.js";
import { shown } from "../../primitives/shown.js";

/** The values that a variable may take. */
export type Domain =
  | { readonly kind: "bool" }
  | { readonly kind: "int"; readonly min: number; readonly max: number }
  | { readonly kind: "id"; readonly set: IdSet; readonly none: boolean }
  /** A process of the scenario, or NONE: who owns a mutex. */
  | { readonly kind: "process" };

/** What one dimension of an array counts: ids, or plain integers from 0. */
export type Dimension = IdSet | number;

/** How lockdep knows the lock that a variable implements. */
export interface LockClass {
  readonly kind: LockKind;
  /** The kernel's name of the class, such as `&rq->__lock`. */
  readonly name: string;
  readonly key: string;
  readonly waitInner: WaitType;
  readonly waitOuter: WaitType;
  /** False after `lockdep_set_novalidate_class()`. */
  readonly validate: boolean;
  /** `LD_LOCK_*`, where it is not a normal lock. */
  readonly lockType?: "percpu" | "wait-override";
  /** After `lockdep_set_lock_cmp_fn()`. */
  readonly compare?: CompareLocks;
  /** The release that came with the map; every kernel has it where there is none. */
  readonly since?: MapSince;
}

/** A declared variable: a scalar, or an array with one element for each combination of `per`. */
export interface Variable {
  readonly kind: "variable";
  readonly name: string;
  readonly domain: Domain;
  readonly per: readonly Dimension[];
  /** The first value: one for all elements, or by index. */
  readonly init: number | ((...index: readonly number[]) => number);
  /** What it may start as, one or the other, where that is chosen. */
  readonly startsAs?: readonly number[];
  /** False where bounds matter only if somebody reads it, as of the counts of every CPU. */
  readonly bounded?: false;
  /** True of a count of processes that are inside: its limit is at least their number. */
  readonly countsProcesses?: true;
  /** True of what a translation has invented: nobody looks it up by its name. */
  readonly temporary?: true;
  readonly lock: LockClass | null;
}

/** What `variable()` may be told beyond name and domain. */
export interface VariableOptions {
  /** Array dimensions, such as `[CPU]` for a per-CPU variable. */
  readonly per?: readonly Dimension[];
  /** The first value, one for all elements or by index; or `anyOf()` several, each element on its own. */
  readonly init?: number | AnyOf | ((...index: readonly number[]) => number);
}

/** Values of which one is the first. */
export interface AnyOf {
  readonly kind: "any-of";
  readonly values: readonly number[];
}

/**
 * Returns first values of which any may be the one: what is explored is explored for each.
 *
 * @throws TypeError if there is none
 * @example
 * const turn = variable("turn", int(0, 1), { init: anyOf(0, 1) });
 */
export function anyOf(...values: readonly number[]): AnyOf {
  if (values.length === 0 || !values.every(Number.isInteger)) {
    throw new TypeError(`anyOf(${values.join(", ")}): one whole number or more is wanted`);
  }
  return { kind: "any-of", values: [...new Set(values)] };
}

/** Truth values, 0 and 1. */
export const bool: Domain = { kind: "bool" };

/**
 * Returns the domain of the integers from `min` to `max`, both included.
 *
 * @param min from -2^31 on
 * @param max up to 2^31 - 1, and less than 2^31 above `min`: a state keeps how far a value is above that
 * @throws TypeError if there are no such integers
 * @throws RangeError if a state cannot hold them
 */
export function int(min: number, max: number): Domain {
  const given = `int(${String(min)}, ${String(max)})`;
  if (!Number.isInteger(min) || !Number.isInteger(max) || min > max) {
    throw new TypeError(`${given}: there are no such integers`);
  }
  if (min < -(2 ** 31) || max >= 2 ** 31) {
    throw new RangeError(`${given}: a value has to fit into 32 bits with its sign`);
  }
  if (max - min >= 2 ** 31) {
    throw new RangeError(`${given}: too wide; at most 2^31 values, such as int(0, 2 ** 31 - 1)`);
  }
  return { kind: "int", min, max };
}

/** Returns the domain of the members of a set. */
export function id(set: IdSet): Domain {
  expectSet("id()", set);
  return { kind: "id", set, none: false };
}

/** Returns the domain of the members of a set and `NONE`. */
export function idOrNone(set: IdSet): Domain {
  expectSet("idOrNone()", set);
  return { kind: "id", set, none: true };
}

/**
 * Returns a variable; it starts as 0 or false, an id that may be `NONE` as `NONE`.
 *
 * @example
 * const need_resched = variable("need_resched", bool, { per: [CPU] });
 */
export function variable(name: string, domain: Domain, options: VariableOptions = {}): Variable {
  expectName("variable", name);
  const given: unknown = domain;
  if (typeof given !== "object" || given === null || !("kind" in given)) {
    const wanted = "bool, int(least, most), id(set) or idOrNone(set)";
    throw new TypeError(`variable("${name}"): ${shown(given)} is no domain; ${wanted} is wanted`);
  }
  expectOptions(`variable("${name}")`, options, { per: true, init: true });
  const { per = [], init: first = firstOf(domain) } = options;
  const startsAs = typeof first === "object" ? first.values : null;
  const init = typeof first === "object" ? (first.values[0] ?? firstOf(domain)) : first;
  for (const of of listOf(per, name)) {
    if (typeof of !== "number") expectSet(`variable("${name}"): per`, of);
    else if (!Number.isInteger(of) || of < 1) {
      throw new TypeError(
        `variable("${name}"): per has ${String(of)} elements; a whole number from 1 is wanted`,
      );
    }
  }
  const chosen = startsAs === null ? {} : { startsAs };
  return notANumber({ kind: "variable", name, domain, per, init, ...chosen, lock: null }, name);
}

/**
 * Returns a count of the processes that are inside of something, starting at 0: as many as there are can be.
 *
 * @param most how often it can be counted up where a scenario has fewer processes: one may be inside twice
 */
export function countOfProcesses(
  name: string,
  most: number,
  options: VariableOptions = {},
): Variable {
  return { ...variable(name, int(0, most), options), countsProcesses: true };
}

function listOf(per: unknown, name: string): readonly unknown[] {
  if (Array.isArray(per)) return per;
  throw new TypeError(
    `variable("${name}"): per is a list of sets and numbers, as in [CPU], and not ${shown(per)}`,
  );
}

function firstOf(domain: Domain): number {
  switch (domain.kind) {
    case "bool":
      return 0;
    case "int":
      return Math.min(Math.max(0, domain.min), domain.max);
    case "id":
      return domain.none ? -1 : 0;
    case "process":
      return -1;
  }
}
