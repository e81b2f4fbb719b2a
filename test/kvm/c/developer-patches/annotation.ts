/** What lockdep is told in other words. */
import {
  type DeveloperPatch,
  P,
  inLock,
  outLock,
  outAdd,
  handlerLock,
  test,
  lockType,
  nested,
  outWhole,
  lockInit,
  assertion,
} from "./pieces.js";

export const annotationPatches: readonly DeveloperPatch[] = [
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
    name: "a lock class key of each CPU",
    edits: [
      [P, lockType, `${lockType}static DEFINE_PER_CPU(struct lock_class_key, wakeup_lock_key);\n`],
      [
        P,
        lockInit,
        `${lockInit}	lockdep_set_class(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu),
			  &per_cpu(wakeup_lock_key, cpu));
`,
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "an array of keys, one for each CPU",
    edits: [
      [P, lockType, `${lockType}static struct lock_class_key wakeup_lock_keys[NR_CPUS];\n`],
      [
        P,
        lockInit,
        `${lockInit}	lockdep_set_class_and_name(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu),
				   &wakeup_lock_keys[cpu], "pi_wakeup");
`,
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "the run queue's lock as nest_lock of that of sched_out",
    edits: [
      [
        P,
        outLock,
        outLock.replace(
          "raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu))",
          "raw_spin_lock_nest_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu),\n				&this_rq()->__lock)",
        ),
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "sched_out saves the IRQ flags and takes subclass 1",
    edits: [
      [P, assertion, `	unsigned long flags;\n\n${assertion}`],
      [
        P,
        outWhole,
        outWhole
          .replace(
            "raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu))",
            "raw_spin_lock_irqsave_nested(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu),\n				     flags, SINGLE_DEPTH_NESTING)",
          )
          .replace(
            "raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu))",
            "raw_spin_unlock_irqrestore(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu), flags)",
          ),
      ],
    ],
    lockdep: null,
    explorer: "none",
  },
  {
    name: "the subclass is set where the locks are initialised",
    edits: [
      [
        P,
        lockInit,
        `${lockInit}	lockdep_set_subclass(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu), 1);\n`,
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "the number of the CPU is the subclass of its lock",
    edits: [
      [
        P,
        lockInit,
        `${lockInit}	lockdep_set_subclass(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu), cpu);\n`,
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },

  {
    name: "sched_in makes its lock one of subclass 1 once it has it",
    edits: [
      [
        P,
        inLock,
        inLock.replace(
          "		list_del(",
          "		lock_set_subclass(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu).dep_map, 1, _RET_IP_);\n		list_del(",
        ),
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
];
