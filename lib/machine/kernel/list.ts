/**
 * Linked lists whose integrity is checked: whoever uses a list while another does has corrupted it.
 *
 * An access is a begin and an end step, so that a missing lock shows. The order of the entries is
 * left open: a walk takes them in any order.
 */
import {
  type Element,
  type Expr,
  type Operand,
  and,
  at,
  eq,
  every,
  ne,
  not,
  or,
  smp_processor_id,
} from "../language/expr.js";
import { expectOptions } from "../../primitives/option-names.js";
import { CPU, type IdSet, NONE, expectSet } from "../language/id-set.js";
import {
  type Statement,
  assign,
  break_,
  check,
  choose,
  each,
  either,
  fn,
  forever,
  step,
} from "../language/statement.js";
import { type Variable, bool, idOrNone, variable } from "../language/variable.js";

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

const free = (of: List, head: Operand) =>
  check(not(at(of.busy, head)), `${of.name}: used by two at once`, "corruption");

/** `list_add_tail(entry, head)` */
export function list_add_tail(of: List, head: Operand, entry: Operand): Statement {
  return fn("list_add_tail", [
    step(`begin list_add_tail(${of.name})`, {
      then: [
        free(of, head),
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
        free(of, head),
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
  return fn("list_del", [
    step(`begin list_del(${of.name})`, {
      then: [
        free(of, head),
        check(ne(head, NONE), `${of.name}: list_del of an entry that is on no list`, "corruption"),
        assign(at(of.busy, head), true),
      ],
    }),
    step(`end list_del(${of.name})`, {
      then: [
        assign(at(of.busy, head), false),
        assign(at(of.has, head, entry), false),
        assign(head, NONE),
      ],
    }),
  ]);
}

/**
 * `list_add_tail_rcu(entry, head)`: rewrites the links of an entry, so that no reader may still be at it. Whoever
 * changes the list keeps others from that by a lock; readers come at any time.
 */
export function list_add_tail_rcu(of: List, head: Operand, entry: Operand): Statement {
  return fn("list_add_tail_rcu", [
    step(`list_add_tail_rcu(${of.name})`, {
      then: [
        check(
          every(CPU, (cpu) => not(at(of.read, cpu, entry))),
          `${of.name}: list_add_rcu of an entry that a reader is at: it needs a grace period`,
          "corruption",
        ),
      ],
    }),
    list_add_tail(of, head, entry),
  ]);
}

/**
 * `list_for_each_entry_rcu(cursor, head, ...)`: each entry that is on the list when the walk comes by; writers may
 * come between any two steps. A list is walked by one at a time, as by the handler of each CPU.
 */
export function list_for_each_entry_rcu(
  of: List,
  head: Operand,
  cursor: Element | Variable,
  body: readonly Statement[],
): Statement {
  const { name, entries, has, walked, read } = of;
  const here = smp_processor_id();
  return fn("list_for_each_entry_rcu", [
    forever([
      either(
        [
          choose(entries, (entry) =>
            step(`next of ${name}`, {
              when: and(at(has, head, entry), not(at(walked, head, entry))),
              then: [
                assign(cursor, entry),
                assign(at(walked, head, entry), true),
                assign(at(read, here, entry), true),
              ],
            }),
          ),
          ...body,
          step(`leave the entry of ${name}`, {
            then: [each(entries, (entry) => [assign(at(read, here, entry), false)])],
          }),
        ],
        [
          step(`end of ${name}`, {
            when: every(entries, (entry) => or(not(at(has, head, entry)), at(walked, head, entry))),
            then: [each(entries, (entry) => [assign(at(walked, head, entry), false)])],
          }),
          break_,
        ],
      ),
    ]),
  ]);
}

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
    step(`walk ${name}`, { then: [free(of, head), assign(at(busy, head), true)] }),
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
  const goOn = step(`next of ${of.name}`, { then: [free(of, head), assign(busy, true)] });
  return list_for_each_entry(of, head, cursor, [leave, ...body, goOn]);
}

/**
 * `list_first_entry()`: any entry, since the order is left open; a corruption where the list is empty.
 */
export function list_first_entry(of: List, head: Operand, cursor: Element | Variable): Statement {
  const one = choose(of.entries, (entry) =>
    step(`list_first_entry(${of.name})`, {
      when: at(of.has, head, entry),
      then: [free(of, head), assign(cursor, entry)],
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
      then: [free(of, head), assign(cursor, entry)],
    }),
  );
  const none = step(label, {
    when: list_empty(of, head),
    then: [free(of, head), assign(cursor, NONE)],
  });
  return either([one], [none]);
}
