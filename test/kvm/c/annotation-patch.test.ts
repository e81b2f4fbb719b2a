import { describe, expect, it } from "vitest";
import {
  type Annotation,
  type FixName,
  annotationPatch,
  kvmFiles,
  lockdepInOrders,
  lockdepInOrdersOfC,
  mergedRule,
  pathsOnce,
} from "../../../lib/kvm/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

const rules: readonly (readonly [string, Partial<Annotation>, "circular" | null])[] = (
  [
    [{ schedOut: [1] }, null],
    [{ handler: [1] }, null],
    [{ schedIn: [1] }, "circular"],
    [{ schedOut: [1], schedIn: [1] }, null],
    [{ schedOut: [1], schedIn: [0, 2] }, null],
    [{ schedOut: [1], schedIn: [1, 0] }, "circular"],
    [{ handler: [0, 1], schedOut: [2], schedIn: [2, 0] }, "circular"],
    [mergedRule, null],
  ] as const
).map(([rule, kind]) => [JSON.stringify(rule), rule, kind]);

const fixedBy: readonly (readonly [FixName, Partial<Annotation>])[] = [
  ["out1", { schedOut: [1] }],
  ["in1", { schedOut: [1], schedIn: [1] }],
  ["final", mergedRule],
];

describe("the patch that a rule of subclasses stands for", () => {
  it.each(rules)("has lockdep tell apart what the rule tells apart: %s", (_, rule, kind) => {
    const files = kvmFiles({ patches: [annotationPatch(rule)] });
    const said = lockdepInOrdersOfC(kernelC, files).orders.map((one) => one.kind);
    expect(said).toEqual([kind, kind, kind]);
  });

  it.each(fixedBy)("has lockdep say of bugs what it says with the fix %s", (fix, annotation) => {
    for (const mutant of ["m2", "m3"] as const) {
      const [ours, theirs] = [
        { annotation, mutant },
        { fix, mutant },
      ].map((text) => lockdepInOrders(pathsOnce(kernelC, text)).orders);
      expect(ours).toEqual(theirs);
    }
  });

  it("is empty where nothing is annotated", () => {
    expect(annotationPatch({})).toBe("");
    expect(annotationPatch({ schedIn: [0] })).toBe("");
  });

  it("is a diff that names the kernel's file, in the kernel's lines", () => {
    const patch = annotationPatch({ schedOut: [1] });
    expect(patch).toMatch(/^--- a\/arch\/x86\/kvm\/vmx\/posted_intr\.c\n\+\+\+ b\//);
    expect(patch.match(/^[-+]\t.*$/gm)).toEqual([
      "-\traw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));",
      "+\traw_spin_lock_nested(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu), 1);",
    ]);
  });
});
