/** Small hand-written results, in the types of the layers below, for the figures' tests. */
import type { Score } from "../../lib/views/tables/scorecard.js";
import type { ClassView, CircularReport, HeldLockView } from "../../lib/lockdep/report/report.js";
import type { GraphClass, LockGraph } from "../../lib/lockdep/report/view.js";
import type { RaceMatrix } from "../../lib/views/tables/race-matrix.js";
import type { DepthProfile } from "../../lib/views/tables/states-by-depth.js";
import type { VerdictEntry } from "../../lib/views/tables/verdict-matrix.js";

export const hostileName = `&x</text><script>alert("1")</script>&'{`;

function lockClass(index: number, name: string, usage: string): GraphClass {
  return { index, name, key: name, subclass: 0, usage, waitOuter: 2, waitInner: 2, usages: [] };
}

export const piLock = lockClass(0, "&p->pi_lock", "-.-.");
export const rqLock = lockClass(1, "&rq->__lock", "-.-.");
export const wakeupLock = lockClass(2, "&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)", "-...");

export const kvmGraph: LockGraph = {
  classes: [piLock, rqLock, wakeupLock],
  edges: [
    {
      from: 0,
      to: 1,
      kinds: ["EN"],
      distance: 1,
      learntAt: ["raw_spin_rq_lock", "ttwu_queue", "try_to_wake_up"],
    },
    {
      from: 1,
      to: 2,
      kinds: ["EN"],
      distance: 1,
      learntAt: [
        "pi_enable_wakeup_handler",
        "vmx_vcpu_pi_put",
        "vmx_vcpu_put",
        "kvm_sched_out",
        "prepare_task_switch",
        "__schedule",
        "schedule",
        "vcpu_block",
      ],
    },
  ],
  chains: [],
};

function held(of: ClassView, instance: string, at: readonly string[]): HeldLockView {
  return { class: of, instance, at, read: 0, trylock: false, irqContext: 2, references: 0 };
}

const handler = [
  "try_to_wake_up",
  "rcuwait_wake_up",
  "kvm_vcpu_wake_up",
  "pi_wakeup_handler",
  "sysvec_kvm_posted_intr_wakeup_ipi",
];

export const circular: CircularReport = {
  kind: "circular",
  task: { id: 1, comm: "qemu", pid: 4263, cpu: 0 },
  stack: handler,
  held: [held(wakeupLock, "wakeup@0", handler.slice(3))],
  irq: {
    hardirqContext: 1,
    hardirqCount: 1,
    softirqContext: 0,
    softirqCount: 0,
    hardirqsEnabled: false,
    softirqsEnabled: true,
  },
  acquiring: held(piLock, "pi_lock@1", handler),
  holding: held(wakeupLock, "wakeup@0", handler.slice(3)),
  chain: [
    { class: piLock, stack: handler },
    { class: rqLock, stack: ["raw_spin_rq_lock", "ttwu_queue", "try_to_wake_up"] },
    { class: wakeupLock, stack: ["pi_enable_wakeup_handler", "kvm_sched_out"] },
  ],
  scenario: {
    interrupt: false,
    cpus: 2,
    chain: [piLock.name, rqLock.name, wakeupLock.name],
    rows: [
      { cpu: 0, op: "lock", lock: wakeupLock.name },
      { cpu: 1, op: "lock", lock: rqLock.name },
      { cpu: 1, op: "lock", lock: wakeupLock.name },
      { cpu: 0, op: "lock", lock: piLock.name },
    ],
  },
};

export function renamed(graph: LockGraph, name: string): LockGraph {
  return { ...graph, classes: graph.classes.map((c) => ({ ...c, name: `${name}${c.index}` })) };
}

function verdict(
  fix: string,
  mutant: string,
  kind: string | null,
  found: string,
  steps: number | null,
  quadrant: VerdictEntry["quadrant"],
): VerdictEntry {
  const explorer = { verdict: found, complete: true, steps, cpus: 2, vcpus: 2 };
  return { fix, mutant, lockdep: { kind }, explorer, quadrant };
}

