/** Pieces of code that use most of the language, right and wrong ones. */
import {
  assign,
  at,
  atomic,
  bool,
  break_,
  check,
  choose,
  cond,
  continue_,
  count,
  CPU,
  down_read,
  down_write,
  downgrade_write,
  each,
  either,
  eq,
  every,
  fn,
  forever,
  id,
  idle_until,
  idOrNone,
  idSet,
  if_,
  in_atomic,
  in_hardirq,
  inside,
  int,
  irqs_enabled,
  le,
  list,
  list_add_tail,
  list_del,
  list_empty,
  list_for_each_entry,
  local_bh_disable,
  local_bh_enable,
  local_irq_disable,
  local_irq_enable,
  local_irq_restore,
  local_irq_save,
  lockdep_assert_irqs_disabled,
  might_sleep,
  mutex,
  mutex_lock,
  mutex_trylock,
  mutex_unlock,
  ne,
  NONE,
  not,
  preempt_disable,
  preempt_enable,
  raw_spin_lock,
  raw_spin_trylock,
  raw_spin_unlock,
  raw_spinlock,
  read_lock,
  read_unlock,
  return_,
  rwlock,
  rwsem,
  section,
  set,
  smp_processor_id,
  some,
  spin_lock,
  spin_lock_bh,
  spin_lock_irq,
  spin_unlock,
  spin_unlock_bh,
  spin_unlock_irq,
  spinlock,
  type Statement,
  step,
  up_read,
  variable,
  wait_until,
  when,
  while_,
  write_lock,
  write_unlock,
} from "../../lib/machine/index.js";

export const a = raw_spinlock("a");
export const b = raw_spinlock("b");
const mine = raw_spinlock("mine", { per: [CPU] });
export const x = variable("x", int(0, 2));
export const y = variable("y", bool, { per: [CPU] });
export const y0 = variable("y0", bool);
export const vector = variable("vector", bool, { per: [CPU] });
const me = smp_processor_id();
export const TASK = idSet("task");
export const pending = variable("pending", bool, { per: [CPU] });
export const curr = variable("curr", idOrNone(TASK), {
  per: [CPU],
  init: (cpu) => (cpu === 0 ? 0 : -1),
});
export const task_cpu = variable("task_cpu", id(CPU), { per: [TASK] });
const index = variable("index", int(0, 1));
const array = variable("array", bool, { per: [2] });
const winner = variable("winner", idOrNone(TASK));
const soft = spinlock("soft");
const readers = rwlock("readers");
const sleeping = mutex("sleeping");
const sem = rwsem("sem");
const flags = variable("flags", bool);
const queue = list("queue", { per: CPU, of: TASK });
const current_entry = variable("entry", idOrNone(TASK), { per: [CPU] });
const marked = variable("marked", bool, { per: [TASK] });

/** Small pieces of code, right and wrong ones, of which random programs are made. */
export const pieces: readonly (readonly Statement[])[] = [
  [raw_spin_lock(a), raw_spin_unlock(a)],
  [raw_spin_lock(a), raw_spin_lock(b), raw_spin_unlock(b), raw_spin_unlock(a)],
  [raw_spin_lock(b), raw_spin_lock(a), raw_spin_unlock(a), raw_spin_unlock(b)],
  [raw_spin_lock(a), set(x, 1), set(x, 0), raw_spin_unlock(a)],
  [set(x, 2)],
  [if_(eq(x, 1), [set(x, 0)], [set(x, 1)])],
  [
    local_irq_disable(),
    raw_spin_lock(at(mine, me)),
    raw_spin_unlock(at(mine, me)),
    local_irq_enable(),
  ],
  [raw_spin_lock(at(mine, me)), set(at(y, me), not(at(y, me))), raw_spin_unlock(at(mine, me))],
  [local_irq_disable(), set(at(y, me), true), set(at(y, me), false), local_irq_enable()],
  [raw_spin_trylock(a, [set(x, 2), raw_spin_unlock(a)], [set(x, 0)])],
  [step("check x", { then: [check(not(eq(x, 2)), "x is 2")] })],
  [raw_spin_unlock(b)],
  [section("s", [set(x, 1)])],
  // Where another is, asked by a step.
  [section("s", [set(x, 1)]), step("s?", { then: [check(eq(inside("s"), 0), "one is inside")] })],
  [section("s", [set(x, 0), set(x, 1)]), if_(eq(inside("s"), 1), [set(x, 2)])],
  [step("all y", { then: [each(CPU, (cpu) => [assign(at(y, cpu), false)])] })],
  [
    local_irq_disable(),
    raw_spin_lock(a),
    raw_spin_lock(b),
    set(x, 1),
    set(x, 2),
    raw_spin_unlock(b),
    raw_spin_unlock(a),
    local_irq_enable(),
  ],
  // A lock that guards something is dropped by somebody else.
  [raw_spin_unlock(a), raw_spin_lock(a), if_(eq(x, 1), [set(x, 2)]), raw_spin_unlock(a)],
  // What only a CPU's own code touches, switching IRQs off or not, and softirqs.
  [set(at(pending, me), true)],
  [set(x, 1), set(x, 0)],
  [local_irq_disable(), set(x, 1), set(x, 0), local_irq_enable()],
  [raw_spin_lock(a), local_irq_disable(), raw_spin_unlock(a), set(x, 1), local_irq_enable()],
  [wait_until(not(eq(x, 1)))],
  // An index that is written in the step that uses it.
  [step("choose and set", { then: [assign(index, 1), assign(at(array, index), true)] })],
  [step("set and choose", { then: [assign(index, 0), when(at(array, index), [assign(x, 1)])] })],
  [set(index, 1), set(at(array, index), false)],
  [if_(at(array, 1), [set(x, 2)])],
  // Who runs, decided by the CPU itself or by another.
  [set(at(curr, me), NONE)],
  [choose(TASK, (task) => step("switch", { then: [assign(at(curr, me), task)] }))],
  [local_irq_disable(), set(x, 1), set(x, 0), set(at(curr, me), NONE), local_irq_enable()],
  [set(at(curr, 0), 1)],
  [
    if_(eq(at(curr, 0), NONE), [
      choose(TASK, (t) => step("run", { then: [assign(at(curr, 0), t)] })),
    ]),
  ],
  [raw_spin_lock(a), set(at(task_cpu, 0), 1), raw_spin_unlock(a)],
  [step("check curr", { then: [check(eq(at(curr, 0), 0), "another runs")] })],
  [step("IRQs on elsewhere", { then: [assign(at(irqs_enabled, 0), true)] })],
  // Whoever comes first among all.
  [choose(TASK, (task) => step("mark", { then: [assign(at(marked, task), true)] }))],
  [
    step("elect", {
      then: [each(TASK, (task) => [when(eq(winner, NONE), [assign(winner, task)])])],
    }),
    if_(at(marked, winner), [set(x, 2)]),
  ],
];

