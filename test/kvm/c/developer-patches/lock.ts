/** Another lock, or the lock taken in another way. */
import {
  type DeveloperPatch,
  P,
  inLock,
  inWhole,
  outLock,
  handlerLock,
  lockType,
  outWhole,
  handlerWalk,
  lockInit,
  otherLock,
} from "./pieces.js";

export const lockPatches: readonly DeveloperPatch[] = [
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
    name: "IRQs stay on in sched_in",
    edits: [
      [P, "	local_irq_save(flags);\n", ""],
      [P, "	local_irq_restore(flags);\n", ""],
    ],
    lockdep: "circular",
    explorer: "deadlock",
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

  {
    name: "a bit of a word of each CPU is the lock",
    edits: [
      ...otherLock("unsigned long", (call) =>
        call.replace(/raw_spin_(un)?lock\(/g, "bit_spin_$1lock(0, "),
      ),
      [P, lockInit, ""],
    ],
    lockdep: null,
    explorer: "none",
  },
  {
    name: "an rwlock: the handler only reads the list",
    edits: [
      ...otherLock("rwlock_t", (call) =>
        call.replace(/raw_spin_/g, call === handlerWalk ? "read_" : "write_"),
      ),
      [P, lockInit, lockInit.replace("raw_spin_lock_init", "rwlock_init")],
    ],
    lockdep: "wait-context",
    explorer: "none",
  },
  {
    name: "a word that is owned by cmpxchg()",
    edits: [
      ...otherLock("int", (call) =>
        call
          .replace(/raw_spin_lock\((.*)\);/, "while (cmpxchg($1, 0, 1) != 0)\n		cpu_relax();")
          .replace(/raw_spin_unlock\((.*)\);/, "smp_store_release($1, 0);"),
      ),
      [P, lockInit, ""],
    ],
    lockdep: null,
    explorer: "none",
  },
  {
    name: "a local_lock around that of sched_out",
    edits: [
      [
        P,
        lockType,
        `${lockType}static DEFINE_PER_CPU(local_lock_t, pi_local_lock) = INIT_LOCAL_LOCK(pi_local_lock);
`,
      ],
      [P, outWhole, `	local_lock(&pi_local_lock);\n${outWhole}	local_unlock(&pi_local_lock);\n`],
    ],
    lockdep: "wait-context",
    explorer: "none",
  },
  {
    name: "the handler takes the run queue's lock first",
    edits: [
      [P, handlerLock, `	raw_spin_lock(&this_rq()->__lock);\n${handlerLock}`],
      [
        P,
        "	raw_spin_unlock(spinlock);\n",
        "	raw_spin_unlock(spinlock);\n	raw_spin_unlock(&this_rq()->__lock);\n",
      ],
    ],
    lockdep: "circular",
    explorer: "deadlock",
  },

  {
    name: "a sequence counter of each CPU around the change in sched_in",
    edits: [
      [P, lockType, `${lockType}static DEFINE_PER_CPU(seqcount_t, wakeup_seq);\n`],
      [
        P,
        inLock,
        inLock
          .replace("		list_del(", "		write_seqcount_begin(&per_cpu(wakeup_seq, vcpu->cpu));\n		list_del(")
          .replace(
            "pi_wakeup_list);\n",
            "pi_wakeup_list);\n		write_seqcount_end(&per_cpu(wakeup_seq, vcpu->cpu));\n",
          ),
      ],
    ],
    lockdep: "circular",
    explorer: "none",
  },
  {
    name: "raw_spin_lock_irq() in sched_out",
    edits: [
      [
        P,
        outWhole,
        outWhole
          .replace("raw_spin_lock(", "raw_spin_lock_irq(")
          .replace("raw_spin_unlock(", "raw_spin_unlock_irq("),
      ],
    ],
    lockdep: "inconsistent",
    explorer: "deadlock",
  },
];
