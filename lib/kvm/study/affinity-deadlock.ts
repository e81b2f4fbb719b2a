/**
 * What makes m1 real: a third CPU that holds a vCPU's pi_lock and waits for the run queue that the
 * vCPU was on when it looked.
 *
 * `task_rq_lock()` reads `task_rq(p)` under `p->pi_lock`; load balancing moves a queued task under the
 * run queues' locks alone. Between the two the vCPU starts to run elsewhere, and its sched_in takes
 * the wakeup lock of the CPU where it had blocked; with m1 it then waits for its pi_lock. `smallestKvm()`
 * finds no smaller machine: not with two CPUs, one vCPU, or either of the two further paths alone.
 */
import type { KernelC } from "../../kernel-c/index.js";
import type { Scenario } from "../../machine/index.js";
import type { Direction } from "../../machine/run/directed.js";
import { kvm } from "../kvm.js";
import type { MutantNumber } from "../variations/index.js";

/** Returns the scenario: three CPUs, two vCPUs, and the two further paths. */
export function affinityScenario(kernelC: KernelC, mutant: MutantNumber): Scenario {
  return kvm(kernelC, {
    fix: "final",
    mutant,
    changes: ["set-affinity", "load-balance"],
    cpus: 3,
    vcpus: 2,
  });
}

/** Who has to run, and how far, for the circle to close. */
export const affinityDirections: readonly Direction[] = [
  { run: "swapper0", prefer: ["need_resched()", "vcpu0"] },
  // vcpu0 blocks on CPU 0, which goes on with vcpu1.
  { run: "vcpu0", prefer: ["vcpu1"] },
  { run: "vcpu1", before: "set_current_state(TASK_INTERRUPTIBLE)" },
  // An interrupt for vcpu0: CPU 0's handler puts it back on CPU 0's queue.
  { run: "device0" },
  { run: "sysvec_kvm_posted_intr_wakeup_ipi0", prefer: ["cpu0"] },
  // CPU 2 holds vcpu0's pi_lock and has read that vcpu0 is on CPU 0's queue.
  {
    run: "swapper2",
    before: "raw_spin_lock(&rq->__lock)",
    prefer: ["set_cpus_allowed", "vcpu0"],
  },
  // CPU 1 pulls vcpu0 over and runs it: sched_in holds CPU 0's wakeup lock and wants the pi_lock.
  {
    run: "swapper1",
    before: "need_resched()",
    prefer: ["sched_balance_newidle", "cpu0", "vcpu0"],
  },
  { run: "swapper1", prefer: ["need_resched()", "vcpu0"] },
  { run: "vcpu0" },
  // CPU 0 holds its run queue, for which CPU 2 waits, and wants its wakeup lock.
  { run: "vcpu1" },
];
