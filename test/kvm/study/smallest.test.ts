import { describe, expect, it } from "vitest";
import { kvmBounds, smallestKvm } from "../../../lib/kvm/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

describe("the smallest machine that goes wrong", () => {
  it("is for m6 two CPUs, one vCPU and a further waker: everything smaller was explored", () => {
    const { found, tried, complete } = smallestKvm(
      kernelC,
      { mutant: "m6" },
      { paths: ["other-wakers"] },
    );
    expect(found?.size).toEqual({ cpus: 2, vcpus: 1, paths: ["other-wakers"] });
    expect(found?.result.violations.deadlock).toMatchObject({ shortest: true });
    expect(found?.result.violations.deadlock?.schedule).toHaveLength(19);
    expect(tried.map(({ size }) => size)).toContainEqual({ cpus: 2, vcpus: 2, paths: [] });
    expect(complete).toBe(true);
  });

  it("is for m1 three CPUs, two vCPUs, affinity changes and load balancing: all else was explored", () => {
    const limits = { cpus: 3, vcpus: 2, paths: ["set-affinity", "load-balance"] } as const;
    const { found, tried, complete } = smallestKvm(kernelC, { mutant: "m1" }, limits, {
      shortest: false,
    });
    expect(found?.size).toEqual(limits);
    // The known schedule.
    expect(found?.result.violations.deadlock?.schedule.length).toBeLessThanOrEqual(81);
    // Fewer CPUs, fewer vCPUs and either path alone are all among what was explored to the end.
    expect(tried).toHaveLength(kvmBounds(limits).length);
    expect(complete).toBe(true);
    // The largest of these machines has 21 million states.
  }, 300_000);

  it.skipIf(process.env["LAB_LONG_TESTS"] !== "1")(
    "is the same for m1 when every further path may take part (LAB_LONG_TESTS=1: 135 s of processor time)",
    () => {
      const limits = { cpus: 3, vcpus: 2 };
      const { found, tried, complete } = smallestKvm(kernelC, { mutant: "m1" }, limits, {
        shortest: false,
      });
      expect(found?.size).toEqual({ ...limits, paths: ["set-affinity", "load-balance"] });
      expect(tried).toHaveLength(76);
      expect(complete).toBe(true);
    },
    3_600_000,
  );

  it("is not claimed where a smaller bound was cut short", () => {
    const limits = { cpus: 2, vcpus: 1, paths: [] };
    const { found, complete } = smallestKvm(kernelC, { mutant: "m1" }, limits, { maxStates: 50 });
    expect({ found, complete }).toEqual({ found: null, complete: false });
  });

  it("is looked for among fewer parts before more", () => {
    const totals = kvmBounds({ cpus: 3, vcpus: 2, paths: ["set-affinity", "load-balance"] }).map(
      ({ cpus, vcpus, paths }) => cpus + vcpus + paths.length,
    );
    expect(totals).toHaveLength(3 * 2 * 4);
    expect(totals).toEqual([...totals].sort((a, b) => a - b));
  });
});
