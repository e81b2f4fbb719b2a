import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import {
  CPU,
  type Expr,
  type Process,
  type Statement,
  TASK_INTERRUPTIBLE,
  TASK_RUNNING,
  type Variable,
  assert,
  at,
  bool,
  break_,
  eq,
  expr,
  forever,
  hardirq,
  idSet,
  if_,
  int,
  local_bh_disable,
  local_bh_enable,
  local_irq_disable,
  local_irq_enable,
  local_irq_restore,
  local_irq_save,
  mutex,
  preempt_disable,
  preempt_enable,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  scheduler,
  send_ipi,
  set,
  smp_processor_id,
  tasks,
  variable,
} from "../../../lib/machine/index.js";
import { agree } from "../../explore/agreement.js";

const TASK = idSet("t");
const spin = raw_spinlock("spin");
const x = variable("x", int(0, 1));
const counting = scheduler({ tasks: TASK });
const { schedule } = counting;

/** Two tasks that share a CPU. */
function shared(
  body: (me: Expr) => readonly Statement[],
  more: readonly Process[] = [],
  sched = counting,
) {
  const all = tasks("t", TASK, sched.place, (me) => [...sched.schedule_tail(me), ...body(me)]);
  return scenario("scheduler", {
    sizes: { cpu: 1, t: 2 },
    processes: [all, sched.swapper(), ...more],
  });
}

const atomic: readonly (readonly [string, Statement, Statement])[] = [
  ["under a spinlock", raw_spin_lock(spin), raw_spin_unlock(spin)],
  ["with preemption off", preempt_disable(), preempt_enable()],
  ["with bottom halves off", local_bh_disable(), local_bh_enable()],
];

describe("schedule()", () => {
  it.each(atomic)("%s is scheduling while atomic", (_, off, on) => {
    const inside = shared((me) => [off, schedule(me), on]);
    expect(agree(inside)).toContain("misuse");
    expect(explore(inside).violations.misuse?.message).toBe("scheduling while atomic");
    expect(agree(shared((me) => [off, on, schedule(me)]))).toEqual([]);
  });

  it("with IRQs off is not: it gives the CPU up with them off anyway", () => {
    const off = shared((me) => [local_irq_disable(), schedule(me), local_irq_enable()]);
    expect(agree(off)).toEqual([]);
  });

  it("in a handler is scheduling while atomic, and a handler without it is fine", () => {
    const vector = variable("vector", bool, { per: [CPU] });
    const interrupted = (body: readonly Statement[]) =>
      shared(() => [send_ipi(vector, 0)], [hardirq("handler", vector, () => body)]);
    const sleeps = interrupted([schedule(at(counting.curr, smp_processor_id()))]);
    expect(explore(sleeps).violations.misuse?.message).toBe("scheduling while atomic");
    expect(agree(interrupted([set(x, 1)]))).toEqual([]);
  });

  it("where its task ends, under a spinlock, too", () => {
    expect(agree(shared(() => [raw_spin_lock(spin)]))).toContain("misuse");
    expect(agree(shared(() => [raw_spin_lock(spin), raw_spin_unlock(spin)]))).toEqual([]);
  });

  it("cannot tell without CONFIG_PREEMPT_COUNT", () => {
    const blind = scheduler({ tasks: TASK, preemptCount: false });
    const inside = shared(
      (me) => [preempt_disable(), blind.schedule(me), preempt_enable()],
      [],
      blind,
    );
    expect(explore(inside).verdict).toBe("safe");
  });
});

describe("a task that has left its run queue", () => {
  const condition = variable("condition", bool);
  const flags = variable("flags", bool, { per: [TASK] });
  const apart = scheduler({ tasks: TASK, startOn: (t) => t });
  const sleeper = (me: Expr, early: boolean, idle: boolean) => [
    forever([
      ...(early ? [] : [set(at(apart.state, me), TASK_INTERRUPTIBLE)]),
      if_(condition, [break_]),
      ...(early ? [set(at(apart.state, me), TASK_INTERRUPTIBLE)] : []),
      apart.schedule(me, { idle }),
    ]),
    set(at(apart.state, me), TASK_RUNNING),
  ];
  const waker = (me: Expr) => [
    set(condition, true),
    local_irq_save(at(flags, me)),
    apart.wake_up_process(expr(0)),
    local_irq_restore(at(flags, me)),
  ];
  const lost = (early: boolean, idle = false) =>
    scenario("a wakeup", {
      sizes: { cpu: 2, t: 2 },
      processes: [
        tasks("t", TASK, apart.place, (me) => [
          ...apart.schedule_tail(me),
          if_(eq(me, 0), sleeper(me, early, idle), waker(me)),
        ]),
        apart.swapper(),
      ],
    });

  it("and is never woken is stuck, unless it is said to be idle", () => {
    const { verdict, violations } = explore(lost(true));
    expect(verdict).toBe("deadlock");
    expect(violations.deadlock?.message).toMatch(/^t0 waits forever: schedule\(\)/);
    expect(explore(lost(true, true)).verdict).toBe("safe");
  });

  it("and is woken in time is not", () => {
    expect(explore(lost(false)).verdict).toBe("safe");
  });
});

describe("preempt_schedule()", () => {
  /** The first task counts on nobody coming in between. */
  const between = (off: readonly Statement[], on: readonly Statement[]) =>
    shared((me) => [
      if_(
        eq(me, 0),
        [
          ...off,
          set(x, 1),
          schedule(me, { preempt: true }),
          assert(eq(x, 1), "somebody came in between"),
          ...on,
        ],
        [set(x, 0)],
      ),
    ]);

  it.each([...atomic, ["with IRQs off", local_irq_disable(), local_irq_enable()] as const])(
    "%s does nothing",
    (_, off, on) => {
      expect(agree(between([off], [on]))).toEqual([]);
    },
  );

  it("lets another task in where it may", () => {
    expect(agree(between([], []))).toEqual(["assert"]);
    expect(agree(between([preempt_disable(), preempt_enable()], []))).toEqual(["assert"]);
  });
});

describe("where tasks start", () => {
  const T = idSet("t");
  const [m, n] = [mutex("m"), mutex("n")];

  /** Two tasks that take two mutexes in opposite order and never switch between the two. */
  const abba = (startOn?: (task: number) => number) => {
    const sched = scheduler({ tasks: T, ...(startOn === undefined ? {} : { startOn }) });
    const both = (me: Expr, one: Variable, other: Variable) => [
      sched.mutex_lock(me, one),
      sched.mutex_lock(me, other),
      sched.mutex_unlock(me, other),
      sched.mutex_unlock(me, one),
    ];
    return scenario("mutexes in both orders", {
      sizes: { cpu: 2, t: 2 },
      processes: [
        tasks("t", T, sched.place, (me) => [
          ...sched.schedule_tail(me),
          if_(eq(me, 0), both(me, m, n), both(me, n, m)),
        ]),
        sched.swapper(),
      ],
    });
  };

  it("decides who can meet: on one CPU they run one after another, on two at once", () => {
    expect(explore(abba()).verdict).toBe("safe");
    expect(explore(abba((task) => task)).verdict).toBe("deadlock");
    expect(() => explore(abba(() => 2))).toThrow(/task_cpu\(p\)/);
  });
});
