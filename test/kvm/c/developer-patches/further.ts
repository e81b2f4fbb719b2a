/** Locks of other kinds and in other places, annotations, and orders of steps. */
import {
  type DeveloperPatch,
  P,
  handlerWalk,
  handlerLock,
  inWhole,
  inLock,
  link,
  listType,
  lockType,
  outAdd,
  outLock,
  outWhole,
  test,
  wake,
} from "./pieces.js";

const setVector = `	if (pi_set_nv(pi_desc, POSTED_INTR_WAKEUP_VECTOR))
		__apic_send_IPI_self(POSTED_INTR_WAKEUP_VECTOR);
`;
const told = `
	/*
	 * What was posted before the vector changed has set ON and told nobody
	 * who would wake the vCPU.
	 */
${setVector}`;

export const furtherPatches: readonly DeveloperPatch[] = [
  {
    name: "a lock of each vCPU around that of the CPU",
    edits: [
      [P, link, `${link}	raw_spinlock_t pi_list_lock;\n`],
      [
        P,
        inWhole,
        `		raw_spin_lock(&vmx->pi_list_lock);\n${inWhole}		raw_spin_unlock(&vmx->pi_list_lock);\n`,
      ],
      [
        P,
        outWhole,
        `	raw_spin_lock(&vmx->pi_list_lock);\n${outWhole}	raw_spin_unlock(&vmx->pi_list_lock);\n`,
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "a lock of each vCPU in place of that of the CPU",
    edits: [
      [P, link, `${link}	raw_spinlock_t pi_list_lock;\n`],
      [
        P,
        inWhole,
        inWhole.replaceAll("&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu)", "&vmx->pi_list_lock"),
      ],
      [
        P,
        outWhole,
        outWhole.replaceAll("&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu)", "&vmx->pi_list_lock"),
      ],
      [
        P,
        `	raw_spinlock_t *spinlock = &per_cpu(wakeup_vcpus_on_cpu_lock, cpu);
	struct vcpu_vmx *vmx;

${handlerWalk}`,
        `	struct vcpu_vmx *vmx;

	list_for_each_entry(vmx, wakeup_list, pi_wakeup_list) {
		raw_spin_lock(&vmx->pi_list_lock);
${test}		raw_spin_unlock(&vmx->pi_list_lock);
	}
`,
      ],
    ],
    lockdep: "circular",
    explorer: "deadlock",
  },
  {
    name: "sched_out leaves the list alone where the lock is taken",
    edits: [
      [
        P,
        outWhole,
        `	if (raw_spin_trylock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu))) {
${outAdd}		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
	}
`,
      ],
    ],
    lockdep: null,
    explorer: "lost-wakeup",
  },
  {
    name: "the handler spins until the lock is free, and then takes it",
    edits: [
      [
        P,
        handlerLock,
        `	while (raw_spin_is_locked(spinlock))
		cpu_relax();
${handlerLock}`,
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "the handler tries the lock until it has it",
    edits: [
      [
        P,
        handlerLock,
        `	while (!raw_spin_trylock(spinlock))
		cpu_relax();
	list_for_each_entry(`,
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "the handler lets go of a lock that others wait for",
    edits: [
      [
        P,
        test,
        `${test}		if (raw_spin_is_contended(spinlock)) {
			raw_spin_unlock(spinlock);
			cpu_relax();
			raw_spin_lock(spinlock);
		}
`,
      ],
    ],
    lockdep: "circular",
    explorer: "corruption",
  },
  {
    name: "the vector changes before the vCPU is on the list",
    edits: [[P, `${outWhole}${told}`, `${told}\n${outWhole}`]],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "the vector changes inside of the lock",
    edits: [
      [
        P,
        `${outAdd}	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
${told}`,
        `${outAdd}${told}	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
`,
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "the handler wakes the first that it finds",
    edits: [
      [
        P,
        test,
        `		if (pi_test_on(&vmx->pi_desc)) {
			kvm_vcpu_wake_up(&vmx->vcpu);
			break;
		}
`,
      ],
    ],
    lockdep: "circular",
    explorer: "lost-wakeup",
  },
  {
    name: "lockdep is off in the handler",
    edits: [[P, handlerWalk, `	lockdep_off();\n${handlerWalk}	lockdep_on();\n`]],
    lockdep: null,
    explorer: "none",
  },
  {
    name: "lock_set_class() once sched_out has the lock",
    edits: [
      [P, lockType, `${lockType}static struct lock_class_key pi_out_key;\n`],
      [
        P,
        outLock,
        outLock.replace(
          "	list_add_tail(",
          `	lock_set_class(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu).dep_map,
		       "pi_out", &pi_out_key, 0, _RET_IP_);
	list_add_tail(`,
        ),
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "might_lock() at the start of the handler",
    edits: [[P, handlerLock, `	might_lock(spinlock);\n${handlerLock}`]],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "a map of its own around the wakeup",
    edits: [
      [P, lockType, `${lockType}static struct lockdep_map pi_wake_map;\n`],
      [
        P,
        test,
        `		if (pi_test_on(&vmx->pi_desc)) {
			lock_map_acquire(&pi_wake_map);
			kvm_vcpu_wake_up(&vmx->vcpu);
			lock_map_release(&pi_wake_map);
		}
`,
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "an hlist_bl: the lock is a bit of the head",
    edits: [
      [P, listType, "static DEFINE_PER_CPU(struct hlist_bl_head, wakeup_vcpus_on_cpu);\n"],
      [P, lockType, ""],
      [P, link, "	struct hlist_bl_node pi_wakeup_list;\n"],
      [
        P,
        inWhole,
        `		hlist_bl_lock(&per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
		hlist_bl_del(&vmx->pi_wakeup_list);
		hlist_bl_unlock(&per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
`,
      ],
      [
        P,
        outWhole,
        `	hlist_bl_lock(&per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
	hlist_bl_add_head(&vmx->pi_wakeup_list,
			  &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
	hlist_bl_unlock(&per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
`,
      ],
      [
        P,
        `	struct list_head *wakeup_list = &per_cpu(wakeup_vcpus_on_cpu, cpu);
	raw_spinlock_t *spinlock = &per_cpu(wakeup_vcpus_on_cpu_lock, cpu);
	struct vcpu_vmx *vmx;

${handlerWalk}`,
        `	struct hlist_bl_head *wakeup_list = &per_cpu(wakeup_vcpus_on_cpu, cpu);
	struct hlist_bl_node *pos;
	struct vcpu_vmx *vmx;

	hlist_bl_lock(wakeup_list);
	hlist_bl_for_each_entry(vmx, pos, wakeup_list, pi_wakeup_list) {

${test}	}
	hlist_bl_unlock(wakeup_list);
`,
      ],
      [
        P,
        `	INIT_LIST_HEAD(&per_cpu(wakeup_vcpus_on_cpu, cpu));
	raw_spin_lock_init(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu));
`,
        "	INIT_HLIST_BL_HEAD(&per_cpu(wakeup_vcpus_on_cpu, cpu));\n",
      ],
    ],
    lockdep: null,
    explorer: "none",
  },
  {
    name: "a flag of each CPU says that its handler is in the list",
    edits: [
      [P, lockType, `${lockType}static DEFINE_PER_CPU(bool, pi_handler_busy);\n`],
      [P, inLock, `		smp_cond_load_acquire(&per_cpu(pi_handler_busy, vcpu->cpu), !VAL);\n${inLock}`],
      [
        P,
        handlerWalk,
        `	this_cpu_write(pi_handler_busy, true);\n${handlerWalk}	this_cpu_write(pi_handler_busy, false);\n`,
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "a wake_q that is woken inside of the lock",
    edits: [
      [
        P,
        "	struct vcpu_vmx *vmx;\n\n	raw_spin_lock(spinlock);\n",
        "	struct vcpu_vmx *vmx;\n	DEFINE_WAKE_Q(wake_q);\n\n	raw_spin_lock(spinlock);\n",
      ],
      [P, wake, "			wake_q_add(&wake_q, &vmx->vcpu.thread);\n"],
      [P, "	raw_spin_unlock(spinlock);\n", "	wake_up_q(&wake_q);\n	raw_spin_unlock(spinlock);\n"],
    ],
    lockdep: "circular",
    explorer: "none",
  },
];
