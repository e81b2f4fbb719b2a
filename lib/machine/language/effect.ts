/** What a step does to the state, and what it tells lockdep. */
import type { ReadMode } from "../../primitives/event.js";
import { type Element, type Expr, type Operand, operandOf } from "./expr.js";
import { type IdSet, expectSet } from "./id-set.js";
import type { Variable } from "./variable.js";

/** What a failed check says about the program. */
export type CheckKind = "assert" | "corruption" | "misuse";

/** A value that is stored. */
export interface Assignment {
  readonly kind: "assign";
  readonly to: Element;
  readonly value: Expr;
  /** Whether no text says so: nobody will read what the variable held. */
  readonly forgets?: true;
}

/** What a step does to the state, in order. */
export type Effect =
  | Assignment
  | {
      readonly kind: "if";
      readonly test: Expr;
      readonly then: readonly Effect[];
      readonly else: readonly Effect[];
    }
  /** For every member of a set, in the order of the members. */
  | {
      readonly kind: "each";
      readonly set: IdSet;
      readonly name: string;
      readonly body: readonly Effect[];
    }
  | {
      readonly kind: "check";
      readonly violation: CheckKind;
      readonly test: Expr;
      readonly message: string;
    };

/** A class by its name and its `lock_class_key`. */
export interface NamedKey {
  readonly name: string;
  readonly key: string;
}

/** A fact for lockdep and for the timeline, whose lock is found when the step runs. */
export type FactTemplate =
  | {
      readonly kind: "acquire";
      readonly lock: Element;
      readonly subclass: number;
      readonly trylock: boolean;
      /** False where nothing is learnt from it, as from `rcu_read_lock()`. */
      readonly check: boolean;
      /** 0, 1 or 2 as `ReadMode`; may depend on where the step is taken. */
      readonly read: Expr;
      readonly nest: Element | null;
    }
  | { readonly kind: "release" | "unlocked" | "downgrade"; readonly lock: Element }
  | { readonly kind: "locked"; readonly lock: Element; readonly read: ReadMode }
  /** Takes it and drops it at once, with IRQs off around it if told: `might_lock()`, or a lock inside a call. */
  | {
      readonly kind: "touch";
      readonly lock: Element;
      readonly read: ReadMode;
      readonly irqsave: boolean;
    }
  /** `lock_sync()`: waits for whoever holds it, and holds nothing after it. */
  | { readonly kind: "sync"; readonly lock: Element; readonly read: ReadMode }
  /** The memory that the lock is in is freed. */
  | { readonly kind: "free"; readonly lock: Element }
  /** `lock_set_subclass()` of a lock that is held, or `lock_set_class()` with another class. */
  | {
      readonly kind: "set_subclass";
      readonly lock: Element;
      readonly subclass: number;
      readonly as?: NamedKey;
    }
  /** `lock_pin_lock()`: lockdep warns if it is dropped before it is unpinned. */
  | { readonly kind: "pin" | "unpin"; readonly lock: Element }
  /** "suspicious RCU usage", unless a map of these is held; or where one is, if none may be. */
  | {
      readonly kind: "rcu_warn";
      readonly unless: "held" | "none-held";
      readonly maps: readonly Element[];
      readonly message: string;
    }
  /** `lockdep_off()` and `lockdep_on()`. */
  | { readonly kind: "lockdep"; readonly on: boolean }
  | { readonly kind: "hardirqs" | "softirqs" | "assert_irqs"; readonly on: boolean }
  | { readonly kind: "restore_hardirqs"; readonly to: Element }
  | {
      readonly kind: "enter";
      readonly context: "hardirq" | "softirq";
      /** Whether PREEMPT_RT would run the handler in a thread. */
      readonly threaded?: boolean;
    }
  | { readonly kind: "exit"; readonly context: "hardirq" | "softirq" }
  /** `nmi_enter()` and `nmi_exit()`. */
  | { readonly kind: "nmi"; readonly on: boolean }
  | { readonly kind: "assert_held"; readonly lock: Element; readonly held: boolean }
  | { readonly kind: "return_to_user" };

/** Returns the effect `to = value`. */
export function assign(to: Element | Variable, value: Operand): Assignment {
  return assignment("assign()", to, value);
}

/** Returns the effect `to = value` of a call that is named in errors. */
export function assignment(call: string, to: Element | Variable, value: Operand): Assignment {
  const given: unknown = to;
  if (given === undefined) {
    throw new TypeError(
      `${call}: undefined is nothing that can be assigned; an element of an array is at(a, 0), and not a[0]`,
    );
  }
  const place = operandOf(call, to);
  if (place.op !== "read") throw new TypeError(`${call}: the left side is not a variable`);
  return {
    kind: "assign",
    to: place,
    value: operandOf(`${call} of ${place.variable.name}`, value),
  };
}

/** Returns an effect that happens only when a condition holds. */
export function when(
  test: Operand,
  then: readonly Effect[],
  otherwise: readonly Effect[] = [],
): Effect {
  return { kind: "if", test: operandOf("when()", test), then, else: otherwise };
}

/**
 * Returns the effects for every member of a set, in the order of the members: a later one sees what an
 * earlier one has assigned. Members whose order matters so are not interchangeable.
 */
export function each(over: IdSet, body: (member: Expr) => readonly Effect[]): Effect {
  expectSet("each()", over);
  // No inner one has the same name.
  const inner: unknown = body({ op: "bound", name: "", set: over });
  const name = `each ${over.name} ${String(Array.isArray(inner) ? deepest(inner) : 0)}`;
  return { kind: "each", set: over, name, body: body({ op: "bound", name, set: over }) };
}

/** Returns how deep `each()` nests in effects. */
function deepest(effects: readonly Effect[]): number {
  const depths = effects.map((of) => {
    if (of.kind === "if") return deepest([...of.then, ...of.else]);
    return of.kind === "each" ? 1 + deepest(of.body) : 0;
  });
  return Math.max(0, ...depths);
}

/** Returns an effect that changes nothing and reports a violation if `test` is false. */
export function check(test: Operand, message: string, violation: CheckKind = "assert"): Effect {
  return { kind: "check", test: operandOf("check()", test), message, violation };
}
