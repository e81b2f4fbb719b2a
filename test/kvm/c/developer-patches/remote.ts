/** The CPU that a vCPU was on does what its list needs. */
import { type DeveloperPatch, P, inWhole, listed } from "./pieces.js";

const removeLocally = `static void pi_remove_local(void *data)
{
	struct vcpu_vmx *vmx = data;

	raw_spin_lock(this_cpu_ptr(&wakeup_vcpus_on_cpu_lock));
	list_del(&vmx->pi_wakeup_list);
	raw_spin_unlock(this_cpu_ptr(&wakeup_vcpus_on_cpu_lock));
}
`;

export const remotePatches: readonly DeveloperPatch[] = [
  {
    name: "an IPI in place of the remote lock, IRQs off",
    edits: [
      [
        P,
        "void vmx_vcpu_pi_load(",
        `${removeLocally}
void vmx_vcpu_pi_load(`,
      ],
      [P, inWhole, "		smp_call_function_single(vcpu->cpu, pi_remove_local, vmx, 1);\n"],
    ],
    lockdep: "circular",
    explorer: "deadlock",
  },
  {
    name: "an IPI in place of the remote lock, before IRQs are off",
    edits: [
      [
        P,
        "void vmx_vcpu_pi_load(",
        `${removeLocally}
void vmx_vcpu_pi_load(`,
      ],
      [P, listed, ""],
      [
        P,
        "	local_irq_save(flags);\n",
        `	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR)
		smp_call_function_single(vcpu->cpu, pi_remove_local, vmx, 1);

	local_irq_save(flags);
`,
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "an IPI that nobody waits for",
    edits: [
      [
        P,
        "void vmx_vcpu_pi_load(",
        `${removeLocally}
void vmx_vcpu_pi_load(`,
      ],
      [P, listed, ""],
      [
        P,
        "	local_irq_save(flags);\n",
        `	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR)
		smp_call_function_single(vcpu->cpu, pi_remove_local, vmx, 0);

	local_irq_save(flags);
`,
      ],
    ],
    lockdep: "circular",
    explorer: "lost-wakeup",
  },
];
