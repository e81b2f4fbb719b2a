/** Who wakes, and when. */
import {
  type DeveloperPatch,
  P,
  inUnlock,
  wake,
  test,
  outWhole,
  handlerWhole,
  handler,
  listed,
} from "./pieces.js";

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

  {
    name: "a wake_q: the handler wakes when it has dropped the lock",
    edits: [
      [
        P,
        handlerWhole,
        `	struct vcpu_vmx *vmx;
	DEFINE_WAKE_Q(wake_q);

	raw_spin_lock(spinlock);
	list_for_each_entry(vmx, wakeup_list, pi_wakeup_list) {
		if (pi_test_on(&vmx->pi_desc))
			wake_q_add(&wake_q, &vmx->vcpu.thread);
	}
	raw_spin_unlock(spinlock);

	wake_up_q(&wake_q);
`,
      ],
    ],
    lockdep: null,
    explorer: "none",
  },
  {
    name: "wake_up_process() in place of KVM's own function",
    edits: [[P, wake, "			wake_up_process(&vmx->vcpu.thread);\n"]],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "the handler wakes whom it found last, after the lock",
    edits: [
      [
        P,
        handlerWhole,
        `	struct vcpu_vmx *vmx;
	struct kvm_vcpu *found = NULL;

	raw_spin_lock(spinlock);
	list_for_each_entry(vmx, wakeup_list, pi_wakeup_list) {
		if (pi_test_on(&vmx->pi_desc))
			found = &vmx->vcpu;
	}
	raw_spin_unlock(spinlock);

	if (found)
		kvm_vcpu_wake_up(found);
`,
      ],
    ],
    lockdep: null,
    explorer: "lost-wakeup",
  },
  {
    name: "the handler looks through all vCPUs, and there is no list",
    edits: [
      [P, listed, ""],
      [P, outWhole, ""],
      [
        P,
        handler,
        `	int i;

	for (i = 0; i < NR_VCPUS; i++) {
		struct vcpu_vmx *vmx = &vcpus[i];

		if (vmx->pi_desc.nv == POSTED_INTR_WAKEUP_VECTOR && pi_test_on(&vmx->pi_desc))
			kvm_vcpu_wake_up(&vmx->vcpu);
	}
`,
      ],
    ],
    lockdep: null,
    explorer: "none",
  },
  {
    name: "a completion of each vCPU in place of the wakeup",
    edits: [
      ["kvm_main.c", "	bool blocking;\n", "	bool blocking;\n	struct completion wake;\n"],
      ["kvm_main.c", "	rcuwait_wake_up(&vcpu->thread);\n", "	complete(&vcpu->wake);\n"],
    ],
    lockdep: null,
    explorer: "lost-wakeup",
  },

  {
    name: "a simple wait queue of each vCPU in place of the wakeup",
    edits: [
      ["kvm_main.c", "	bool blocking;\n", "	bool blocking;\n	struct swait_queue_head wq;\n"],
      ["kvm_main.c", "	rcuwait_wake_up(&vcpu->thread);\n", "	swake_up_one(&vcpu->wq);\n"],
    ],
    lockdep: null,
    explorer: "lost-wakeup",
  },
];
