/** Steps: what happens at once, when it can. */
import { expectOptions } from "../../primitives/option-names.js";
import { shown } from "../../primitives/shown.js";
import { type Effect, type FactTemplate, assignment, check } from "./effect.js";
import { type Element, type Expr, type Operand, and, ended, operandOf } from "./expr.js";
import { condition } from "./condition.js";
import { printTest } from "./print-expr.js";
import type { SleepingCall, Step } from "./statement.js";
import type { Variable } from "./variable.js";

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
  const guard = operandOf(`step("${label}"): when`, when);
  return { kind: "step", label, guard, effects: then, facts, end, sleeping, at: null };
}

/** Returns the step `to = value`: one store, visible to all at once. */
export function set(to: Element | Variable, value: Operand, label?: string): Step {
  const effect = assignment("set()", to, value);
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
  return step(label, { when: operandOf("idle_until()", test), end: true });
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
