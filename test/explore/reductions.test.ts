import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CPU,
  type Expr,
  NONE,
  type Process,
  type Scenario,
  type Statement,
  assign,
  at,
  bool,
  check,
  choose,
  device,
  devices,
  each,
  eq,
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
  not,
  raw_spin_lock,
  raw_spin_trylock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  section,
  send_ipi,
  set,
  smp_processor_id,
  softirq,
  step,
  tasks,
  thread,
  translate,
  variable,
  wait_until,
  when,
} from "../../lib/machine/index.js";
import { dining } from "../../lib/cases/index.js";
import type { Reductions } from "../../lib/explore/index.js";
import { Budget } from "../../lib/explore/budget.js";
import { unpack } from "../../lib/explore/packing.js";
import { type Search, search } from "../../lib/explore/search.js";
import { renamedValue, symmetryOf } from "../../lib/explore/symmetry.js";
import { kvm } from "../../lib/kvm/index.js";
import { agree } from "./agreement.js";

/** How many states there are up to renaming. */
function orbits({ store, compiled }: Search): number {
  const { model, packing } = compiled;
  const { renamings } = symmetryOf(model);
  const found = new Set<string>();
  for (let id = 0; id < store.count; id++) {
    const state = unpack(packing, store.words, id * packing.words);
    const names = renamings.map((by) => {
      const renamed: number[] = [];
      for (const [at_, slot] of model.slots.entries()) {
        renamed[by.slots[at_] ?? at_] = renamedValue(slot, state[at_] ?? 0, by);
      }
      return renamed.join();
    });
    found.add(names.sort()[0] ?? "");
  }
  return found.size;
}

const a = raw_spinlock("a");
const b = raw_spinlock("b");
const mine = raw_spinlock("mine", { per: [CPU] });
const x = variable("x", int(0, 2));
const y = variable("y", bool, { per: [CPU] });
const y0 = variable("y0", bool);
const vector = variable("vector", bool, { per: [CPU] });
const me = smp_processor_id();
const TASK = idSet("task");
const pending = variable("pending", bool, { per: [CPU] });
const curr = variable("curr", idOrNone(TASK), { per: [CPU], init: (cpu) => (cpu === 0 ? 0 : -1) });
const task_cpu = variable("task_cpu", id(CPU), { per: [TASK] });
const index = variable("index", int(0, 1));
const array = variable("array", bool, { per: [2] });
const winner = variable("winner", idOrNone(TASK));
const marked = variable("marked", bool, { per: [TASK] });

