/** The schedule of what a reduced search found is one of the scenario itself. */
import { describe, expect, it } from "vitest";
import { explore, showsProperty } from "../../../lib/explore/index.js";
import { kvm } from "../../../lib/kvm/index.js";
import {
  CPU,
  add,
  assign,
  at,
  check,
  either,
  eq,
  forever,
  int,
  lt,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  set,
  step,
  tasks,
  thread,
  translate,
  variable,
} from "../../../lib/machine/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

const x = variable("x", int(0, 3));

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
