/** Which tasks are in a read-side section, and which wait for which of them. */
import {
  type Expr,
  type Operand,
  add,
  and,
  at,
  current,
  eq,
  every,
  lt,
  not,
  sub,
} from "../language/expr.js";
import { PROCESS } from "../language/id-set.js";
import { type Effect, assign, check, each, when } from "../language/effect.js";
import { type Dimension, type Variable, bool, variable } from "../language/variable.js";

/** Read-side sections, and the grace periods that wait for them; the index is that of an array of domains. */
export interface GracePeriods {
  readonly enter: (index?: readonly Operand[]) => readonly Effect[];
  readonly leave: (call: string, index?: readonly Operand[]) => readonly Effect[];
  /** The caller waits for every reader that is inside. */
  readonly begin: (index?: readonly Operand[]) => readonly Effect[];
  /** Whether no reader is left that the caller waits for. */
  readonly over: (index?: readonly Operand[]) => Expr;
  /** Whether the caller is in a section. */
  readonly inside: (index?: readonly Operand[]) => Expr;
}

/**
 * Returns the sections that a variable counts.
 *
 * @param nesting how deep each process is inside
 */
export function gracePeriods(
  name: string,
  nesting: Variable,
  per: readonly Dimension[] = [],
): GracePeriods {
  const awaited = variable(`${name}.awaited`, bool, { per: [...per, PROCESS, PROCESS] });
  const depth = (index: readonly Operand[], of: Operand) => at(nesting, ...index, of);
  const me = current();
  return {
    enter: (index = []) => [assign(depth(index, me), add(depth(index, me), 1))],
    leave: (call, index = []) => [
      check(lt(0, depth(index, me)), `${call}: no section was entered`, "misuse"),
      assign(depth(index, me), sub(depth(index, me), 1)),
      when(eq(depth(index, me), 0), [
        each(PROCESS, (task) => [assign(at(awaited, ...index, task, me), false)]),
      ]),
    ],
    begin: (index = []) => [
      each(PROCESS, (task) => [assign(at(awaited, ...index, me, task), lt(0, depth(index, task)))]),
    ],
    over: (index = []) => every(PROCESS, (task) => not(at(awaited, ...index, me, task))),
    inside: (index = []) => and(lt(0, depth(index, me))),
  };
}
