/** Calls of the vocabulary are the machine's statements: the same transitions, call by call. */
import { describe, expect, it } from "vitest";
import {
  type Scenario,
  type Statement,
  bool,
  fn,
  int,
  local_bh_disable,
  local_bh_enable,
  local_irq_disable,
  local_irq_enable,
  lockdep_assert_held,
  might_sleep,
  mutex,
  mutex_lock,
  mutex_unlock,
  preempt_disable,
  preempt_enable,
  raw_spin_lock,
  raw_spin_lock_irq,
  raw_spin_lock_irqsave,
  raw_spin_unlock,
  raw_spin_unlock_irq,
  raw_spin_unlock_irqrestore,
  raw_spinlock,
  read_lock,
  read_unlock,
  rwlock,
  rwsem,
  scenario,
  down_read,
  down_write,
  downgrade_write,
  set,
  spin_acquire,
  spin_lock,
  spin_lock_bh,
  spin_release,
  spin_unlock,
  spin_unlock_bh,
  spinlock,
  thread,
  translate,
  up_read,
  up_write,
  variable,
  write_lock,
  write_unlock,
} from "../../lib/machine/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();

const naming = (name: string) => ({ className: name, key: name });
const raw = raw_spinlock("raw", naming("raw"));
const spin = spinlock("spin", naming("spin"));
const m = mutex("m", naming("m"));
const rw = rwlock("rw", naming("rw"));
const sem = rwsem("sem", naming("sem"));
const x = variable("x", int(0, 3));
const flags = variable("flags", bool);

const declared = `static raw_spinlock_t raw;
static spinlock_t spin;
static struct mutex m;
static rwlock_t rw;
static struct rw_semaphore sem;
static int x; /* 0..3 */
`;

const rows: readonly (readonly [string, readonly Statement[]])[] = [
  ["raw_spin_lock(&raw); raw_spin_unlock(&raw);", [raw_spin_lock(raw), raw_spin_unlock(raw)]],
  [
    "raw_spin_lock_nested(&raw, SINGLE_DEPTH_NESTING); raw_spin_unlock(&raw);",
    [raw_spin_lock(raw, { subclass: 1 }), raw_spin_unlock(raw)],
  ],
  [
    "raw_spin_lock_irq(&raw); raw_spin_unlock_irq(&raw);",
    [raw_spin_lock_irq(raw), raw_spin_unlock_irq(raw)],
  ],
  [
    "unsigned long flags; raw_spin_lock_irqsave(&raw, flags); raw_spin_unlock_irqrestore(&raw, flags);",
    [raw_spin_lock_irqsave(raw, flags), raw_spin_unlock_irqrestore(raw, flags)],
  ],
  ["spin_lock(&spin); spin_unlock(&spin);", [spin_lock(spin), spin_unlock(spin)]],
  ["spin_lock_bh(&spin); spin_unlock_bh(&spin);", [spin_lock_bh(spin), spin_unlock_bh(spin)]],
  ["mutex_lock(&m); mutex_unlock(&m);", [mutex_lock(m), mutex_unlock(m)]],
  ["guard(mutex)(&m); x = 1;", [mutex_lock(m), set(x, 1, "x = 1"), mutex_unlock(m)]],
  ["read_lock(&rw); read_unlock(&rw);", [read_lock(rw), read_unlock(rw)]],
  ["write_lock(&rw); write_unlock(&rw);", [write_lock(rw), write_unlock(rw)]],
  ["down_read(&sem); up_read(&sem);", [down_read(sem), up_read(sem)]],
  [
    "down_write(&sem); downgrade_write(&sem); up_read(&sem);",
    [down_write(sem), downgrade_write(sem), up_read(sem)],
  ],
  ["down_write(&sem); up_write(&sem);", [down_write(sem), up_write(sem)]],
  ["local_irq_disable(); local_irq_enable();", [local_irq_disable(), local_irq_enable()]],
  ["local_bh_disable(); local_bh_enable();", [local_bh_disable(), local_bh_enable()]],
  ["preempt_disable(); preempt_enable();", [preempt_disable(), preempt_enable()]],
  ["might_sleep();", [might_sleep()]],
  [
    "raw_spin_lock(&raw); spin_acquire(&raw.dep_map, 1, 0, _RET_IP_); lockdep_assert_held(&raw); spin_release(&raw.dep_map, _RET_IP_); raw_spin_unlock(&raw);",
    [
      raw_spin_lock(raw),
      spin_acquire(raw, 1),
      lockdep_assert_held(raw),
      spin_release(raw),
      raw_spin_unlock(raw),
    ],
  ],
  ["WRITE_ONCE(x, 2);", [set(x, 2, "WRITE_ONCE(x, 2)")]],
];

/** The other thread keeps `x` from being data of one process alone. */
const other = "static void g(void) { x = 0; }\n";

/** What a scenario can do, but for the places of its text. */
const transitionsOf = (of: Scenario): readonly unknown[] =>
  translate(of).transitions.map((transition) => ({ ...transition, at: null }));

/** A local variable of C is forgotten when it is not read again, and is named by its function. */
const named = (of: readonly unknown[]): string =>
  JSON.stringify(of).replaceAll("f: f.flags", "flags");

describe("a call is the machine's statements", () => {
  it.each(rows)("%s", (text, statements) => {
    const inC = kernelC(
      `/* lab: thread f on 0 */ /* lab: thread g on 1 */\n${declared}static void f(void) { ${text} }\n${other}`,
    );
    const written = scenario("kernel.c", {
      sizes: { cpu: 2 },
      processes: [
        { ...thread("f", 0, [fn("f", statements)]), locals: [flags] },
        thread("g", 1, [fn("g", [set(x, 0, "x = 0")])]),
      ],
    });
    expect(named(transitionsOf(inC))).toBe(named(transitionsOf(written)));
  });
});
