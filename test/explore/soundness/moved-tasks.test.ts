/** A reduced search has the verdict of a whole one: tasks that another CPU moves, interrupts or takes for its own. */
import { describe, expect, it } from "vitest";
import {
  CPU,
  type Expr,
  NONE,
  type Process,
  assign,
  at,
  bool,
  check,
  device,
  eq,
  hardirq,
  id,
  idOrNone,
  idSet,
  if_,
  int,
  irqs_enabled,
  local_irq_disable,
  local_irq_enable,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  send_ipi,
  set,
  softirq,
  step,
  tasks,
  thread,
  variable,
  wait_until,
} from "../../../lib/machine/index.js";
import { agree } from "../agreement.js";

const TASK = idSet("task");

const a = raw_spinlock("a");

const x = variable("x", int(0, 3));

const go = variable("go", bool);

const curr = variable("curr", idOrNone(TASK), {
  per: [CPU],
  init: (cpu) => (cpu === 0 ? 0 : -1),
});

const vector = variable("vector", bool, { per: [CPU] });

const xIs0 = step("x is 0", { then: [check(eq(x, 0), "x is not 0")] });

/** An interrupt on CPU 0 that does nothing: with it, a task there may be interrupted. */
const interrupts: readonly Process[] = [
  hardirq("irq", vector, () => [step("nothing")]),
  device("device", [send_ipi(vector, 0)]),
];

const both = (processes: readonly Process[], sizes = { cpu: 3, task: 2 }) =>
  agree(scenario("both ways", { sizes, processes }));

describe("a reduced search sees what others see", () => {
  it("of a task that a softirq interrupts where nobody switches IRQs", () => {
    const pending = variable("pending", bool, { per: [CPU] });
    const violated = both(
      [
        tasks(
          "T",
          TASK,
          (me) => ({ cpu: 0, runs: eq(at(curr, 0), me) }),
          () => [set(at(pending, 0), true), set(x, 1), set(x, 0), set(at(curr, 0), NONE)],
        ),
        softirq("softirq", pending, () => [xIs0]),
      ],
      { cpu: 1, task: 1 },
    );
    expect(violated).toContain("assert");
  });

  it("of a window with IRQs off in which another CPU takes the task's CPU away", () => {
    const violated = both([
      tasks(
        "T",
        TASK,
        (me) => ({ cpu: 0, runs: eq(at(curr, 0), me) }),
        (me) => [
          if_(
            eq(me, 0),
            [local_irq_disable(), set(x, 1), set(x, 0), local_irq_enable()],
            [xIs0, set(at(curr, 0), 0)],
          ),
        ],
      ),
      thread("P", 1, [set(at(curr, 0), 1)]),
      ...interrupts,
    ]);
    expect(violated).toContain("assert");
  });

  it("of a task that another CPU moves away in the midst of its window", () => {
    const cpuOf = variable("task_cpu", id(CPU), { per: [TASK] });
    const moved = [set(at(cpuOf, 0), 1)];
    for (const more of [[], interrupts]) {
      const violated = both([
        tasks(
          "T",
          TASK,
          (me) => ({ cpu: at(cpuOf, me), runs: eq(at(curr, at(cpuOf, me)), me) }),
          (me) => [
            if_(eq(me, 0), [local_irq_disable(), set(x, 1), set(x, 2), local_irq_enable()]),
            set(at(curr, at(cpuOf, me)), NONE),
          ],
        ),
        thread("P", 2, moved),
        ...more,
      ]);
      expect(violated).toContain("deadlock");
    }
  });

  it("of a window whose own first step lets another CPU take the task's CPU away", () => {
    const violated = both([
      tasks(
        "T",
        TASK,
        (me) => ({ cpu: 0, runs: eq(at(curr, 0), me) }),
        (me) => [
          if_(
            eq(me, 0),
            [
              raw_spin_lock(a),
              local_irq_disable(),
              raw_spin_unlock(a),
              set(x, 1),
              set(x, 0),
              local_irq_enable(),
            ],
            [xIs0],
          ),
        ],
      ),
      thread("P", 1, [wait_until(go), raw_spin_lock(a), set(at(curr, 0), 1), raw_spin_unlock(a)]),
      thread("Q", 2, [set(go, true)]),
      ...interrupts,
    ]);
    expect(violated).toContain("assert");
  });

  it("of a task that is moved to another CPU before it has given up its own", () => {
    const cpuOf = variable("task_cpu", id(CPU), { per: [TASK] });
    const place = (me: Expr) => ({
      cpu: at(cpuOf, me),
      runs: eq(at(curr, at(cpuOf, me)), me),
    });
    const violated = both(
      [
        tasks("T", TASK, place, (me) => [
          raw_spin_lock(a),
          local_irq_disable(),
          raw_spin_unlock(a),
          set(at(curr, at(cpuOf, me)), NONE),
        ]),
        thread("P", 1, [raw_spin_lock(a), set(at(cpuOf, 0), 1), raw_spin_unlock(a)]),
        ...interrupts,
      ],
      { cpu: 3, task: 1 },
    );
    expect(violated).toContain("deadlock");
  });

  it("of two tasks that run on one CPU at once", () => {
    const runs = variable("runs", bool, { per: [TASK], init: () => 1 });
    const hide = [local_irq_disable(), set(x, 1), set(x, 0), local_irq_enable()];
    const violated = both([
      tasks(
        "T",
        TASK,
        (me) => ({ cpu: 0, runs: at(runs, me) }),
        (me) => [if_(eq(me, 0), hide, [xIs0]), set(at(runs, me), false)],
      ),
      ...interrupts,
    ]);
    expect(violated).toContain("assert");
  });

  it("of a CPU whose IRQs another CPU switches on", () => {
    const violated = both([
      thread("T0", 0, [local_irq_disable(), set(x, 1), set(x, 0), local_irq_enable()]),
      thread("T1", 1, [step("sti elsewhere", { then: [assign(at(irqs_enabled, 0), true)] })]),
      hardirq("irq", vector, () => [xIs0]),
      device("device", [send_ipi(vector, 0)]),
    ]);
    expect(violated).toContain("assert");
  });

  it("of another CPU's current task", () => {
    const cpuOf = variable("task_cpu", id(CPU), {
      per: [TASK],
      init: (task) => task,
    });
    const each_ = variable("each", idOrNone(TASK), {
      per: [CPU],
      init: (cpu) => cpu,
    });
    const violated = both(
      [
        tasks(
          "T",
          TASK,
          (me) => ({
            cpu: at(cpuOf, me),
            runs: eq(at(each_, at(cpuOf, me)), me),
          }),
          (me) => [
            if_(
              eq(me, 0),
              [set(at(each_, at(cpuOf, me)), NONE)],
              [
                step("check", {
                  then: [check(eq(at(each_, 0), NONE), "it runs")],
                }),
                set(at(cpuOf, me), at(cpuOf, me)),
              ],
            ),
          ],
        ),
      ],
      { cpu: 2, task: 2 },
    );
    expect(violated).toContain("assert");
  });
});
