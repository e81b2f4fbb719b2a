/**
 * A scenario: the processes, how many CPUs and other things there are, and what must hold.
 *
 * How to write one: declare variables and locks as constants, write the code of each process as a
 * list of statements named as in the kernel, and put them into `scenario()`.
 *
 * @example
 * const a = raw_spinlock("a");
 * const b = raw_spinlock("b");
 * const take = (first: LockRef, second: LockRef) => [
 *   forever([
 *     raw_spin_lock(first), raw_spin_lock(second),
 *     raw_spin_unlock(second), raw_spin_unlock(first),
 *   ]),
 * ];
 * const abba = scenario("AB/BA", {
 *   sizes: { cpu: 2 },
 *   processes: [thread("T0", 0, take(a, b)), thread("T1", 1, take(b, a))],
 * });
 */
import { expectName, expectOptions } from "../../primitives/option-names.js";
import { type Operand, type Expr, operandOf } from "./expr.js";
import type { Process } from "./process-type.js";

/** A condition on states, with the name that a violation is reported by. */
export interface Predicate {
  readonly name: string;
  readonly holds: Expr;
}

/** A model, complete but for its translation. */
export interface Scenario {
  readonly name: string;
  /** The number of members of each set, by its name: `{ cpu: 2, vcpu: 3 }`. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly processes: readonly Process[];
  /** What must hold in every state. */
  readonly always: readonly Predicate[];
  /** What must hold when nothing but devices can move: else a wakeup was lost. */
  readonly quiescent: readonly Predicate[];
  /** What must hold where every task has come to an end: else it is an assertion that fails. */
  readonly finally: readonly Predicate[];
  /** Whose lockdep watches it, such as "6.16", unless told otherwise. */
  readonly kernel?: string;
  /** The texts that it was translated from, if any: the places of its steps are in these. */
  readonly sources?: readonly SourceText[];
  /** Calls of these that nobody knows, and that were left out. */
  readonly leftOut?: readonly string[];
}

/** A text that a scenario was translated from. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** What `scenario()` is told beside the name. */
export interface ScenarioOptions {
  readonly sizes: Readonly<Record<string, number>>;
  readonly processes: readonly Process[];
  readonly always?: Readonly<Record<string, Operand>>;
  readonly quiescent?: Readonly<Record<string, Operand>>;
  readonly finally?: Readonly<Record<string, Operand>>;
  /** Whose lockdep watches it, such as "6.16", unless told otherwise. */
  readonly kernel?: string;
}

const optionNames: Record<keyof ScenarioOptions, true> = {
  sizes: true,
  processes: true,
  always: true,
  quiescent: true,
  finally: true,
  kernel: true,
};

/**
 * Returns a scenario; what it is made of is looked at when it is used.
 *
 * @throws TypeError if there are no options, or one that there is not
 */
export function scenario(name: string, options: ScenarioOptions): Scenario {
  expectName("scenario", name);
  expectOptions(`scenario("${name}")`, options, optionNames);
  const { sizes, processes, always = {}, quiescent = {}, finally: atEnd = {} } = options;
  const { kernel } = options;
  for (const [option, given] of Object.entries({ always, quiescent, finally: atEnd })) {
    if ("op" in given || "domain" in given) {
      throw new TypeError(
        `scenario("${name}"): ${option} has named conditions, as in { ${option}: { "what holds": eq(n, 0) } }`,
      );
    }
  }
  const predicates = (of: Readonly<Record<string, Operand>>): Predicate[] =>
    Object.entries(of).map(([key, value]) => ({
      name: key,
      holds: operandOf(`scenario("${name}"): "${key}"`, value),
    }));
  return {
    name,
    sizes,
    processes,
    always: predicates(always),
    quiescent: predicates(quiescent),
    finally: predicates(atEnd),
    ...(kernel === undefined ? {} : { kernel }),
  };
}
