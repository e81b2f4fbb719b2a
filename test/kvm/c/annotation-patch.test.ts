import { describe, expect, it } from "vitest";
import {
  type Annotation,
  annotate,
  annotationPatch,
  baseCode,
  kernelOrders,
  kvmFiles,
  lockdepInOrdersOfC,
  lockdepVerdict,
  mergedRule,
} from "../../../lib/kvm/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

const rules: readonly Partial<Annotation>[] = [
  { schedOut: [1] },
  { handler: [1] },
  { schedIn: [1] },
  { schedOut: [1], schedIn: [1] },
  { schedOut: [1], schedIn: [0, 2] },
  { handler: [0, 1], schedOut: [2], schedIn: [2, 0] },
  mergedRule,
];

describe("the patch that a rule of subclasses stands for", () => {
  it.each(rules.map((rule) => [JSON.stringify(rule), rule] as const))(
    "has lockdep say what the rule has it say: %s",
    (_, rule) => {
      const files = kvmFiles({ patches: [annotationPatch(rule)] });
      const said = lockdepInOrdersOfC(kernelC, files).orders.map(({ kind }) => kind);
      const code = annotate(baseCode, rule);
      expect(said).toEqual(kernelOrders.map((order) => lockdepVerdict(code, order).kind));
    },
  );

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
