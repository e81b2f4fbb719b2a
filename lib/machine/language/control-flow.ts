/** Branches, loops, calls and jumps. */
import { condition } from "./condition.js";
import { type Operand, operandOf } from "./expr.js";
import type { Statement } from "./statement.js";

/** Returns a branch; testing the condition is a step. */
export function if_(
  test: Operand,
  then: readonly Statement[],
  otherwise: readonly Statement[] = [],
): Statement {
  return { kind: "if", test: condition("if_()", test), then, else: otherwise };
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
    exits: exits.map(({ test, then, may = false }) => ({
      test: operandOf("loop_until()", test),
      then,
      may,
    })),
    body,
  };
}

/** Returns an endless loop. */
export function forever(body: readonly Statement[]): Statement {
  return { kind: "while", test: null, body };
}

/**
 * Returns a nondeterministic choice between arms; an arm can be taken when its first step can.
 *
 * @throws TypeError if there is none: nobody could go on
 */
export function either(...arms: readonly (readonly Statement[])[]): Statement {
  if (arms.length === 0) throw new TypeError("either(): one arm or more is wanted, each a list");
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
