import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import {
  type ChangeName,
  certificate,
  certified,
  excluded,
  irqsOff,
  ownLock,
} from "../../../lib/kvm/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

const brokenBy = (change: ChangeName): string | undefined =>
  explore(certified(kernelC, { fix: "final", changes: [change] }, { cpus: 2, vcpus: 1 }), {
    properties: ["invariant"],
  }).violations.invariant?.message;

describe("the certificate of the mutual exclusion", () => {
  const proof = certificate(kernelC, { cpus: 2, vcpus: 2 });

  it("holds in every state of two CPUs and two vCPUs, premises and conclusion", () => {
    expect(proof.invariants).toEqual([irqsOff, ownLock, excluded]);
    const { verdict, complete, scenario } = proof.result;
    expect({ verdict, complete }).toEqual({ verdict: "safe", complete: true });
    expect(scenario.always.map(({ name }) => name)).toEqual(proof.invariants);
  });

  it("falls with either premise: the shortest deadlock follows", () => {
    const fallen = proof.dropped.map(({ premise, result }) => {
      const found = result.violations.deadlock;
      return [premise, result.verdict, found?.shortest, found?.schedule.length];
    });
    expect(fallen).toEqual([
      [irqsOff, "deadlock", true, 32],
      [ownLock, "deadlock", true, 46],
    ]);
  });

  it("names the premise that a change drops", () => {
    expect(brokenBy("irqs-on")).toBe(irqsOff);
    expect(brokenBy("remote-cpu")).toBe(ownLock);
    expect(brokenBy("no-on-test")).toBeUndefined();
  });
});