/** Small pieces of code, right and wrong ones, of which random programs are made. */
const pieces: readonly (readonly Statement[])[] = [
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

const program = fc
  .array(fc.integer({ min: 0, max: pieces.length - 1 }), { minLength: 1, maxLength: 2 })
  .map((chosen) => chosen.flatMap((at_) => pieces[at_] ?? []));

const scenarios = fc.record({
  first: program,
  second: program,
  third: program,
  handler: fc.option(program, { nil: null }),
  softly: fc.option(program, { nil: null, freq: 1 }),
  kind: fc.constantFrom("threads", "alike", "sharing", "moving"),
  loop: fc.boolean(),
  cpus: fc.constantFrom(2, 2, 2, 3),
});

type Parts = typeof scenarios extends fc.Arbitrary<infer T> ? T : never;

function make({ first, second, third, handler, softly, kind, loop, cpus }: Parts): Scenario {
  const wrap = (body: readonly Statement[]) => (loop ? [forever(body)] : body);
  const own = [first, second, third]
    .slice(0, cpus)
    .map((body, i) => thread(`T${String(i)}`, i, wrap(body)));
  const body = (task: Expr) => [if_(eq(task, 0), wrap(first), wrap(second))];
  const moves = (task: Expr): Expr => at(task_cpu, task);
  const threads: Record<typeof kind, readonly Process[]> = {
    threads: own,
    alike: [
      tasks(
        "T",
        CPU,
        (cpu) => ({ cpu }),
        () => wrap(first),
      ),
    ],
    sharing: [
      tasks("T", TASK, (task) => ({ cpu: 0, runs: eq(at(curr, 0), task) }), body),
      thread("P", 1, third),
    ],
    moving: [
      tasks(
        "T",
        TASK,
        (task) => ({ cpu: moves(task), runs: eq(at(curr, moves(task)), task) }),
        body,
      ),
      thread("P", 1, third),
    ],
  };
  const interrupts =
    handler === null
      ? []
      : [
          hardirq("irq", vector, () => handler),
          cpus === 2
            ? devices("device", CPU, (cpu) => [send_ipi(vector, cpu)])
            : device("device", [send_ipi(vector, 0)]),
        ];
  const softirqs = softly === null ? [] : [softirq("softirq", pending, () => softly)];
  const processes = [...threads[kind], ...interrupts, ...softirqs];
  return scenario("random", { sizes: { cpu: cpus, task: 2 }, processes });
}

describe("with each reduction on and off", () => {
  it("terminal states, violations and shortest lengths of random programs agree", () => {
    fc.assert(
      fc.property(scenarios, (parts) => {
        agree(make(parts));
      }),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 30) },
    );
  });

  it("one state stands for all its renamings: as many are kept as there are orbits", () => {
    const alike = (body: readonly Statement[], cpus: 2 | 3) => {
      const first = [...body];
      const none = { second: [], third: [], softly: null };
      return make({ first, handler: first, kind: "alike", loop: true, cpus, ...none });
    };
    const cases = [
      ...pieces.map((piece) => alike(piece, 2)),
      alike(pieces[6] ?? [], 3),
      kvm({ fix: "final", cpus: 2, vcpus: 1 }),
      kvm({ fix: "final", cpus: 1, vcpus: 2 }),
    ];
    for (const of of cases) {
      const model = translate(of);
      const plain = search(model, { local: false, symmetry: false }, new Budget({}));
      const kept = search(model, { local: false, symmetry: true }, new Budget({}));
      expect(kept.store.count).toBe(orbits(plain));
    }
  });

  it("a process that waits for a lock in another's endless loop is not forgotten", () => {
    const loop = [forever([raw_spin_lock(a), raw_spin_unlock(a)])];
    const held = [raw_spin_lock(a), forever([raw_spin_unlock(a), raw_spin_lock(a)])];
    for (const body of [loop, held]) {
      const processes = [thread("T0", 0, body), thread("T1", 1, loop)];
      agree(scenario("turns", { sizes: { cpu: 2 }, processes }));
    }
  });

  it("a check that fails before any state is stored has its schedule", () => {
    const processes = [thread("T0", 0, [raw_spin_unlock(b)])];
    agree(scenario("at once", { sizes: { cpu: 1 }, processes }));
  });

  it("where a process is can be asked by a step of another", () => {
    const ask = [
      if_(eq(inside("s"), 1), [set(y0, true)]),
      step("y", { then: [check(not(y0), "y")] }),
    ];
    const asked = [section("s", [set(x, 1), set(x, 0)]), set(x, 2)];
    const processes = [thread("T0", 0, ask), thread("T1", 1, asked)];
    expect(agree(scenario("asked", { sizes: { cpu: 2 }, processes }))).toEqual(["assert"]);
  });

  it("dining philosophers agree", () => {
    agree(dining(4));
  });
});

describe("each reduction alone", () => {
  const of = kvm({ fix: "final", cpus: 2, vcpus: 2 });
  const states = (reductions: Reductions) =>
    search(translate(of), reductions, new Budget({})).store.count;

  it("leaves states out, and more together", () => {
    const alone = [
      states({ local: true, partialOrder: false, symmetry: false }),
      states({ local: true, symmetry: false }),
      states({ local: true, symmetry: ["cpu"] }),
      states({ local: true, symmetry: ["vcpu"] }),
      states({ local: true, symmetry: true }),
    ];
    const [local = 0, guarded = 0, cpus = 0, vcpus = 0, all = 0] = alone;
    expect(local).toBeLessThan(353_962);
    expect(guarded).toBeLessThan(local);
    for (const one of [cpus, vcpus]) expect([one < guarded, one > all]).toEqual([true, true]);
  });
});