export const verdicts: readonly VerdictEntry[] = [
  verdict("none", "m0", "circular", "none", null, "false positive"),
  verdict("final", "m0", null, "none", null, "both find nothing"),
  verdict("out1", "m0", null, "none", null, "both find nothing"),
  verdict("none", "m2", "circular", "deadlock", 19, "both find it"),
  verdict("final", "m2", "circular", "deadlock", 19, "both find it"),
  verdict("out1", "m2", null, "deadlock", 19, "false negative"),
];

export const races: RaceMatrix = {
  paths: ["handler", "sched_out", "sched_in"],
  entries: [
    { a: "handler", b: "handler", meeting: 0, steps: null },
    { a: "handler", b: "sched_out", meeting: 0, steps: null },
    { a: "sched_in", b: "handler", meeting: 1234, steps: 17 },
    { a: "sched_out", b: "sched_in", meeting: 25678, steps: 21 },
    { a: "sched_in", b: "sched_in", meeting: 12, steps: 30 },
  ],
  bounds: "2 CPUs, 2 vCPUs, all 45,296 states",
  complete: true,
  meaning:
    "Two paths race if one holds a CPU's wakeup lock while the other spins on that same lock.",
};

export const profile: DepthProfile = {
  states: [1, 4, 12, 30, 21],
  complete: true,
  bounds: "2 CPUs, 2 vCPUs",
  violation: 3,
  transitions: 102,
};

export const splat = `======================================================
WARNING: possible circular locking dependency detected
6.12.117 #3 Not tainted
------------------------------------------------------
swapper/0/1 is trying to acquire lock:
ffff8880005aa7c8 (&p->pi_lock){-.-.}-{2:2}, at: try_to_wake_up+0x73/0x233

but task is already holding lock:
ffff88803ed1c1f8 (&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)){-...}-{2:2}, at: pi_wakeup_handler+0x4d/0xbd

which lock already depends on the new lock.

the existing dependency chain (in reverse order) is:

-> #1 (&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)){-...}-{2:2}:
       _raw_spin_lock_nested+0x2c/0x3b
       pi_enable_wakeup_handler+0x62/0xa0
       kvm_sched_out+0x19/0x1c
       __schedule+0x513/0x5d1

-> #0 (&p->pi_lock){-.-.}-{2:2}:
       __lock_acquire+0xd9e/0x10fe
       lock_acquire+0x12e/0x22c
       try_to_wake_up+0x73/0x233
       pi_wakeup_handler+0x8d/0xbd
       sysvec_call_function_single+0x60/0x7e

 Possible unsafe locking scenario:

       CPU0                    CPU1
       ----                    ----
  lock(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu));
                               lock(&p->pi_lock);
                               lock(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu));
  lock(&p->pi_lock);

 *** DEADLOCK ***

1 lock held by swapper/0/1:
 #0: ffff88803ed1c1f8 (&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)){-...}-{2:2}, at: pi_wakeup_handler+0x4d/0xbd

stack backtrace:
CPU: 1 UID: 0 PID: 1 Comm: swapper/0 Not tainted 6.12.117 #3
 <IRQ>
 dump_stack_lvl+0x6e/0x97
 try_to_wake_up+0x73/0x233
 </IRQ>
`;

/** Three fixes under judgement. */
export const scores: readonly Score[] = [
  {
    name: "none",
    lockdep: "circular",
    explorer: "safe",
    bugs: [
      { bug: "m2", fate: "lockdep is off" },
      { bug: "m3", fate: "lockdep is off" },
    ],
  },
  {
    name: "out1",
    lockdep: null,
    explorer: "safe",
    bugs: [
      { bug: "m2", fate: "hidden" },
      { bug: "m3", fate: "reported" },
    ],
  },
  {
    name: "final",
    lockdep: null,
    explorer: "safe",
    bugs: [
      { bug: "m2", fate: "reported" },
      { bug: "m3", fate: "harmless" },
    ],
  },
];
