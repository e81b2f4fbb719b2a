/** A walk over a list uses it; which entry comes next is left open. */
import {
  type Element,
  type Expr,
  type Operand,
  and,
  at,
  every,
  not,
  or,
} from "../language/expr.js";
import { NONE } from "../language/id-set.js";
import { choose } from "../language/choose.js";
import { break_, either, fn, forever } from "../language/control-flow.js";
import { assign, check, each } from "../language/effect.js";
import type { Statement } from "../language/statement.js";
import { step } from "../language/step.js";
import type { Variable } from "../language/variable.js";
import { listIsFree } from "./list-integrity.js";
import { type List, list_empty } from "./list.js";
/** Returns the step in which a walk ends before its last entry: the list is no longer in use. */
export function list_leave(of: List, head: Operand): Statement {
  return step(`leave ${of.name}`, {
    then: [
      assign(at(of.busy, head), false),
      each(of.entries, (entry) => [assign(at(of.walked, head, entry), false)]),
    ],
  });
}

/**
 * `list_for_each_entry(cursor, head, ...)`: `cursor` is a variable of the process, set to each entry
 * in turn. The list is in use from the first step to the last.
 */
export function list_for_each_entry(
  of: List,
  head: Operand,
  cursor: Element | Variable,
  body: readonly Statement[],
): Statement {
  const { name, entries, has, busy, walked } = of;
  const left = (entry: Expr) => and(at(has, head, entry), not(at(walked, head, entry)));
  const next = choose(entries, (entry) =>
    step(`next of ${name}`, {
      when: left(entry),
      then: [assign(cursor, entry), assign(at(walked, head, entry), true)],
    }),
  );
  const done = step(`end of ${name}`, {
    when: every(entries, (entry) => or(not(at(has, head, entry)), at(walked, head, entry))),
    then: [
      assign(at(busy, head), false),
      each(entries, (entry) => [assign(at(walked, head, entry), false)]),
    ],
  });
  return fn("list_for_each_entry", [
    step(`walk ${name}`, { then: [listIsFree(of, head), assign(at(busy, head), true)] }),
    forever([either([next, ...body], [done, break_])]),
  ]);
}

/**
 * `list_for_each_entry_safe(cursor, next, head, ...)`: as `list_for_each_entry()`, but the list is in use between two
 * entries alone, so that the body may take its entry off.
 *
 * @example
 * const item = idSet("item");
 * const queue = list("queue", { per: CPU, of: item });
 * const it = variable("it", idOrNone(item));
 * list_for_each_entry_safe(queue, 0, it, [list_del(queue, null, it)]);
 */
export function list_for_each_entry_safe(
  of: List,
  head: Operand,
  cursor: Element | Variable,
  body: readonly Statement[],
): Statement {
  const busy = at(of.busy, head);
  const leave = step(`at an entry of ${of.name}`, { then: [assign(busy, false)] });
  const goOn = step(`next of ${of.name}`, { then: [listIsFree(of, head), assign(busy, true)] });
  return list_for_each_entry(of, head, cursor, [leave, ...body, goOn]);
}

/**
 * `list_first_entry()`: any entry, since the order is left open; a corruption where the list is empty.
 */
export function list_first_entry(of: List, head: Operand, cursor: Element | Variable): Statement {
  const one = choose(of.entries, (entry) =>
    step(`list_first_entry(${of.name})`, {
      when: at(of.has, head, entry),
      then: [listIsFree(of, head), assign(cursor, entry)],
    }),
  );
  const none = step(`list_first_entry(${of.name})`, {
    when: list_empty(of, head),
    then: [check(false, `${of.name}: list_first_entry of an empty list`, "corruption")],
  });
  return either([one], [none]);
}

/** `list_first_entry_or_null()`: any entry, or NONE where the list is empty. */
export function list_first_entry_or_null(
  of: List,
  head: Operand,
  cursor: Element | Variable,
): Statement {
  const label = `list_first_entry_or_null(${of.name})`;
  const one = choose(of.entries, (entry) =>
    step(label, {
      when: at(of.has, head, entry),
      then: [listIsFree(of, head), assign(cursor, entry)],
    }),
  );
  const none = step(label, {
    when: list_empty(of, head),
    then: [listIsFree(of, head), assign(cursor, NONE)],
  });
  return either([one], [none]);
}
