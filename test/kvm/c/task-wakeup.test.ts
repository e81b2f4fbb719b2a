import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import { explorerVerdict, kvmFiles, kvmInC, lockdepInOrdersOfC } from "../../../lib/kvm/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

/** A vCPU kicks another one between two runs of its guest, as an emulated IPI does. */
const kick = `--- a/virt/kvm/kvm_main.c
+++ b/virt/kvm/kvm_main.c
@@ -80,4 +80,9 @@
 /* What the host has to do between two runs of the guest: nothing. */
 static void vcpu_run_host_work(struct kvm_vcpu *vcpu)
 {
+	struct vcpu_vmx *other = nondet_member(struct vcpu_vmx, any, true);
+
+	if (other)
+		kvm_vcpu_wake_up(&other->vcpu);
 }
`;

describe("a wakeup by a task with interrupts on", () => {
  it("takes pi_lock with interrupts off, as the kernel does: the wakeup handler cannot come in between", async () => {
    const kernelC = await loadKernelC();
    const files = kvmFiles({ fix: "final", patches: [kick] });
    expect(lockdepInOrdersOfC(kernelC, files).kind).toBeNull();
    const result = explore(kvmInC(kernelC, files, "kick"), { shortest: false });
    expect(explorerVerdict(result)).toBe("none");
    expect(result.complete).toBe(true);
  });
});
