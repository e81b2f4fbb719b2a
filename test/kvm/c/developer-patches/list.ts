/** Another list, or the list used in another way. */
import {
  type DeveloperPatch,
  P,
  inLock,
  outAdd,
  handlerLock,
  test,
  lockType,
  outWhole,
  handlerWhole,
  handler,
  listed,
  listType,
  link,
} from "./pieces.js";

export const listPatches: readonly DeveloperPatch[] = [
  {
    name: "an llist that the handler empties",
    edits: [
      [P, link, "	struct llist_node pi_wakeup_node;\n"],
      [P, listType, "static DEFINE_PER_CPU(struct llist_head, wakeup_vcpus_on_cpu);\n"],
      [P, listed, ""],
      [P, outWhole, "	llist_add(&vmx->pi_wakeup_node, &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));\n"],
      [
        P,
        handler,
        `	struct llist_node *entries = llist_del_all(this_cpu_ptr(&wakeup_vcpus_on_cpu));
	struct vcpu_vmx *vmx, *next;

	llist_for_each_entry_safe(vmx, next, entries, pi_wakeup_node) {
		if (pi_test_on(&vmx->pi_desc))
			kvm_vcpu_wake_up(&vmx->vcpu);
		else
			llist_add(&vmx->pi_wakeup_node, this_cpu_ptr(&wakeup_vcpus_on_cpu));
	}
`,
      ],
      [P, "	INIT_LIST_HEAD(&per_cpu(", "	init_llist_head(&per_cpu("],
    ],
    lockdep: null,
    explorer: "lost-wakeup",
  },
  {
    name: "the handler takes all of the list over to one of its own",
    edits: [
      [
        P,
        handlerWhole,
        `	struct vcpu_vmx *vmx, *tmp;
	LIST_HEAD(local);

	raw_spin_lock(spinlock);
	list_splice_init(wakeup_list, &local);
	raw_spin_unlock(spinlock);

	list_for_each_entry_safe(vmx, tmp, &local, pi_wakeup_list) {
${test}	}
`,
      ],
    ],
    lockdep: null,
    explorer: "corruption",
  },
  {
    name: "the handler moves whom it wakes to a list of its own",
    edits: [
      [
        P,
        handlerWhole,
        `	struct vcpu_vmx *vmx, *tmp;
	LIST_HEAD(wake);

	raw_spin_lock(spinlock);
	list_for_each_entry_safe(vmx, tmp, wakeup_list, pi_wakeup_list) {
		if (pi_test_on(&vmx->pi_desc))
			list_move_tail(&vmx->pi_wakeup_list, &wake);
	}
	raw_spin_unlock(spinlock);

	list_for_each_entry_safe(vmx, tmp, &wake, pi_wakeup_list) {
		list_del_init(&vmx->pi_wakeup_list);
		kvm_vcpu_wake_up(&vmx->vcpu);
	}
`,
      ],
    ],
    lockdep: null,
    explorer: "assert",
  },
  {
    name: "list_del_init() in sched_in, where the vCPU is on a list",
    edits: [
      [
        P,
        inLock,
        inLock.replace("		list_del(", "		if (!list_empty(&vmx->pi_wakeup_list))\n			list_del_init("),
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "the handler leaves an empty list alone, without the lock",
    edits: [[P, handlerLock, `	if (list_empty(wakeup_list))\n		return;\n\n${handlerLock}`]],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "the handler walks the list under RCU",
    edits: [
      [P, inLock, inLock.replace("list_del(", "list_del_rcu(")],
      [P, outAdd, outAdd.replace("list_add_tail(", "list_add_tail_rcu(")],
      [
        P,
        handler,
        `	int cpu = smp_processor_id();
	struct list_head *wakeup_list = &per_cpu(wakeup_vcpus_on_cpu, cpu);
	struct vcpu_vmx *vmx;

	rcu_read_lock();
	list_for_each_entry_rcu(vmx, wakeup_list, pi_wakeup_list) {
${test}	}
	rcu_read_unlock();
`,
      ],
    ],
    lockdep: null,
    explorer: "corruption",
  },

  {
    name: "an hlist",
    edits: [
      [P, link, "	struct hlist_node pi_wakeup_node;\n"],
      [P, listType, "static DEFINE_PER_CPU(struct hlist_head, wakeup_vcpus_on_cpu);\n"],
      [
        P,
        inLock,
        inLock.replace("list_del(&vmx->pi_wakeup_list)", "hlist_del_init(&vmx->pi_wakeup_node)"),
      ],
      [
        P,
        outAdd,
        `	hlist_add_head(&vmx->pi_wakeup_node,
		       &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
`,
      ],
      [P, "	struct list_head *wakeup_list", "	struct hlist_head *wakeup_list"],
      [
        P,
        "	list_for_each_entry(vmx, wakeup_list, pi_wakeup_list)",
        "	hlist_for_each_entry(vmx, wakeup_list, pi_wakeup_node)",
      ],
      [P, "	INIT_LIST_HEAD(&per_cpu(", "	INIT_HLIST_HEAD(&per_cpu("],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "the handler takes the entries off one by one, and drops the lock to wake",
    edits: [
      [
        P,
        handlerWhole,
        `	struct vcpu_vmx *vmx;

	raw_spin_lock(spinlock);
	while ((vmx = list_first_entry_or_null(wakeup_list, struct vcpu_vmx, pi_wakeup_list))) {
		list_del_init(&vmx->pi_wakeup_list);
		raw_spin_unlock(spinlock);
		if (pi_test_on(&vmx->pi_desc))
			kvm_vcpu_wake_up(&vmx->vcpu);
		raw_spin_lock(spinlock);
	}
	raw_spin_unlock(spinlock);
`,
      ],
    ],
    lockdep: null,
    explorer: "lost-wakeup",
  },
  {
    name: "the handler empties the list, and sched_in asks whether it is on it",
    edits: [
      [
        P,
        inLock,
        inLock.replace("		list_del(", "		if (!list_empty(&vmx->pi_wakeup_list))\n			list_del_init("),
      ],
      [
        P,
        handlerWhole,
        `	struct vcpu_vmx *vmx;

	raw_spin_lock(spinlock);
	while (!list_empty(wakeup_list)) {
		vmx = list_first_entry(wakeup_list, struct vcpu_vmx, pi_wakeup_list);
		list_del_init(&vmx->pi_wakeup_list);
		if (pi_test_on(&vmx->pi_desc))
			kvm_vcpu_wake_up(&vmx->vcpu);
	}
	raw_spin_unlock(spinlock);
`,
      ],
    ],
    lockdep: "circular",
    explorer: "lost-wakeup",
  },

  {
    name: "an array of pointers of each CPU in place of the list",
    edits: [
      [P, lockType, `${lockType}static DEFINE_PER_CPU(struct vcpu_vmx *, blocked[NR_VCPUS]);\n`],
      [
        P,
        inLock,
        inLock.replace(
          "list_del(&vmx->pi_wakeup_list)",
          "per_cpu(blocked, vcpu->cpu)[number_of(vmx)] = NULL",
        ),
      ],
      [P, outAdd, "	per_cpu(blocked, vcpu->cpu)[number_of(vmx)] = vmx;\n"],
      [
        P,
        handler,
        `	int cpu = smp_processor_id();
	raw_spinlock_t *spinlock = &per_cpu(wakeup_vcpus_on_cpu_lock, cpu);
	int i;

	raw_spin_lock(spinlock);
	for (i = 0; i < NR_VCPUS; i++) {
		struct vcpu_vmx *vmx = per_cpu(blocked, cpu)[i];

		if (vmx && pi_test_on(&vmx->pi_desc))
			kvm_vcpu_wake_up(&vmx->vcpu);
	}
	raw_spin_unlock(spinlock);
`,
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "one pointer of each CPU in place of the list",
    edits: [
      [P, lockType, `${lockType}static DEFINE_PER_CPU(struct vcpu_vmx *, blocked_vcpu);\n`],
      [
        P,
        inLock,
        inLock.replace("list_del(&vmx->pi_wakeup_list)", "per_cpu(blocked_vcpu, vcpu->cpu) = NULL"),
      ],
      [P, outAdd, "	per_cpu(blocked_vcpu, vcpu->cpu) = vmx;\n"],
      [
        P,
        handler,
        `	struct vcpu_vmx *vmx = this_cpu_read(blocked_vcpu);

	if (vmx && pi_test_on(&vmx->pi_desc))
		kvm_vcpu_wake_up(&vmx->vcpu);
`,
      ],
    ],
    lockdep: null,
    explorer: "lost-wakeup",
  },
  {
    name: "a count of who is on the list, which the handler looks at first",
    edits: [
      [P, lockType, `${lockType}static DEFINE_PER_CPU(atomic_t, nr_blocked); /* 0..2 */\n`],
      [P, inLock, `${inLock}		atomic_dec(&per_cpu(nr_blocked, vcpu->cpu));\n`],
      [P, outAdd, `	atomic_inc(&per_cpu(nr_blocked, vcpu->cpu));\n${outAdd}`],
      [P, handlerLock, `	if (!atomic_read(this_cpu_ptr(&nr_blocked)))\n		return;\n${handlerLock}`],
    ],
    lockdep: "circular",
    explorer: "none",
  },
];
