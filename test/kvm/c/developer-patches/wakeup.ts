/** Who wakes, and when. */
import { type DeveloperPatch, P, inUnlock, wake, test } from "./pieces.js";

export const wakeupPatches: readonly DeveloperPatch[] = [
  {
    name: "the handler drops the lock, wakes, and takes it again",
    edits: [
      [
        P,
        test,
        `		if (pi_test_on(&vmx->pi_desc)) {
			raw_spin_unlock(spinlock);
			kvm_vcpu_wake_up(&vmx->vcpu);
			raw_spin_lock(spinlock);
		}
`,
      ],
    ],
    lockdep: null,
    explorer: "corruption",
  },
  {
    name: "the wakeup comes from an irq_work",
    edits: [
      [
        P,
        "/* Handler for POSTED_INTR_WAKEUP_VECTOR. */\n",
        `static void pi_wake_all(struct irq_work *work)
{
	struct vcpu_vmx *vmx = nondet_member(struct vcpu_vmx, v, pi_test_on(&v->pi_desc));

	if (vmx)
		kvm_vcpu_wake_up(&vmx->vcpu);
}

static struct irq_work pi_wakeup_work = IRQ_WORK_INIT_HARD(pi_wake_all);

/* Handler for POSTED_INTR_WAKEUP_VECTOR. */
`,
      ],
      [P, wake, "			irq_work_queue(&pi_wakeup_work);\n"],
    ],
    lockdep: null,
    explorer: "lost-wakeup",
  },
  {
    name: "sched_in wakes itself inside of the lock",
    edits: [
      [
        P,
        inUnlock,
        inUnlock.replace("		raw_spin_unlock", "		kvm_vcpu_wake_up(vcpu);\n		raw_spin_unlock"),
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "ON is tested before the vector changes",
    edits: [
      [
        P,
        "	if (pi_set_nv(pi_desc, POSTED_INTR_WAKEUP_VECTOR))\n",
        "	bool on = pi_test_on(pi_desc);\n	pi_set_nv(pi_desc, POSTED_INTR_WAKEUP_VECTOR);\n	if (on)\n",
      ],
    ],
    lockdep: "circular",
    explorer: "lost-wakeup",
  },

  {
    name: "ON is read beside the cmpxchg() of the vector",
    edits: [
      [
        P,
        `	bool on;

	in_one_step("pi_set_nv(nv)") {
		on = pi_desc->on;
		pi_desc->nv = nv;
	}
	return on;
`,
        `	u8 old = READ_ONCE(pi_desc->nv);
	bool on;

	do {
		on = pi_test_on(pi_desc);
	} while (!try_cmpxchg(&pi_desc->nv, &old, nv));
	return on;
`,
      ],
    ],
    lockdep: "circular",
    explorer: "lost-wakeup",
  },
];
