/** Patches to the case in C, as a reader writes them into a cell. */
const folder = "arch/x86/kvm/vmx";

/** Returns a patch with lines put before the wakeup lock is taken in `pi_enable_wakeup_handler()`. */
export const beforeSchedOutLocks = (
  ...lines: readonly string[]
): string => `--- a/${folder}/posted_intr.c
+++ b/${folder}/posted_intr.c
@@ -118,4 +118,5 @@ static void pi_enable_wakeup_handler(struct kvm_vcpu *vcpu)
 	struct vcpu_vmx *vmx = to_vmx(vcpu);
 
 	lockdep_assert_irqs_disabled();
${lines.map((line) => `+\t${line}\n`).join("")} 
`;

/** A patch after which `vcpu->cpu` is never brought up to date. */
export const staleCpu = `--- a/virt/kvm/kvm_main.c
+++ b/virt/kvm/kvm_main.c
@@ -31,5 +31,4 @@ static void kvm_arch_vcpu_load(struct kvm_vcpu *vcpu, int cpu)
 {
 	vmx_vcpu_load(vcpu, cpu);
-	vcpu->cpu = cpu;
 }
 
`;
