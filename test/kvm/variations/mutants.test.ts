import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import { type FixName, type MutantNumber, explorerVerdict, kvm } from "../../../lib/kvm/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

/** Set LAB_LONG_TESTS=1 to search the larger graphs of the functional changes as well. */
const long = process.env["LAB_LONG_TESTS"] === "1";

const bounds = { cpus: 2, vcpus: 2 } as const;

const truth = (mutant: MutantNumber, fix: FixName = "none"): readonly unknown[] => {
  const result = explore(kvm(kernelC, { fix, mutant, ...bounds }), { shortest: false });
  return [explorerVerdict(result), result.complete];
};

describe("what the mutants really do, with two CPUs and two vCPUs, without a functional change", () => {
  it.each<readonly [MutantNumber, string]>([
    ["m0", "is the code as it is"],
    ["m1", "takes a pi_lock that nobody holds while he waits for what waits for the wakeup lock"],
    ["m6", "takes a pi_lock that only a further waker could hold"],
    ["m7", "holds no run queue while the handler waits: sched_out of another CPU has its own lock"],
    ["m9", "takes its own run queue, of which nobody waits for another CPU's wakeup lock"],
  ])("%s is safe: it %s", (mutant) => {
    expect(truth(mutant)).toEqual(["none", true]);
  });

  it.each<readonly [MutantNumber, string]>([
    ["m2", "sched_out there holds that run queue and waits for the wakeup lock"],
    ["m3", "the previous CPU's handler holds the wakeup lock and enqueues here"],
    ["m4", "the handler comes while its CPU holds the run queue or the wakeup lock"],
    ["m5", "the handler comes while its CPU holds the wakeup lock"],
    ["m8", "the wakeup waits for a run queue whose sched_out waits for the wakeup lock"],
  ])("%s deadlocks: %s", (mutant) => {
    expect(truth(mutant)).toEqual(["deadlock", true]);
  });
});

describe("what a functional change makes of them", () => {
  it.skipIf(!long)(
    "defer makes m3 safe: the handler waits for nothing inside (LAB_LONG_TESTS=1)",
    () => {
      expect(truth("m3", "defer")).toEqual(["none", true]);
    },
  );

  it.skipIf(!long)(
    "defer does not help m2: the handler is not in that circle (LAB_LONG_TESTS=1)",
    () => {
      expect(truth("m2", "defer")).toEqual(["deadlock", true]);
    },
  );

  it("two locks change nothing about m0, m2 and m3: sched_in takes both", () => {
    expect(truth("m0", "two-locks")).toEqual(["none", true]);
    expect(truth("m2", "two-locks")).toEqual(["deadlock", true]);
    expect(truth("m3", "two-locks")).toEqual(["deadlock", true]);
  });

  it.skipIf(!long)(
    "rcu corrupts the list without a grace period, though no vCPU is freed (LAB_LONG_TESTS=1)",
    () => {
      const result = explore(kvm(kernelC, { fix: "rcu", ...bounds }), { shortest: false });
      expect(explorerVerdict(result)).toBe("corruption");
      expect(result.violations.corruption?.message).toMatch(/needs a grace period/);
    },
  );
});
