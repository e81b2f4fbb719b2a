import { describe, expect, it } from "vitest";
import {
  CPU,
  at,
  bool,
  forever,
  hardirq,
  local_irq_disable,
  local_irq_enable,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  send_ipi,
  tasks,
  variable,
  type Scenario,
} from "../../../lib/machine/index.js";
import { instanceGraph } from "../../../lib/views/graphs/instance-graph.js";
import { instancesOf } from "../../../lib/views/graphs/instances.js";
import { traceOf, type Trace } from "../../../lib/views/trace/trace.js";
import { randomWalk } from "../../../lib/machine/run/random-walk.js";
import { deadlockTrace } from "../abba.js";
import { hostileName } from "../samples.js";
import { expectSoundFigure, visibleText } from "../wellformed.js";

/** Each CPU takes only its own locks, the handler in the other order than the task. */
function perCpu(irqsOff: boolean, name = "&wakeup"): Scenario {
  const rq = raw_spinlock("rq", { per: [CPU], className: "&rq->__lock" });
  const wakeup = raw_spinlock("wakeup", { per: [CPU], className: name });
  const vector = variable("vector", bool, { per: [CPU] });
  return scenario("per-CPU locks", {
    sizes: { cpu: 2 },
    processes: [
      tasks(
        "task",
        CPU,
        (cpu) => ({ cpu }),
        (cpu) => [
          forever([
            send_ipi(vector, cpu),
            ...(irqsOff ? [local_irq_disable()] : []),
            raw_spin_lock(at(rq, cpu)),
            raw_spin_lock(at(wakeup, cpu)),
            raw_spin_unlock(at(wakeup, cpu)),
            raw_spin_unlock(at(rq, cpu)),
            ...(irqsOff ? [local_irq_enable()] : []),
          ]),
        ],
      ),
      hardirq("handler", vector, (cpu) => [
        raw_spin_lock(at(wakeup, cpu)),
        raw_spin_lock(at(rq, cpu)),
        raw_spin_unlock(at(rq, cpu)),
        raw_spin_unlock(at(wakeup, cpu)),
      ]),
    ],
  });
}

const walks = (of: Scenario): readonly Trace[] =>
  [1, 2, 3].map((seed) => traceOf(of, randomWalk(of, 300, seed)));
const safe = walks(perCpu(true));
const figure = await instanceGraph(...safe);

describe("the graph of instances", () => {
  it("is a sound figure with a box for each CPU's own locks", async () => {
    expect(await instanceGraph(...safe)).toEqual(figure);
    expectSoundFigure(() => figure);
    const text = visibleText(figure.svg).split("\n");
    for (const part of ["CPU 0", "CPU 1", "rq[cpu0]", "wakeup[cpu1]", "by CPU 1"])
      expect(text).toContain(part);
  });

  it("shows that a circle on one CPU with IRQs off cannot be", () => {
    const { circles } = instancesOf(safe.map((t) => t.steps.flatMap((s) => s.events)));
    expect(circles.map((c) => c.together)).toEqual([null, null]);
    expect(circles.flatMap((c) => c.twice).sort()).toEqual([0, 1]);
    expect(figure.text).toContain("would have to be at two places at once");
  });

  it("shows that it can be where an interrupt may come in between", async () => {
    const open = await instanceGraph(...walks(perCpu(false)));
    expect(open.alt).toContain("whose edges can all be there at once");
    expect(open.text).toContain("CAN BE");
  });

  it("shows a hostile name as text", async () => {
    const bad = await instanceGraph(
      deadlockTrace(hostileName),
      ...walks(perCpu(true, hostileName)),
    );
    expect(bad.svg).not.toContain("<script");
    visibleText(bad.svg);
  });
});

describe("a walk", () => {
  it("is the same for the same seed, and another for another", () => {
    const of = perCpu(true);
    expect(randomWalk(of, 100, 1)).toEqual(randomWalk(of, 100, 1));
    expect(randomWalk(of, 100, 1)).not.toEqual(randomWalk(of, 100, 2));
  });
});
