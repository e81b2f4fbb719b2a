import { describe, expect, it } from "vitest";
import { explore, showsProperty } from "../../../../lib/explore/index.js";
import { stuckIn } from "../../../../lib/explore/deadlock/stuck-from.js";
import {
  CPU,
  type Statement,
  assign,
  at,
  bool,
  choose,
  eq,
  forever,
  hardirq,
  idOrNone,
  idSet,
  idle_until,
  if_,
  initialState,
  int,
  local_irq_disable,
  local_irq_enable,
  local_irq_restore,
  local_irq_save,
  not,
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
  while_,
} from "../../../../lib/machine/index.js";
import { agree } from "../../agreement.js";

const done = variable("done", bool);
const vector = variable("vector", bool, { per: [CPU] });
const other = raw_spinlock("other");
const spin = while_(not(done), [step("cpu_relax")]);

/** CPU 0 runs the body, CPU 1 goes on forever; the interrupt says that it is done. */
const beside = (body: readonly Statement[]) =>
  scenario("a loop", {
    sizes: { cpu: 2 },
    processes: [
      thread("T0", 0, body),
      thread("T1", 1, [forever([raw_spin_lock(other), raw_spin_unlock(other)])]),
      hardirq("irq", vector, () => [set(done, true)]),
    ],
  });

describe("a CPU that goes round forever", () => {
  it.each([31, 32, 40])("is found behind %i processes", (count) => {
    const turn = variable("turn", int(0, count));
    const loop = [local_irq_disable(), forever([step("round"), step("and round")])];
    const threads = Array.from({ length: count }, (_, at_) => {
      const mine = step("my turn", { when: eq(turn, at_), then: [assign(turn, at_ + 1)] });
      return thread(`T${String(at_)}`, at_, [mine, ...(at_ === count - 1 ? loop : [])]);
    });
    const irq = hardirq("irq", variable("vector", bool, { per: [CPU] }), () => []);
    const of = scenario("many", { sizes: { cpu: count }, processes: [...threads, irq] });
    expect(explore(of).verdict).toBe("deadlock");
  });

  it("with IRQs off, while another runs, is a deadlock: what it waits for is an interrupt of its own", () => {
    const of = beside([local_irq_disable(), send_ipi(vector, 0), spin, local_irq_enable()]);
    expect(agree(of)).toEqual(["deadlock"]);
    const found = explore(of).violations.deadlock;
    expect(found?.schedule).toHaveLength(2);
    expect(found?.message).toBe("T0 goes round forever with IRQs off: !done");
    // The same from a state alone, as a shrinker asks.
    const model = translate(of);
    expect(showsProperty(model, "deadlock")(found?.schedule ?? [])).toBe(true);
    expect(stuckIn(model, initialState(model))).toEqual([]);
  });

  it("is none where IRQs are on, or the interrupt comes on another CPU", () => {
    expect(agree(beside([send_ipi(vector, 0), spin]))).toEqual([]);
    const remote = [local_irq_disable(), send_ipi(vector, 1), spin, local_irq_enable()];
    expect(agree(beside(remote))).toEqual([]);
  });

  it("is none where it comes out again: a handler that walks round as often as it must", () => {
    const round = variable("round", bool);
    const walk = [set(round, true), while_(round, [set(round, false)])];
    const of = scenario("a walk", {
      sizes: { cpu: 1 },
      processes: [thread("T0", 0, [send_ipi(vector, 0)]), hardirq("irq", vector, () => walk)],
    });
    expect(agree(of)).toEqual([]);
  });

  describe("is none where it makes progress that nobody else sees", () => {
    const [own, saved, seen] = [
      variable("own", bool),
      variable("saved", bool),
      variable("seen", bool),
    ];
    const irq = hardirq("irq", vector, () => []);
    const around = (...body: readonly Statement[]) => [local_irq_disable(), forever(body)];
    const until = while_(not(own), [set(done, true), set(own, true)]);
    const rest = idle_until(own);
    const on = [local_irq_save(saved), local_irq_restore(saved)];
    const first = variable("first", bool, { init: 1 });

    it.each([
      ["it rests where it may", [until, rest, set(own, false)]],
      ["it switches IRQs on, if they were", [until, ...on, set(own, false)]],
      ["its round is long", [if_(first, [...on, set(first, false)], [set(first, true)])]],
    ] as const)("%s", (_, body) => {
      const other = thread("T1", 1, [forever([if_(done, [set(seen, true)]), set(done, false)])]);
      const processes = [thread("T0", 0, around(...body)), other, irq];
      expect(agree(scenario("progress", { sizes: { cpu: 2 }, processes }))).toEqual([]);
      const alone = [thread("T0", 0, around(...body)), irq];
      expect(agree(scenario("alone", { sizes: { cpu: 1 }, processes: alone }))).toEqual([]);
    });

    it("before the state from which it goes round", () => {
      const task = idSet("task");
      const curr = variable("curr", idOrNone(task), { per: [CPU], init: 0 });
      const pending = variable("pending", bool, { per: [CPU] });
      const yields = choose(task, (to) => step("yield", { then: [assign(at(curr, 0), to)] }));
      const turns = tasks(
        "T",
        task,
        (me) => ({ cpu: 0, runs: eq(at(curr, 0), me) }),
        () => around(yields),
      );
      const processes = [turns, softirq("softirq", pending, () => [])];
      const of = scenario("turns", { sizes: { cpu: 1, task: 2 }, processes });
      expect(agree(of)).toEqual(["deadlock"]);
      const reductions = { local: true, symmetry: false };
      const found = explore(of, { reductions, shortest: false }).violations.deadlock;
      expect(found?.message).toMatch(/goes round forever with IRQs off: yield/);
      expect(showsProperty(translate(of), "deadlock")(found?.schedule ?? [])).toBe(true);
    });
  });
});
