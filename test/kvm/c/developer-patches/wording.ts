/** The same in other words. */
import {
  type DeveloperPatch,
  P,
  inWhole,
  outAdd,
  test,
  lockType,
  outWhole,
  handlerWalk,
  handlerNames,
  listed,
  lockInit,
  listType,
  assertion,
} from "./pieces.js";

export const wordingPatches: readonly DeveloperPatch[] = [
  {
    name: "guard() in the handler",
    edits: [
      [
        P,
        handlerWalk,
        `	guard(raw_spinlock)(spinlock);
	list_for_each_entry(vmx, wakeup_list, pi_wakeup_list) {
${test}	}
`,
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "scoped_guard() in sched_out",
    edits: [
      [
        P,
        outWhole,
        `	scoped_guard(raw_spinlock, &per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu))
		list_add_tail(&vmx->pi_wakeup_list,
			      &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
`,
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "IRQs are off in sched_in as long as its lock is held, and no longer",
    edits: [
      [P, "	local_irq_save(flags);\n", ""],
      [P, "	local_irq_restore(flags);\n", ""],
      [P, "	unsigned long flags;\n", ""],
      [
        P,
        inWhole,
        `		scoped_guard(raw_spinlock_irqsave, &per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu))
			list_del(&vmx->pi_wakeup_list);
`,
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "a function of its own takes the vCPU off the list, and a goto goes around it",
    edits: [
      [
        P,
        "void vmx_vcpu_pi_load(",
        `static void pi_wakeup_list_del(struct vcpu_vmx *vmx, int cpu)
{
	raw_spinlock_t *lock = per_cpu_ptr(&wakeup_vcpus_on_cpu_lock, cpu);

	raw_spin_lock(lock);
	list_del(&vmx->pi_wakeup_list);
	raw_spin_unlock(lock);
}

void vmx_vcpu_pi_load(`,
      ],
      [
        P,
        listed,
        `	if (pi_desc->nv != POSTED_INTR_WAKEUP_VECTOR)
		goto after;

	pi_wakeup_list_del(vmx, vcpu->cpu);
after:
`,
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "READ_ONCE() of ON, and aligned per-CPU data",
    edits: [
      [P, "	return pi_desc->on;\n", "	return READ_ONCE(pi_desc->on);\n"],
      [P, lockType, lockType.replace("DEFINE_PER_CPU(", "DEFINE_PER_CPU_ALIGNED(")],
      [P, listType, listType.replace("DEFINE_PER_CPU(", "DEFINE_PER_CPU_SHARED_ALIGNED(")],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "a warning in place of lockdep's assertion",
    edits: [[P, assertion, "	WARN_ON_ONCE(!irqs_disabled());\n"]],
    lockdep: "circular",
    explorer: "none",
  },

  {
    name: "sched_in gives up its turn where another CPU has the lock",
    edits: [
      [
        P,
        inWhole,
        `		scoped_guard(raw_spinlock_try, &per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu))
			list_del(&vmx->pi_wakeup_list);
`,
      ],
    ],
    lockdep: "circular",
    explorer: "corruption",
  },

  {
    name: "lock and list of a CPU in one structure",
    edits: [
      [
        P,
        listType,
        `struct pi_wakeup {
	raw_spinlock_t lock;
	struct list_head vcpus;
};

static DEFINE_PER_CPU(struct pi_wakeup, pi_wakeup);
`,
      ],
      [P, lockType, ""],
      [
        P,
        inWhole,
        inWhole.replaceAll("wakeup_vcpus_on_cpu_lock, vcpu->cpu)", "pi_wakeup, vcpu->cpu).lock"),
      ],
      [
        P,
        outWhole,
        outWhole
          .replaceAll("wakeup_vcpus_on_cpu_lock, vcpu->cpu)", "pi_wakeup, vcpu->cpu).lock")
          .replace("(wakeup_vcpus_on_cpu, vcpu->cpu)", "(pi_wakeup, vcpu->cpu).vcpus"),
      ],
      [P, handlerNames, "	struct pi_wakeup *w = this_cpu_ptr(&pi_wakeup);\n"],
      [
        P,
        handlerWalk,
        handlerWalk
          .replaceAll("lock(spinlock)", "lock(&w->lock)")
          .replace("wakeup_list, pi", "&w->vcpus, pi"),
      ],
      [
        P,
        "	INIT_LIST_HEAD(&per_cpu(wakeup_vcpus_on_cpu, cpu));\n",
        "	INIT_LIST_HEAD(&per_cpu(pi_wakeup, cpu).vcpus);\n",
      ],
      [P, lockInit, "	raw_spin_lock_init(&per_cpu(pi_wakeup, cpu).lock);\n"],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "a function of its own that asserts the lock",
    edits: [
      [
        P,
        "/*\n * From now on interrupts",
        `static void pi_wakeup_list_add(struct vcpu_vmx *vmx, int cpu)
{
	lockdep_assert_held(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu));
	list_add_tail(&vmx->pi_wakeup_list, &per_cpu(wakeup_vcpus_on_cpu, cpu));
}

/*
 * From now on interrupts`,
      ],
      [P, outAdd, "	pi_wakeup_list_add(vmx, vcpu->cpu);\n"],
    ],
    lockdep: "circular",
    explorer: "none",
  },
];
