import { describe, expect, it } from "vitest";
import { failingMutants } from "../../../lib/kvm/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

describe("the mutants that can really fail", () => {
  const { failing, undecided } = failingMutants(kernelC, { cpus: 2, vcpus: 2 });

  it("fail by themselves, or with something that runs beside the three paths", () => {
    expect(undecided).toBeNull();
    expect(failing.map(({ mutant, further }) => [mutant, further])).toEqual([
      ["m1", ["set-affinity", "load-balance"]],
      ["m2", []],
      ["m3", []],
      ["m4", []],
      ["m5", []],
      ["m6", ["other-wakers"]],
      ["m8", []],
    ]);
  });

  it("are bound to a machine: m1 takes three CPUs", () => {
    const [m1] = failing;
    expect(m1).toMatchObject({ mutant: "m1", verdict: "deadlock", cpus: 3, vcpus: 2 });
  });
});
