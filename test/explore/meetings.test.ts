import { describe, expect, it } from "vitest";
import { census, meetings } from "../../lib/explore/index.js";
import {
  CPU,
  type Scenario,
  bool,
  fn,
  forever,
  hardirq,
  local_irq_disable,
  local_irq_enable,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  send_ipi,
  thread,
  variable,
} from "../../lib/machine/index.js";
import { stateSpace } from "../../lib/machine/run/state-space.js";

const a = raw_spinlock("a", { per: [] });
const vector = variable("vector", bool, { per: [CPU] });
const both = [raw_spin_lock(a), raw_spin_unlock(a)];

/** A task on each of two CPUs takes a lock, with IRQs off inside `update()` or not; so does a handler on CPU 0. */
function updates(irqsOff: boolean): Scenario {
  const task = irqsOff
    ? [local_irq_disable(), fn("update", both), local_irq_enable()]
    : [fn("update", [local_irq_disable(), ...both, local_irq_enable()])];
  return scenario("updates", {
    sizes: { cpu: 2 },
    processes: [
      thread("T0", 0, task),
      thread("T1", 1, [send_ipi(vector, 0), forever(task)]),
      hardirq("handler", vector, () => [fn("serve", both)]),
    ],
  });
}

const question = { lock: "a", paths: { task: "update", interrupt: "serve" } } as const;

describe("which paths meet at a lock", () => {
  const { entries, complete } = meetings(updates(true), question);
  const count = (x: string, y: string): number =>
    entries.find((e) => e.a === x && e.b === y)?.meeting ?? -1;

  it("are those that two CPUs can be in", () => {
    expect(complete).toBe(true);
    expect(count("task", "interrupt")).toBeGreaterThan(0);
    expect(count("task", "task")).toBeGreaterThan(0);
  });

  it("are not two of one CPU, and a path that has one CPU never meets itself", () => {
    expect(count("interrupt", "interrupt")).toBe(0);
    const alone = { ...question, paths: { interrupt: "serve" } } as const;
    expect(meetings(updates(true), alone).entries.map((e) => e.meeting)).toEqual([0]);
  });

  it("are those of the handler where a task that it interrupted is in a path as well", () => {
    const [one, other] = [updates(true), updates(false)].map((of) =>
      meetings(of, question).entries.find((e) => e.a === "task" && e.b === "task"),
    );
    expect(one?.steps).toBeGreaterThan(0);
    expect(other?.steps).toBe(one?.steps);
  });

  it("come with the bounds", () => {
    expect(meetings(updates(true), question, { maxStates: 7 }).complete).toBe(false);
  });

  it("cannot be asked of a lock or a path that is not there", () => {
    expect(() => meetings(updates(true), { ...question, lock: "&a" })).toThrow('lock named "&a"');
    const typo = { lock: "a", paths: { task: "updaet" } };
    expect(() => meetings(updates(true), typo)).toThrow("inside updaet()");
  });
});

describe("a census", () => {
  it("looks at the states that a walk of the readable machine finds, at their depths", () => {
    const { states } = stateSpace(updates(true), 1000);
    const seen = census(updates(true), (_, state) => [state.join()]);
    expect(seen.complete).toBe(true);
    const found = seen.counted.map(({ kind, schedule }) => `${schedule().length} ${kind}`);
    expect(found.sort()).toEqual(states.map((s) => `${s.depth} ${s.state.join()}`).sort());
  });
});
