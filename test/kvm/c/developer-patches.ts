/** Patches that a developer might send against the case, each with what the two judges say of it. */

/** Lines of one of the case's files, and what stands there instead. */
export type Edit = readonly [file: string, from: string, to: string];

export interface DeveloperPatch {
  readonly name: string;
  readonly edits: readonly Edit[];
  /** Lockdep's first complaint, whichever path runs first; null if there is none. */
  readonly lockdep: string | null;
  readonly explorer: string;
}

const P = "posted_intr.c";
const inLock = `		raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
		list_del(&vmx->pi_wakeup_list);
`;
const inUnlock = `		list_del(&vmx->pi_wakeup_list);
		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
`;
const inWhole = `${inLock}		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
`;
const outLock = `	raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
	list_add_tail(`;
const outAdd = `	list_add_tail(&vmx->pi_wakeup_list,
		      &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
`;
const wake = `			kvm_vcpu_wake_up(&vmx->vcpu);
`;
const handlerLock = `	raw_spin_lock(spinlock);
	list_for_each_entry(`;
const test = `		if (pi_test_on(&vmx->pi_desc))
			kvm_vcpu_wake_up(&vmx->vcpu);
`;
const lockType = "static DEFINE_PER_CPU(raw_spinlock_t, wakeup_vcpus_on_cpu_lock);\n";
const nested = (subclass: string): string =>
  `	raw_spin_lock_nested(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu), ${subclass});
	list_add_tail(`;

export const developerPatches: readonly DeveloperPatch[] = [
  {
    name: "the handler takes subclass 1 and sched_out 0",
    edits: [
      [
        P,
        handlerLock,
        handlerLock.replace("raw_spin_lock(spinlock)", "raw_spin_lock_nested(spinlock, 1)"),
      ],
    ],
    lockdep: null,
    explorer: "none",
  },
  {
    name: "a subclass for each path: 0, 1 and 2",
    edits: [
      [P, outLock, nested("1")],
      [
        P,
        inLock,
        inLock.replace(
          "raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu))",
          "raw_spin_lock_nested(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu), 2)",
        ),
      ],
    ],
    lockdep: null,
    explorer: "none",
  },
  {
    name: "lockdep is off around the wakeup",
    edits: [
      [
        P,
        test,
        `		if (pi_test_on(&vmx->pi_desc)) {
			lockdep_off();
			kvm_vcpu_wake_up(&vmx->vcpu);
			lockdep_on();
		}
`,
      ],
    ],
    lockdep: null,
    explorer: "none",
  },
  {
    name: "lockdep is off around the lock of sched_out",
    edits: [
      [P, outLock, outLock.replace("	raw_spin_lock", "	lockdep_off();\n	raw_spin_lock")],
      [
        P,
        outAdd,
        `${outAdd}	lockdep_on();
`,
      ],
    ],
    lockdep: "bad-unlock",
    explorer: "none",
  },
  {
    name: "sched_in tries the lock until it has it",
    edits: [
      [
        P,
        inLock,
        `		while (!raw_spin_trylock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu)))
			cpu_relax();
		list_del(&vmx->pi_wakeup_list);
`,
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "sched_out tries the lock until it has it",
    edits: [
      [
        P,
        outLock,
        `	while (!raw_spin_trylock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu)))
		cpu_relax();
	list_add_tail(`,
      ],
    ],
    lockdep: null,
    explorer: "none",
  },
  {
    name: "the handler gives up where the lock is taken",
    edits: [
      [
        P,
        handlerLock,
        `	if (!raw_spin_trylock(spinlock))
		return;
	list_for_each_entry(`,
      ],
    ],
    lockdep: "circular",
    explorer: "lost-wakeup",
  },
  {
    name: "spinlock_t in place of raw_spinlock_t",
    edits: [
      [P, lockType, lockType.replace("raw_spinlock_t", "spinlock_t")],
      [P, inWhole, inWhole.replace(/raw_spin/g, "spin")],
      [P, outLock, outLock.replace("raw_spin", "spin")],
      [
        P,
        `vcpu->cpu));
	raw_spin_unlock(`,
        `vcpu->cpu));
	spin_unlock(`,
      ],
      [P, "	raw_spinlock_t *spinlock =", "	spinlock_t *spinlock ="],
      [P, handlerLock, handlerLock.replace("raw_spin", "spin")],
      [P, "	raw_spin_unlock(spinlock);", "	spin_unlock(spinlock);"],
      [P, "	raw_spin_lock_init(&per_cpu", "	spin_lock_init(&per_cpu"],
    ],
    lockdep: "wait-context",
    explorer: "none",
  },
  {
    name: "the lock is acquired as if it had been tried",
    edits: [
      [
        P,
        outLock,
        `	spin_acquire(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu).dep_map, 1, 1, _RET_IP_);
	lockdep_off();
	raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
	list_add_tail(`,
      ],
      [
        P,
        `		      &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
`,
        `		      &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
	lockdep_on();
	spin_release(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu).dep_map, _RET_IP_);
`,
      ],
    ],
    lockdep: null,
    explorer: "none",
  },
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
    name: "the assertion of locality beside the subclasses",
    edits: [
      [
        P,
        outLock,
        `	WARN_ON_ONCE(vcpu->cpu != smp_processor_id());
${nested("SINGLE_DEPTH_NESTING")}`,
      ],
    ],
    lockdep: null,
    explorer: "none",
  },
  {
    name: "sched_out takes no lock at all",
    edits: [
      [P, outLock, "	list_add_tail("],
      [
        P,
        `		      &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
`,
        `		      &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
`,
      ],
    ],
    lockdep: null,
    explorer: "corruption",
  },
  {
    name: "the handler takes no lock at all",
    edits: [
      [P, handlerLock, "	list_for_each_entry("],
      [P, "	raw_spin_unlock(spinlock);\n", ""],
    ],
    lockdep: null,
    explorer: "corruption",
  },
  {
    name: "the lock is not validated",
    edits: [
      [
        P,
        `	raw_spin_lock_init(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu));
`,
        `	raw_spin_lock_init(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu));
	lockdep_set_novalidate_class(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu));
`,
      ],
    ],
    lockdep: null,
    explorer: "none",
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
    name: "IRQs stay on in sched_in",
    edits: [
      [P, "	local_irq_save(flags);\n", ""],
      [P, "	local_irq_restore(flags);\n", ""],
    ],
    lockdep: "circular",
    explorer: "deadlock",
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
    name: "one lock for all CPUs",
    edits: [
      [
        P,
        lockType,
        `${lockType}static DEFINE_RAW_SPINLOCK(wakeup_lock);
`,
      ],
      [P, inLock, inLock.replace("&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu)", "&wakeup_lock")],
      [
        P,
        `		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
	}`,
        `		raw_spin_unlock(&wakeup_lock);
	}`,
      ],
      [
        P,
        outLock,
        outLock.replace("&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu)", "&wakeup_lock"),
      ],
      [
        P,
        `vcpu->cpu));
	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));`,
        `vcpu->cpu));
	raw_spin_unlock(&wakeup_lock);`,
      ],
      [P, "spinlock = &per_cpu(wakeup_vcpus_on_cpu_lock, cpu);", "spinlock = &wakeup_lock;"],
    ],
    lockdep: "circular",
    explorer: "deadlock",
  },
];
