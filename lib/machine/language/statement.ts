/**
 * Statements of a scenario: kernel code as data, a `step` being what happens at once.
 *
 * Between two steps of a process, any other may run; inside a step, none can.
 */
import type { ReadMode } from "../../primitives/event.js";
import { expectOptions } from "../../primitives/option-names.js";
import { type Element, type Expr, type Operand, and, ended, expr } from "./expr.js";
import { type IdSet, expectSet } from "./id-set.js";
import { printTest } from "./print-expr.js";
import type { Domain, Variable } from "./variable.js";
import { isRecord } from "../../primitives/record.js";
import { shown } from "../../primitives/shown.js";

/** What a failed check says about the program. */
export type CheckKind = "assert" | "corruption" | "misuse";

/** A value that is stored. */
export interface Assignment {
  readonly kind: "assign";
  readonly to: Element;
  readonly value: Expr;
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
  /** `lock_set_subclass()` of a lock that is held. */
  | { readonly kind: "set_subclass"; readonly lock: Element; readonly subclass: number }
  /** `lock_pin_lock()`: who drops it before it is unpinned is warned of. */
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

/** A place in a source text, counted from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One atomic step: possible when the guard holds. */
export interface Step {
  readonly kind: "step";
  readonly label: string;
  readonly guard: Expr;
  readonly effects: readonly Effect[];
  readonly facts: readonly FactTemplate[];
  /**
   * Whether waiting here forever is fine (an idle loop, a blocked task). A condition must, once it
   * holds, go on to hold until the process moves.
   */
  readonly end: boolean | Expr;
  /** The lock for which this call may sleep, or whose sleepers it may have to wake; null of others. */
  readonly sleeping: SleepingCall | null;
  /** Where the text stands that the step comes from; null of steps that were written as statements. */
  readonly at: SourcePlace | null;
}

/** A call on a lock whose waiters sleep. */
export interface SleepingCall {
  readonly lock: Variable;
  /** What a task that shares its CPU has to call, empty if there is no such call; null if this is that. */
  readonly instead: string | null;
}

export type Statement =
  | Step
  /** Facts alone: seen by lockdep, no step of the machine. */
  | { readonly kind: "annotate"; readonly facts: readonly FactTemplate[] }
  | {
      readonly kind: "choose";
      readonly set: IdSet;
      readonly name: string;
      readonly step: Step;
    }
  | {
      readonly kind: "if";
      readonly test: Expr;
      readonly then: readonly Statement[];
      readonly else: readonly Statement[];
    }
  | { readonly kind: "while"; readonly test: Expr | null; readonly body: readonly Statement[] }
  /** Rounds of the body until an exit can be taken, whose statements are outside of the loop. */
  | { readonly kind: "until"; readonly exits: readonly Exit[]; readonly body: readonly Statement[] }
  | { readonly kind: "either"; readonly arms: readonly (readonly Statement[])[] }
  | { readonly kind: "call"; readonly name: string; readonly body: readonly Statement[] }
  | { readonly kind: "section"; readonly name: string; readonly body: readonly Statement[] }
  | { readonly kind: "break" | "continue" | "return" }
  | { readonly kind: "label" | "goto"; readonly name: string };

/** A way out of a loop, looked at before each round. */
export interface Exit {
  readonly test: Expr;
  readonly then: readonly Statement[];
  /** Whether another round may be made even so: a time that may be up. */
  readonly may: boolean;
}

/** What `step()` may be told. */
export interface StepOptions {
  readonly when?: Operand;
  readonly then?: readonly Effect[];
  readonly facts?: readonly FactTemplate[];
  readonly end?: boolean | Expr;
  readonly sleeping?: SleepingCall;
}

const stepOptionNames: Record<keyof StepOptions, true> = {
  when: true,
  then: true,
  facts: true,
  end: true,
  sleeping: true,
};

/**
 * Returns a step: it waits until `when` holds, then does all of `then` with nobody in between, in order:
 * each effect sees those before it, so that two variables are not swapped without a third.
 *
 * @throws TypeError if there is no label, or no such option
 */
export function step(label: string, options: StepOptions = {}): Step {
  const given: unknown = label;
  if (typeof given !== "string") {
    throw new TypeError(
      `step(): ${shown(given)} where its label belongs; write step("what it does", { when, then })`,
    );
  }
  expectOptions(`step("${label}")`, options, stepOptionNames);
  const { when = true, then = [], facts = [], end = false, sleeping = null } = options;
  return { kind: "step", label, guard: expr(when), effects: then, facts, end, sleeping, at: null };
}

/** Returns the effect `to = value`. */
export function assign(to: Element | Variable, value: Operand): Assignment {
  const given: unknown = to;
  if (given === undefined) {
    throw new TypeError(
      "assign(): undefined is no value that can be assigned; an element of an array is at(a, 0), and not a[0]",
    );
  }
  const place = expr(to);
  if (place.op !== "read") throw new TypeError("assign: the left side is not a variable");
  return { kind: "assign", to: place, value: expr(value) };
}

/** Returns an effect that happens only when a condition holds. */
export function when(
  test: Operand,
  then: readonly Effect[],
  otherwise: readonly Effect[] = [],
): Effect {
  return { kind: "if", test: expr(test), then, else: otherwise };
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

/** How deep `each()` nests in effects. */
function deepest(effects: readonly Effect[]): number {
  const depths = effects.map((of) => {
    if (of.kind === "if") return deepest([...of.then, ...of.else]);
    return of.kind === "each" ? 1 + deepest(of.body) : 0;
  });
  return Math.max(0, ...depths);
}

/** Returns an effect that changes nothing and reports a violation if `test` is false. */
export function check(test: Operand, message: string, violation: CheckKind = "assert"): Effect {
  return { kind: "check", test: expr(test), message, violation };
}

/** Returns the step `to = value`: one store, visible to all at once. */
export function set(to: Element | Variable, value: Operand, label?: string): Step {
  const effect = assign(to, value);
  const { name, lock } = effect.to.variable;
  if (lock !== null) {
    throw new TypeError(
      `set(): ${name} is a ${lock.kind}, and only the calls that take and drop it change it`,
    );
  }
  return step(label ?? `${printTest(effect.to)} = ${printTest(effect.value)}`, { then: [effect] });
}

/** Returns a step that waits until a condition holds. */
export function wait_until(test: Operand, label?: string): Step {
  const when = condition("wait_until()", test);
  return step(label ?? `wait until ${printTest(when)}`, { when });
}

/** Returns a step that waits, perhaps forever, until a condition holds: no deadlock if it never does. */
export function idle_until(test: Operand, label = "idle"): Step {
  return step(label, { when: expr(test), end: true });
}

/** Returns a step at which a process stays for good: what it holds then, it is meant to hold. */
export function stay(): Step {
  return step("stays", { when: false, end: true });
}

/** Returns a step of the program's own assertion, `BUG_ON(!test)`. */
export function assert(test: Operand, message?: string): Step {
  const holds = condition("assert()", test);
  const said = message ?? printTest(holds);
  return step(`assert: ${said}`, { then: [check(holds, said)] });
}

/**
 * Returns a step that waits until a process has come to the end of its body, as `pthread_join()`.
 *
 * @param process its name; that of `tasks()` waits for all members
 * @example
 * const adder = thread("adder", [step("count++")]);
 * thread("main", [join("adder"), step("print count")]).name // "main"
 */
export function join(process: string): Step {
  return step(`join(${process})`, { when: ended(process) });
}

/** Returns several steps as one that nobody can come between; all guards are tested first. */
export function atomic(label: string, steps: readonly Step[]): Step {
  return {
    kind: "step",
    label,
    guard: and(...steps.map(({ guard }) => guard)),
    effects: steps.flatMap(({ effects }) => effects),
    facts: steps.flatMap(({ facts }) => facts),
    end: steps.map(({ end }) => end).find((end) => end !== false) ?? false,
    sleeping: steps.map(({ sleeping }) => sleeping).find((of) => of !== null) ?? null,
    at: steps.map(({ at }) => at).find((of) => of !== null) ?? null,
  };
}

/**
 * Returns a step in which any member of a set, or any of some integers, may be picked, for which the step's guard
 * holds.
 *
 * @param over a set, the domain of some integers, or a list of them
 * @example
 * const target = variable("target", id(CPU));
 * choose(CPU, (cpu) => step("select_task_rq", { then: [assign(at(target), cpu)] })).kind // "choose"
 * @example
 * const coin = variable("coin", int(0, 9));
 * choose(int(1, 6), (thrown) => step("throw", { then: [assign(coin, thrown)] })).kind // "either"
 */
export function choose(
  over: IdSet | Domain | readonly number[],
  pick: (member: Expr) => Step,
): Statement {
  const integers = integersOf(over);
  if (integers !== null) {
    const arms = integers.map((value) => {
      const one = pick(expr(value));
      return [{ ...one, label: `${one.label} (${String(value)})` }];
    });
    return { kind: "either", arms };
  }
  expectSet("choose()", over);
  const name = `chosen ${over.name}`;
  return { kind: "choose", set: over, name, step: pick({ op: "bound", name, set: over }) };
}

/** The integers that are chosen among; null of a set. */
function integersOf(over: IdSet | Domain | readonly number[]): readonly number[] | null {
  if (isList(over)) return over;
  const given: unknown = over;
  if (!isRecord(given)) return null;
  if (over.kind === "bool") return [0, 1];
  if (over.kind !== "int") return null;
  const { min, max } = over;
  if (max - min >= mostChosen) {
    throw new RangeError(
      `choose(): int(${String(min)}, ${String(max)}) are more than ${String(mostChosen)} to choose among, each with a state of its own`,
    );
  }
  return Array.from({ length: max - min + 1 }, (_, at) => min + at);
}

const isList = (over: object): over is readonly number[] => Array.isArray(over);

/** More integers are not chosen among: each is a state. */
const mostChosen = 1024;

/** Returns a branch; testing the condition is a step. */
export function if_(
  test: Operand,
  then: readonly Statement[],
  otherwise: readonly Statement[] = [],
): Statement {
  return { kind: "if", test: condition("if_()", test), then, else: otherwise };
}

/** Returns a condition; `false` itself is none that anybody means. */
function condition(call: string, test: Operand): Expr {
  if (test !== false) return expr(test);
  throw new TypeError(
    `${call}: the condition is false, whatever happens; not(x) and eq(x, y) ask in each state, where !x of a variable is false`,
  );
}

/**
 * Returns a loop; each test of the condition is a step.
 *
 * @throws TypeError if the condition is `false` itself: `!x` of a variable is, where `not(x)` was meant
 */
export function while_(test: Operand, body: readonly Statement[]): Statement {
  return { kind: "while", test: condition("while_()", test), body };
}

/**
 * Returns a loop with several ways out, the first that holds being taken; each test is a step. A jump in the
 * statements of an exit is one of the code around the loop.
 *
 * @param exits each with what is done there; with `may`, another round is possible, too
 * @example
 * const ready = variable("ready", bool);
 * const killed = variable("killed", bool);
 * const exits = [{ test: ready, then: [] }, { test: killed, then: [return_] }];
 * loop_until(exits, [step("schedule()")])
 */
export function loop_until(
  exits: readonly {
    readonly test: Operand;
    readonly then: readonly Statement[];
    readonly may?: boolean;
  }[],
  body: readonly Statement[],
): Statement {
  return {
    kind: "until",
    exits: exits.map(({ test, then, may = false }) => ({ test: expr(test), then, may })),
    body,
  };
}

/** Returns an endless loop. */
export function forever(body: readonly Statement[]): Statement {
  return { kind: "while", test: null, body };
}

/** Returns a nondeterministic choice between arms; an arm can be taken when its first step can. */
export function either(...arms: readonly (readonly Statement[])[]): Statement {
  return { kind: "either", arms };
}

/**
 * Returns a function call, inlined: its name is on the stack of every step inside.
 *
 * @example
 * const woken = variable("woken", bool);
 * fn("wake_up_process", [fn("try_to_wake_up", [set(woken, true)])])
 */
export function fn(name: string, body: readonly Statement[]): Statement {
  return { kind: "call", name, body };
}

/** Returns a section that at most one process may be inside: a second one is a violation. */
export function section(name: string, body: readonly Statement[]): Statement {
  return { kind: "section", name, body };
}

/** Leaves the innermost loop. */
export const break_: Statement = { kind: "break" };
/** Goes to the next round of the innermost loop. */
export const continue_: Statement = { kind: "continue" };
/** Leaves the innermost function, or ends the process. */
export const return_: Statement = { kind: "return" };

/** Returns a place to which `goto_` jumps; names are per process. */
export function label(name: string): Statement {
  return { kind: "label", name };
}

/** Returns a jump to a label of the same process. */
export function goto_(name: string): Statement {
  return { kind: "goto", name };
}
