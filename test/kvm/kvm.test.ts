import { expect, describe, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import {
  annotationPatch,
  kernelOrders,
  kvm,
  kvmFiles,
  lockdepInOrders,
  lockdepVerdict,
  mergedRule,
  pathsOnce,
} from "../../lib/kvm/index.js";
import { loadKernelC } from "../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

describe("kvm()", () => {
  it("is safe as it is, with two CPUs and two vCPUs, in every state", () => {
    const { verdict, complete } = explore(kvm(kernelC));
    expect({ verdict, complete }).toEqual({ verdict: "safe", complete: true });
  });

  it("is as safe with the merged annotation, in as many states: lockdep's view changes nothing", () => {
    const before = explore(kvm(kernelC, { fix: "none", cpus: 2, vcpus: 1 }));
    const after = explore(kvm(kernelC, { fix: "final", cpus: 2, vcpus: 1 }));
    expect(after.states).toBe(before.states);
    expect(after.transitions).toBe(before.transitions);
  });

  it("is made of names and patches: an annotation is the patch that it stands for", () => {
    const named = kvmFiles({ annotation: mergedRule });
    const patched = kvmFiles({ patches: [annotationPatch(mergedRule)] });
    expect(named).toEqual(patched);
    expect(kvm(kernelC, { annotation: mergedRule }).name).toBe("kvm-pi none m0, annotated");
  });

  it("adds a mutant to any annotation that the search tries", () => {
    for (const mutant of ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9"] as const) {
      for (const taken of [[1], [0, 1], [1, 0], [2, 1]] as const) {
        const annotation = { handler: taken, schedOut: taken, schedIn: taken };
        expect(() => kvmFiles({ annotation, mutant })).not.toThrow();
      }
    }
  });

  it("has both verdicts: silence about out1 with m2, and the deadlock", () => {
    const code = { fix: "out1", mutant: "m2" } as const;
    const paths = pathsOnce(kernelC, code);
    expect(lockdepInOrders(paths).kind).toBeNull();
    expect(kernelOrders.map((order) => lockdepVerdict(paths, order).kind)).toContain(null);
    const result = explore(kvm(kernelC, { ...code, vcpus: 2 }), { shortest: false });
    expect(result.verdict).toBe("deadlock");
  });

  it("names what is wrong with an option", () => {
    const typo = JSON.parse('{ "fixx": "final" }') as { fix: "final" };
    expect(() => kvm(kernelC, typo)).toThrow(/did you mean fix/);
    const change = JSON.parse('"irq-on"') as "irqs-on";
    expect(() => kvmFiles({ changes: [change] })).toThrow(/did you mean irqs-on/);
    expect(() => kvm(kernelC, { cpus: 9 })).toThrow(/from 1 to 8/);
  });
});
