/** Lists without a lock: include/linux/llist.h. Entries are added one by one and taken all at once, each in one step. */
import { type Element, type Operand, at, eq } from "../language/expr.js";
import { NONE } from "../language/id-set.js";
import { choose } from "../language/choose.js";
import { break_, either, fn, forever } from "../language/control-flow.js";
import { assign, check, each, when } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import type { Variable } from "../language/variable.js";
import { type List, list_empty } from "./list.js";

/**
 * `llist_add()` of include/linux/llist.h: one step, from any context. A corruption where the entry is on a list.
 */
export function llist_add(of: List, head: Operand, entry: Operand): Step {
  return step(`llist_add(${of.name})`, {
    then: [
      check(
        eq(at(of.linked, entry), NONE),
        `${of.name}: llist_add of an entry that is on a list`,
        "corruption",
      ),
      assign(at(of.has, head, entry), true),
      assign(at(of.linked, entry), head),
    ],
  });
}

/**
 * `llist_del_all()`: takes all entries at once, in one step.
 *
 * @param to the head that has them from then on, of whoever has taken them
 */
export function llist_del_all(of: List, head: Operand, to: Operand): Statement {
  return step(`llist_del_all(${of.name})`, {
    then: [
      each(of.entries, (entry) => [
        when(at(of.has, head, entry), [
          assign(at(of.has, to, entry), true),
          assign(at(of.has, head, entry), false),
          assign(at(of.linked, entry), to),
        ]),
      ]),
    ],
  });
}

/**
 * `llist_for_each_entry(_safe)()` over what `llist_del_all()` has taken: once the walk is at an entry, that is on no
 * list any more and may be added again.
 */
export function llist_for_each_entry(
  of: List,
  head: Operand,
  cursor: Element | Variable,
  body: readonly Statement[],
): Statement {
  const next = choose(of.entries, (entry) =>
    step(`next of ${of.name}`, {
      when: at(of.has, head, entry),
      then: [
        assign(cursor, entry),
        assign(at(of.has, head, entry), false),
        assign(at(of.linked, entry), NONE),
      ],
    }),
  );
  const done = step(`end of ${of.name}`, { when: list_empty(of, head) });
  return fn("llist_for_each_entry", [forever([either([next, ...body], [done, break_])])]);
}
