/** Lists that readers walk under RCU, without a lock: include/linux/rculist.h. */
import {
  type Element,
  type Operand,
  and,
  at,
  every,
  not,
  or,
  smp_processor_id,
} from "../language/expr.js";
import { CPU } from "../language/id-set.js";
import { choose } from "../language/choose.js";
import { break_, either, fn, forever } from "../language/control-flow.js";
import { assign, check, each } from "../language/effect.js";
import type { Statement } from "../language/statement.js";
import { step } from "../language/step.js";
import type { Variable } from "../language/variable.js";
import { type List, list_add_tail } from "./list.js";
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