/** What the pieces above leave out of the language: each of these uses some more of it. */
export const morePieces: readonly (readonly Statement[])[] = [
  // Ids named in branches, and quantifiers.
  [set(winner, cond(eq(x, 1), 0, 1)), if_(ne(winner, 0), [set(x, 0)])],
  [
    step("count", {
      then: [
        check(
          le(
            count(CPU, (cpu) => at(y, cpu)),
            1,
          ),
          "two at once",
        ),
      ],
    }),
  ],
  [
    if_(
      some(TASK, (task) => at(marked, task)),
      [set(x, 1)],
      [set(at(marked, 0), true)],
    ),
  ],
  [wait_until(every(CPU, (cpu) => not(at(y, cpu)))), set(at(y, me), true), set(at(y, me), false)],
  [
    step("pairs", {
      then: [each(CPU, (one) => [each(CPU, (other) => [when(ne(one, other), [assign(x, 1)])])])],
    }),
  ],
  // Ways to go.
  [either([set(x, 1)], [wait_until(eq(x, 1)), set(x, 2)])],
  [while_(eq(x, 1), [set(x, 0), set(x, 1)]), set(x, 1)],
  [forever([either([break_], [set(x, 0), continue_])])],
  [fn("early", [if_(eq(x, 1), [return_]), set(x, 1)]), set(x, 0)],
  [
    atomic("both", [
      step("one", { when: eq(x, 0), then: [assign(x, 1)] }),
      step("other", { then: [assign(at(y, me), true)] }),
    ]),
  ],
  [idle_until(eq(x, 1)), set(x, 0)],
  [step("here", { when: eq(x, 2), then: [assign(x, 0)], end: eq(x, 1) })],
  // Other locks.
  [spin_lock(soft), set(x, 1), set(x, 0), spin_unlock(soft)],
  [spin_lock_irq(soft), set(x, 2), set(x, 0), spin_unlock_irq(soft)],
  [local_irq_save(flags), raw_spin_lock(a), raw_spin_unlock(a), local_irq_restore(flags)],
  [spin_lock_bh(soft), set(at(y, me), true), set(at(y, me), false), spin_unlock_bh(soft)],
  [read_lock(readers), if_(eq(x, 1), [set(x, 2)]), read_unlock(readers)],
  [write_lock(readers), set(x, 1), set(x, 0), write_unlock(readers)],
  [mutex_lock(sleeping), set(x, 1), set(x, 0), mutex_unlock(sleeping)],
  [mutex_trylock(sleeping, [set(x, 2), mutex_unlock(sleeping)], [might_sleep()])],
  [down_read(sem), if_(eq(x, 1), [set(x, 0)]), up_read(sem)],
  [down_write(sem), set(x, 1), downgrade_write(sem), up_read(sem)],
  // Lists, with a lock and without.
  [raw_spin_lock(a), list_add_tail(queue, 0, 0), list_del(queue, 0, 0), raw_spin_unlock(a)],
  [if_(list_empty(queue, me), [list_add_tail(queue, me, 1)], [set(x, 1)])],
  [list_for_each_entry(queue, 0, at(current_entry, me), [set(x, 1)])],
  // Contexts.
  [preempt_disable(), if_(in_atomic(), [set(x, 1)]), might_sleep(), preempt_enable()],
  [local_bh_disable(), set(at(pending, me), true), set(x, 1), set(x, 0), local_bh_enable()],
  [lockdep_assert_irqs_disabled(), if_(at(in_hardirq, me), [set(x, 2)])],
];
