/**
 * A scenario translated: one table of transitions per process over a state that is a list of numbers.
 *
 * The readable step, the compiled explorer and the Promela writer all work from this one table.
 */
import type { LockClass, Variable } from "../language/variable.js";
import type { StackedFact } from "./stacked-fact.js";
import type { SourcePlace } from "../language/statement.js";
import type { Scenario } from "../language/scenario.js";
import type { Change, Value } from "./value.js";

/** One number of the state. */
export interface Slot {
  /** As printed: `on_cpu[vcpu0]`, or the process whose location it is. */
  readonly name: string;
  /** The declared variable; null for a location. */
  readonly variable: Variable | null;
  readonly index: readonly number[];
  /** The process whose location this is; null for a variable. */
  readonly process: number | null;
  readonly min: number;
  readonly max: number;
  readonly init: number;
}

/** The lock that a fact is about: which instance depends on the state. */
export interface LockTarget {
  readonly variable: string;
  readonly lock: LockClass;
  readonly sizes: readonly number[];
  readonly index: readonly Value[];
}

type WithTargets<F> = F extends { readonly nest: unknown }
  ? Omit<F, "lock" | "nest" | "read"> & {
      readonly lock: LockTarget;
      readonly nest: LockTarget | null;
      readonly read: Value;
    }
  : F extends { readonly maps: unknown }
    ? Omit<F, "maps"> & { readonly maps: readonly LockTarget[] }
    : F extends { readonly lock: unknown }
      ? Omit<F, "lock"> & { readonly lock: LockTarget }
      : F extends { readonly to: unknown }
        ? Omit<F, "to"> & { readonly to: Value }
        : F;

/** A fact of a transition, with its stack. */
export interface ResolvedFact {
  readonly fact: WithTargets<StackedFact["fact"]>;
  readonly stack: readonly string[];
}

/** One atomic step of one process. */
export interface Transition {
  /** Its position in `Model.transitions`. */
  readonly id: number;
  readonly process: number;
  /** Which step of its process it is: the same number for all members of a set. */
  readonly edge: number;
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** Where the text stands that the step comes from; null of steps that were written as statements. */
  readonly at: SourcePlace | null;
  /** The functions it runs in, innermost first. */
  readonly stack: readonly string[];
  readonly guard: Value;
  /** The guard of the step itself, without what its process needs to run at all. */
  readonly own: Value;
  readonly changes: readonly Change[];
  readonly facts: readonly ResolvedFact[];
  /** How many of the facts come before the step can be taken: lockdep hears of them although it waits. */
  readonly early: number;
  /** The member that is picked, if the step is a choice; its name as printed. */
  readonly picked: {
    readonly set: string;
    readonly member: number;
    readonly name: string;
  } | null;
}

/** One process of the model. */
export interface Instance {
  readonly name: string;
  /** The position of its declaration in the scenario, and which member of its set it is. */
  readonly declared: number;
  readonly member: number | null;
  readonly kind: "task" | "hardirq" | "softirq" | "device";
  readonly cpu: Value | null;
  /** What must hold for any of its steps. */
  readonly runs: Value;
  /** Whether its CPU is its own, interrupted or not. */
  readonly hasCpu: Value;
  /** The slot that holds its location. */
  readonly slot: number;
  readonly locations: number;
  readonly ends: ReadonlySet<number>;
  /** Where waiting forever is fine while a condition holds, which then holds until the process moves. */
  readonly rests: ReadonlyMap<number, Value>;
  /** The transitions that leave each location. */
  readonly leaving: readonly (readonly Transition[])[];
  /** The steps that would leave a location, and that no state allows, by their labels. */
  readonly never: ReadonlyMap<number, readonly string[]>;
  /** Where those would lead. */
  readonly unreached: ReadonlyMap<number, readonly number[]>;
}

/** A named condition, resolved. */
export interface Condition {
  readonly name: string;
  readonly holds: Value;
}

/** A model, ready to be explored. */
export interface Model {
  readonly scenario: Scenario;
  readonly slots: readonly Slot[];
  readonly processes: readonly Instance[];
  readonly transitions: readonly Transition[];
  readonly always: readonly Condition[];
  readonly quiescent: readonly Condition[];
  /** What must hold where nothing but devices can move and everybody is at an end. */
  readonly finally: readonly Condition[];
  /** For each location slot that some expression asks for: the sets of locations that it asks for. */
  readonly askedFor: ReadonlyMap<number, readonly ReadonlySet<number>[]>;
  /** The variables that are written, as statements that were not read from a text say, and read by nobody. */
  readonly unread: readonly string[];
  /** The labels of steps that ask for a signal, where nobody sends one. */
  readonly unsent: readonly string[];
  /** The members of each set that the scenario names one by one: not interchangeable. */
  readonly named: ReadonlyMap<string, ReadonlySet<number>>;
}

/** A state: one number for each slot of the model. */
export type State = readonly number[];

/** Returns the state in which everything starts. */
export function initialState(model: Model): State {
  return model.slots.map(({ init }) => init);
}
