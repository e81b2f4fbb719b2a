import { describe, expect, it } from "vitest";
import { explore, showsProperty } from "../../lib/explore/index.js";
import { kvm } from "../../lib/kvm/index.js";
import {
  CPU,
  type Effect,
  type Expr,
  NONE,
  type Process,
  add,
  assign,
  at,
  bool,
  check,
  choose,
  cond,
  device,
  each,
  either,
  eq,
  expr,
  forever,
  hardirq,
  id,
  idOrNone,
  idSet,
  if_,
  inside,
  int,
  irqs_enabled,
  local_irq_disable,
  local_irq_enable,
  lt,
  mutex,
  ne,
  or,
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
  translate,
  variable,
  wait_until,
  when,
} from "../../lib/machine/index.js";
import { agree } from "./agreement.js";
import { loadKernelC } from "../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

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
const hang = wait_until(expr(false), "hang");

/** An interrupt on CPU 0 that does nothing: with it, a task there may be interrupted. */
const interrupts: readonly Process[] = [
  hardirq("irq", vector, () => [step("nothing")]),
  device("device", [send_ipi(vector, 0)]),
];

const both = (processes: readonly Process[], sizes = { cpu: 3, task: 2 }) =>
  agree(scenario("both ways", { sizes, processes }));

describe("a reduced search sees what others see", () => {
  it("of an element whose index was written earlier in the same step", () => {
    const index = variable("index", int(0, 1));
    const array = variable("array", int(0, 3), { per: [2] });
    const write = [assign(index, 1), assign(at(array, index), 1)];
    const violated = both([
      thread("T0", 0, [step("both", { then: write })]),
      thread("T1", 1, [if_(eq(at(array, 1), 0), [hang])]),
    ]);
    expect(violated).toEqual(["deadlock"]);
  });

  it("of an element whose index a test of the same step reads after it was written", () => {
    const index = variable("index", int(0, 1));
    const array = variable("array", int(0, 3), { per: [2] });
    const test = when(eq(at(array, index), 1), [assign(x, 1)]);
    const violated = both([
      thread("T0", 0, [step("both", { then: [assign(index, 1), test] }), if_(eq(x, 1), [hang])]),
      thread("T1", 1, [set(at(array, 1), 1)]),
    ]);
    expect(violated).toEqual(["deadlock"]);
  });

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

  it("of each way that a process which nobody disturbs can go", () => {
    const fate = [either([set(x, 1)], [set(x, 2)]), xIs0];
    const local = [thread("T0", 0, [either([step("left")], [step("right")]), ...fate])];
    for (const wrong of [1, 2]) {
      const asked = step("x", { then: [check(ne(x, wrong), "x is wrong")] });
      const threads = [thread("T0", 0, [either([set(x, 1)], [set(x, 2)]), asked])];
      expect(both([...threads, thread("T1", 1, [set(go, true)])])).toEqual(["assert"]);
    }
    expect(both(local)).toEqual(["assert"]);
  });

  it("of what must hold always and is broken while a lock keeps everybody away", () => {
    const body = [raw_spin_lock(a), set(x, 1), set(x, 0), raw_spin_unlock(a)];
    const processes = [thread("T0", 0, body), thread("T1", 1, body)];
    const always = { "x is 0": eq(x, 0) };
    expect(agree(scenario("always", { sizes: { cpu: 2 }, processes, always }))).toEqual([
      "invariant",
    ]);
  });

  it("of one of many that are alike, who waits forever while the others go on", () => {
    const first = variable("first", idOrNone(CPU));
    // In so many places, of which some sort before where the others wait, and some behind it.
    const round = [0, 1, 2, 3, 0, 1, 2, 3].map((value) => set(x, value));
    const elect = (me: Expr) => when(eq(first, NONE), [assign(first, me)]);
    const alike = tasks(
      "T",
      CPU,
      (cpu) => ({ cpu }),
      (me) => [step("elect", { then: [elect(me)] }), if_(eq(first, me), [forever(round)], [hang])],
    );
    for (const cpu of [2, 3]) expect(both([alike], { cpu, task: 1 })).toEqual(["deadlock"]);
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

  it("of what a lock guards that somebody drops who does not hold it", () => {
    const violated = both([
      thread("T0", 0, [raw_spin_lock(a), set(x, 1), set(x, 0), raw_spin_unlock(a)]),
      thread("T1", 1, [
        raw_spin_unlock(a),
        raw_spin_lock(a),
        if_(eq(x, 1), [hang]),
        raw_spin_unlock(a),
      ]),
    ]);
    expect(violated).toEqual(["deadlock", "misuse"]);
  });

  it("of members that an effect on each of them tells apart by their order", () => {
    const winner = variable("winner", idOrNone(TASK));
    const marked = variable("marked", bool, { per: [TASK] });
    const elect = each(TASK, (task) => [when(eq(winner, NONE), [assign(winner, task)])]);
    const violated = agree(
      scenario("elect", {
        sizes: { cpu: 2, task: 2 },
        processes: [
          thread("T0", 0, [
            choose(TASK, (task) => step("mark", { then: [assign(at(marked, task), true)] })),
            set(go, true),
          ]),
          thread("T1", 1, [
            step("elect", { when: go, then: [elect] }),
            if_(at(marked, winner), [step("no", { then: [check(false, "it was marked")] })]),
          ]),
        ],
        always: {
          watched: or(eq(winner, NONE), ne(winner, NONE)),
          too: or(go, eq(go, false)),
        },
      }),
    );
    expect(violated).toEqual(["assert"]);
  });
});

describe("a way back", () => {
  it("is gone as the search went, where it depends on names how far an endless loop is run through", () => {
    const lock = raw_spinlock("lock");
    const passed = variable("passed", int(0, 4));
    const spin = variable("spin", int(0, 15), { per: [CPU] });
    const of = scenario("a third one in", {
      sizes: { cpu: 4 },
      processes: [
        tasks(
          "T",
          CPU,
          (cpu) => ({ cpu }),
          (me) => [
            raw_spin_lock(lock),
            step("count", {
              then: [check(lt(passed, 2), "a third one"), assign(passed, add(passed, 1))],
            }),
            raw_spin_unlock(lock),
            forever(Array.from({ length: 12 }, (_, i) => set(at(spin, me), i))),
          ],
        ),
      ],
    });
    const { violations } = explore(of);
    expect(violations.assert?.schedule).toHaveLength(8);
  });

  it("is told of no state that a search saw while it assumed too much", () => {
    const y = variable("y", int(0, 2));
    const of = scenario("two", {
      sizes: { cpu: 2 },
      processes: [
        thread("T0", 0, [set(y, 1)]),
        thread("T1", 1, [step("check", { then: [check(eq(y, 0), "y is 0")] })]),
      ],
    });
    for (const maxStates of [1, 2, 3]) {
      const { violations } = explore(of, { reductions: { local: true }, maxStates });
      const { schedule } = violations.assert ?? {};
      if (schedule !== undefined)
        expect(showsProperty(translate(of), "assert")(schedule)).toBe(true);
    }
    const cut = { strategy: "depth", maxStates: 200 } as const;
    expect(explore(kvm(kernelC, { changes: ["stale-cpu"] }), cut).complete).toBe(false);
  });

  it("is the same where a limit of depth is met on the way but not by the shortest", () => {
    const to = (next: number) => [
      step(`x = ${next}`, { when: lt(x, next), then: [assign(x, next)] }),
    ];
    const of = scenario("a short cut", {
      sizes: { cpu: 1 },
      processes: [thread("T", 0, [forever([either(to(1), to(2))])])],
    });
    const options = { maxDepth: 1, properties: ["assert"] } as const;
    for (const strategy of ["breadth", "depth"] as const) {
      expect(explore(of, { ...options, strategy })).toMatchObject({ verdict: "safe", states: 3 });
    }
  });
});

describe("members that are named by their number", () => {
  it("are not interchangeable, in whatever branch of a value they are named", () => {
    const flag = variable("flag", bool);
    const who = variable("who", idOrNone(CPU));
    const some = cond(flag, 0, 1);
    const effects = (me: Expr): readonly (readonly Effect[])[] => [
      [assign(who, some), check(ne(who, me), "me")],
      [check(ne(me, some), "me")],
      [assign(who, cond(flag, cond(eq(flag, 0), 1, 0), me)), check(ne(who, 1), "1")],
    ];
    for (const at_ of [0, 1, 2]) {
      const violated = both(
        [
          tasks(
            "T",
            CPU,
            (cpu) => ({ cpu }),
            (me) => [step("s", { then: effects(me)[at_] ?? [] }), set(flag, flag)],
          ),
        ],
        { cpu: 2, task: 1 },
      );
      expect(violated).toContain("assert");
    }
  });
});

describe("the CPU of a process, where it depends on what others write", () => {
  it("may be the same while what chose it is not", () => {
    const which = variable("which", int(0, 1));
    const place = variable("place", id(CPU), { per: [2] });
    for (const cpu of [at(place, which), cond(eq(which, 1), 0, at(place, 0))]) {
      const look = step("look", { then: [check(ne(which, 1), "which is 1")] });
      const violated = both([
        thread("Q", 1, [set(which, 1), set(which, 0)]),
        tasks(
          "P",
          TASK,
          (me) => ({ cpu, runs: eq(me, 0) }),
          () => [look, set(at(place, 0), 0)],
        ),
      ]);
      expect(violated).toContain("assert");
    }
  });
});

describe("what names nobody", () => {
  it.each([false, true])("reads as nobody, assigned anywhere or not: %s", (assigned) => {
    const who = variable("who", idOrNone(CPU));
    const of = variable("of", int(-1, 1), { per: [CPU], init: 1 });
    const via = variable("via", idOrNone(CPU), { per: [CPU], init: (cpu) => cpu });
    const writes = assigned ? [set(at(of, 0), 1)] : [];
    for (const index of [who, at(via, who), cond(eq(x, 1), 0, who)]) {
      const read = step("read", { then: [check(eq(at(of, index), NONE), "somebody")] });
      expect(both([thread("T", 0, [read, set(who, 0), set(x, 1), ...writes])])).toEqual([]);
    }
  });

  it("runs on no CPU, whether there are interrupts or not", () => {
    const where = variable("where", idOrNone(CPU), { per: [TASK] });
    const task = tasks(
      "T",
      TASK,
      (me) => ({ cpu: at(where, me) }),
      (me) => [step("runs", { then: [check(false, "it runs")] }), set(at(where, me), 0)],
    );
    for (const more of [[], interrupts]) expect(both([task, ...more])).toEqual(["deadlock"]);
  });

  it("is refused: a process by its number, a section that there is not", () => {
    const lock = mutex("lock");
    const holder = step("holder", { then: [check(ne(lock, 1), "process 1 holds it")] });
    const named = scenario("named", { sizes: { cpu: 2 }, processes: [thread("T", 0, [holder])] });
    expect(() => explore(named)).toThrow(/process T, step "holder": .*named by the number 1/);
    const nowhere = scenario("nowhere", {
      sizes: { cpu: 1 },
      processes: [thread("T", 0, [step("nothing")])],
      always: { alone: lt(inside("typo"), 2) },
    });
    expect(() => explore(nowhere)).toThrow(/inside\("typo"\): no process has a section/);
  });
});
