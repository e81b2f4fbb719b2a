import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CPU,
  type Process,
  type Scenario,
  type Statement,
  assign,
  at,
  bool,
  check,
  device,
  devices,
  each,
  eq,
  forever,
  hardirq,
  if_,
  int,
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
  step,
  tasks,
  thread,
  translate,
  variable,
} from "../../lib/machine/index.js";
import { dining } from "../../lib/cases/index.js";
import { Budget } from "../../lib/explore/budget.js";
import { unpack } from "../../lib/explore/packing.js";
import { type Search, search } from "../../lib/explore/search.js";
import { renamedValue } from "../../lib/explore/symmetry.js";
import { kvm } from "../../lib/kvm/index.js";
import { agree } from "./agreement.js";

/** How many states there are up to renaming. */
function orbits({ store, compiled }: Search): number {
  const { model, packing, symmetry } = compiled;
  const found = new Set<string>();
  for (let id = 0; id < store.count; id++) {
    const state = unpack(packing, store.words, id * packing.words);
    const names = symmetry.renamings.map((by) => {
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
const vector = variable("vector", bool, { per: [CPU] });
const me = smp_processor_id();

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
];

const program = fc
  .array(fc.integer({ min: 0, max: pieces.length - 1 }), { minLength: 1, maxLength: 2 })
  .map((chosen) => chosen.flatMap((at_) => pieces[at_] ?? []));

const scenarios = fc.record({
  first: program,
  second: program,
  third: program,
  handler: fc.option(program, { nil: null }),
  alike: fc.boolean(),
  loop: fc.boolean(),
  cpus: fc.constantFrom(2, 2, 2, 3),
});

function make({
  first,
  second,
  third,
  handler,
  alike,
  loop,
  cpus,
}: typeof scenarios extends fc.Arbitrary<infer T> ? T : never): Scenario {
  const wrap = (body: readonly Statement[]) => (loop ? [forever(body)] : body);
  const threads: Process[] = alike
    ? [
        tasks(
          "T",
          CPU,
          (cpu) => ({ cpu }),
          () => wrap(first),
        ),
      ]
    : [first, second, third]
        .slice(0, cpus)
        .map((body, i) => thread(`T${String(i)}`, i, wrap(body)));
  const interrupts =
    handler === null
      ? []
      : [
          hardirq("irq", vector, () => handler),
          cpus === 2
            ? devices("device", CPU, (cpu) => [send_ipi(vector, cpu)])
            : device("device", [send_ipi(vector, 0)]),
        ];
  return scenario("random", { sizes: { cpu: cpus }, processes: [...threads, ...interrupts] });
}

describe("with each reduction on and off", () => {
  it("terminal states, violations and shortest lengths of random programs agree", () => {
    fc.assert(
      fc.property(scenarios, (parts) => {
        agree(make(parts));
      }),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 40) },
    );
  });

  it("one state stands for all its renamings: as many are kept as there are orbits", () => {
    const alike = (body: readonly Statement[], cpus: 2 | 3) => {
      const first = [...body];
      return make({ first, second: [], third: [], handler: first, alike: true, loop: true, cpus });
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

  it("dining philosophers agree", () => {
    agree(dining(4));
  });
});
