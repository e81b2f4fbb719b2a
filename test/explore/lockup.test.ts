import { describe, expect, it } from "vitest";
import { explore, showsProperty } from "../../lib/explore/index.js";
import { stuckIn } from "../../lib/explore/stuck-in.js";
import {
  CPU,
  type Statement,
  assign,
  bool,
  eq,
  forever,
  hardirq,
  initialState,
  int,
  local_irq_disable,
  local_irq_enable,
  not,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  send_ipi,
  set,
  step,
  thread,
  translate,
  variable,
  while_,
} from "../../lib/machine/index.js";
import { agree } from "./agreement.js";

const done = variable("done", bool);
const vector = variable("vector", bool, { per: [CPU] });
const other = raw_spinlock("other");
const spin = while_(not(done), [step("cpu_relax")]);

/** CPU 0 runs the body, CPU 1 goes on for ever; the interrupt says that it is done. */
const beside = (body: readonly Statement[]) =>
  scenario("a loop", {
    sizes: { cpu: 2 },
    processes: [
      thread("T0", 0, body),
      thread("T1", 1, [forever([raw_spin_lock(other), raw_spin_unlock(other)])]),
      hardirq("irq", vector, () => [set(done, true)]),
    ],
  });

describe("a CPU that goes round for ever", () => {
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
    expect(found?.message).toBe("T0 goes round for ever with IRQs off: !done");
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
});
