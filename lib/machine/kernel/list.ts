/**
 * Linked lists whose integrity is checked: a process that uses a list while another does has corrupted it.
 *
 * An access is a begin and an end step, so that a missing lock shows. The order of the entries is
 * left open: a walk takes them in any order.
 */
import { type Expr, type Operand, at, eq, every, ne, not } from "../language/expr.js";
import { expectOptions } from "../../primitives/option-names.js";
import { CPU, type IdSet, NONE, expectSet } from "../language/id-set.js";
import { fn } from "../language/control-flow.js";
import { assign, check, each, when } from "../language/effect.js";
import type { Statement } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Variable, bool, idOrNone, variable } from "../language/variable.js";
import { listIsFree } from "./list-integrity.js";

/** A list head for each member of a set, linking members of another. */
export interface List {
  readonly name: string;
  readonly heads: IdSet;
  readonly entries: IdSet;
  /** Which entries are on each list. */
  readonly has: Variable;
  /** The list that each entry is on; NONE if it is on none: `list_empty(&entry->node)`. */
  readonly linked: Variable;
  /** Whether somebody is in the middle of using each list. */
  readonly busy: Variable;
  /** Which entries the walk of each list has been at. */
  readonly walked: Variable;
  /** Which entries `list_for_each_entry_rcu()` of each CPU is at: they are not to be linked anew. */
  readonly read: Variable;
}

/**
 * Declares per-member lists, all empty.
 *
 * @example
 * const wakeup = list("wakeup_vcpus_on_cpu", { per: CPU, of: VCPU });
 */
export function list(name: string, sets: { readonly per: IdSet; readonly of: IdSet }): List {
  const where = `list("${name}")`;
  expectOptions(where, sets, { per: true, of: true });
  const { per: heads, of: entries } = sets;
  expectSet(`${where}: per`, heads);
  expectSet(`${where}: of`, entries);
  return {
    name,
    heads,
    entries,
    has: variable(`${name}.has`, bool, { per: [heads, entries] }),
    linked: variable(`${name}.linked`, idOrNone(heads), { per: [entries], init: NONE }),
    busy: variable(`${name}.busy`, bool, { per: [heads] }),
    walked: variable(`${name}.walked`, bool, { per: [heads, entries] }),
    read: variable(`${name}.read`, bool, { per: [CPU, entries] }),
  };
}

/** Returns whether an entry is on the list of a head. */
export function list_contains(of: List, head: Operand, entry: Operand): Expr {
  return at(of.has, head, entry);
}

/** Returns whether the list of a head is empty. */
export function list_empty(of: List, head: Operand): Expr {
  return every(of.entries, (entry) => not(at(of.has, head, entry)));
}

/** `list_add_tail(entry, head)` */
export function list_add_tail(of: List, head: Operand, entry: Operand): Statement {
  return fn("list_add_tail", [
    step(`begin list_add_tail(${of.name})`, {
      then: [
        listIsFree(of, head),
        check(
          eq(at(of.linked, entry), NONE),
          `${of.name}: list_add of an entry that is on a list`,
          "corruption",
        ),
        assign(at(of.busy, head), true),
      ],
    }),
    step(`end list_add_tail(${of.name})`, {
      then: [
        assign(at(of.has, head, entry), true),
        assign(at(of.linked, entry), head),
        assign(at(of.busy, head), false),
      ],
    }),
  ]);
}

/**
 * `list_del(entry)`: the list that it is on is the one of `head`, whose lock is held.
 *
 * @param head null where the code does not say: it is then the list that the entry is on
 */
export function list_del(of: List, head: Operand | null, entry: Operand): Statement {
  if (head === null) return deleted(of, entry);
  return fn("list_del", [
    step(`begin list_del(${of.name})`, {
      then: [
        listIsFree(of, head),
        check(
          at(of.has, head, entry),
          `${of.name}: list_del of an entry that is not on this list`,
          "corruption",
        ),
        assign(at(of.busy, head), true),
      ],
    }),
    step(`end list_del(${of.name})`, {
      then: [
        assign(at(of.has, head, entry), false),
        assign(at(of.linked, entry), NONE),
        assign(at(of.busy, head), false),
      ],
    }),
  ]);
}

/** `list_del()` of an entry from the list that it is on: none where it is on none, which is found. */
function deleted(of: List, entry: Operand): Statement {
  const head = at(of.linked, entry);
  const isOn = ne(head, NONE);
  return fn("list_del", [
    step(`begin list_del(${of.name})`, {
      then: [
        check(isOn, `${of.name}: list_del of an entry that is on no list`, "corruption"),
        when(isOn, [listIsFree(of, head), assign(at(of.busy, head), true)]),
      ],
    }),
    step(`end list_del(${of.name})`, {
      then: [
        when(isOn, [
          assign(at(of.busy, head), false),
          assign(at(of.has, head, entry), false),
          assign(head, NONE),
        ]),
      ],
    }),
  ]);
}

/**
 * `list_splice_init(from, to)`: all entries of one list go over to another, and the first is empty then; both are in
 * use meanwhile.
 *
 * @example
 * const item = idSet("item");
 * const head = idSet("head");
 * const queue = list("queue", { per: head, of: item });
 * list_splice_init(queue, 0, 1).kind // "call"
 */
export function list_splice_init(of: List, from: Operand, to: Operand): Statement {
  return fn("list_splice_init", [
    step(`begin list_splice_init(${of.name})`, {
      then: [
        listIsFree(of, from),
        listIsFree(of, to),
        assign(at(of.busy, from), true),
        assign(at(of.busy, to), true),
      ],
    }),
    step(`end list_splice_init(${of.name})`, {
      then: [
        each(of.entries, (entry) => [
          when(at(of.has, from, entry), [
            assign(at(of.linked, entry), to),
            assign(at(of.has, to, entry), true),
            assign(at(of.has, from, entry), false),
          ]),
        ]),
        assign(at(of.busy, from), false),
        assign(at(of.busy, to), false),
      ],
    }),
  ]);
}
