import { describe, expect, it } from "vitest";
import { type Property, explore } from "../../../lib/explore/index.js";
import {
  type ChangeName,
  type FixName,
  type MutantNumber,
  kernelOrders,
  kvm,
  lockdepVerdict,
  pathsOnce,
} from "../../../lib/kvm/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

interface Asked {
  readonly fix?: FixName;
  readonly mutant?: MutantNumber;
  readonly changes: readonly ChangeName[];
  readonly cpus?: number;
  readonly vcpus?: number;
}

/** The properties that can be violated, after a complete search. */
function violated({ fix = "final", cpus = 2, vcpus = 2, ...rest }: Asked): readonly Property[] {
  const result = explore(kvm(kernelC, { fix, cpus, vcpus, ...rest }), { shortest: false });
  expect(result.complete).toBe(true);
  return Object.values(result.violations)
    .map(({ property }) => property)
    .sort();
}

describe("what each change of the mechanism does, with two CPUs and two vCPUs", () => {
  it.each<readonly [ChangeName, readonly Property[], string]>([
    [
      "irqs-on",
      ["assert", "deadlock", "lost-wakeup"],
      "the handler comes inside sched_out, which asserts that it cannot",
    ],
    [
      "irqs-on-irqsave",
      ["deadlock", "lost-wakeup"],
      "IRQs that are off for the wakeup lock alone do not cover the run queue's lock",
    ],
    ["sched-in-under-rq", ["deadlock"], "sched_in then waits with a run queue locked"],
    ["sched-in-unlocked", ["corruption"], "it leaves the list while another uses it"],
    ["no-on-test", ["lost-wakeup"], "a post before NV was set went to the other vector"],
    ["stale-cpu", ["deadlock", "lost-wakeup"], "the lock is remote, and NDST names another CPU"],
    ["remote-cpu", ["deadlock"], "the other CPU's handler holds its lock and enqueues here"],
  ])("%s leads to %j: %s", (change, properties) => {
    expect(violated({ changes: [change] })).toEqual(properties);
  });

  it.each<readonly [ChangeName, string]>([
    ["wake-after-unlock", "what was collected is woken whether or not it still sleeps"],
    ["load-balance", "a queued vCPU that moves has left no list yet"],
    [
      "set-affinity",
      "the run queue that it waits for is let go: sched_out there waits for its own lock",
    ],
    ["other-wakers", "a further waker takes the locks in the handler's order"],
    ["nv-before-list", "the wakeup that comes early waits on this CPU until IRQs are on again"],
    ["core-scheduling", "one run-queue lock for all does not make the wakeup lock remote"],
    ["preemptible", "the call chain begins at the same point"],
    ["vcpu-exit", "who frees a vCPU has waited for the handler's lock before"],
  ])("%s is safe: %s", (change) => {
    expect(violated({ changes: [change] })).toEqual([]);
  });

  it("other-wakers leaves m7 safe, with one vCPU", () => {
    expect(violated({ mutant: "m7", changes: ["other-wakers"], vcpus: 1 })).toEqual([]);
  });

  it("other-wakers makes m6 real: the waker holds the pi_lock and waits for who wants it", () => {
    expect(violated({ mutant: "m6", changes: ["other-wakers"], vcpus: 1 })).toEqual(["deadlock"]);
  });

  it("sched-in-trylock corrupts the list with one vCPU already: it is added twice", () => {
    expect(violated({ changes: ["sched-in-trylock"], vcpus: 1 })).toContain("corruption");
  });

  it("a vCPU that exits is used after it is freed by who wakes without the lock", () => {
    const exit: Asked = { changes: ["vcpu-exit"], vcpus: 1 };
    expect(violated({ ...exit, fix: "defer" })).toEqual(["corruption"]);
    expect(violated({ ...exit, fix: "rcu" })).toEqual(["corruption"]);
    expect(violated({ ...exit, fix: "two-locks" })).toEqual([]);
  });
});

describe("where the merged annotation is silent although the code can deadlock", () => {
  const silent = (change: ChangeName): boolean => {
    const paths = pathsOnce(kernelC, { fix: "final", changes: [change] });
    return kernelOrders.every((order) => {
      const { kind, warnings } = lockdepVerdict(paths, order);
      return kind === null && warnings.length === 0;
    });
  };

  it.each<ChangeName>(["stale-cpu", "remote-cpu"])(
    "%s: the premise of locality is gone",
    (change) => {
      expect(silent(change)).toBe(true);
    },
  );

  it.each<ChangeName>(["irqs-on", "irqs-on-irqsave", "sched-in-under-rq"])("not %s", (change) => {
    expect(silent(change)).toBe(false);
  });
});
