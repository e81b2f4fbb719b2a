import { describe, expect, it } from "vitest";
import { replay } from "../../../lib/machine/index.js";
import { type MutantNumber, affinityDirections, affinityScenario } from "../../../lib/kvm/index.js";
import { comesToRest, direct } from "../../../lib/machine/index.js";
import { translate } from "../../../lib/machine/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

const run = (mutant: MutantNumber) => {
  const model = translate(affinityScenario(kernelC, mutant));
  const schedule = direct(model, affinityDirections);
  return { model, schedule, steps: replay(model, schedule).steps };
};

describe("what makes m1 real", () => {
  it("is an affinity change that waits for a run queue which load balancing has emptied: 3 CPUs", () => {
    const { model, schedule, steps } = run("m1");
    expect(schedule).toHaveLength(81);
    expect(steps.flatMap(({ violations }) => violations)).toEqual([]);
    expect(comesToRest(model, schedule)).toBe(true);
  });

  it("is nothing without m1: the same schedule of the code as it is goes on", () => {
    const { model, schedule } = run("m0");
    expect(comesToRest(model, schedule)).toBe(false);
  });

  it("says which direction cannot be followed", () => {
    const model = translate(affinityScenario(kernelC, "m1"));
    expect(() =>
      direct(model, [{ run: "vcpu0", before: "set_current_state(TASK_INTERRUPTIBLE)" }]),
    ).toThrow(/vcpu0 cannot get to/);
  });
});
