/**
 * The certificate of the mutual exclusion: the two premises of the argument and its conclusion as
 * invariants of every state, and what happens when either premise is dropped.
 */
import { type ExploreOptions, type Result, explore } from "../../explore/index.js";
import {
  CPU,
  NONE,
  type Operand,
  type Scenario,
  and,
  at,
  eq,
  every,
  irqs_enabled,
  ne,
  not,
  or,
} from "../../machine/index.js";
import type { KernelC } from "../../kernel-c/index.js";
import { type KvmTextOptions, kvmFiles } from "../c/kvm-files.js";
import { type Outer, kvmInC } from "../c/kvm-in-c.js";
import { kvm } from "../kvm.js";
import type { KvmSize } from "../variations/size.js";
import { type ChangeName, titleOf } from "../variations/index.js";

/** What follows when a premise is dropped. */
export interface Dropped {
  readonly premise: string;
  /** The change of the mechanism that drops it. */
  readonly change: ChangeName;
  /** The search for a deadlock; its counterexample is a shortest one. */
  readonly result: Result;
}

/** The proof, with its bounds. */
export interface Certificate {
  /** The premises, then the conclusion. */
  readonly invariants: readonly string[];
  /** The merged code with the invariants and all other properties, in every state. */
  readonly result: Result;
  readonly dropped: readonly Dropped[];
}

/** The first premise: IRQs off through the whole critical section. */
export const irqsOff = "IRQs are off on a CPU in sched_out, and wherever a lock is held";
/** The second premise. */
export const ownLock = "sched_out takes only its own CPU's wakeup lock";
/** What follows from the first. */
export const excluded = "sched_out and the wakeup handler exclude each other on a CPU";

/**
 * Returns the certificate for a number of CPUs and vCPUs.
 *
 * @example
 * certificate(await loadKernelC(), { cpus: 2, vcpus: 1 }).result.verdict // "safe"
 */
export function certificate(
  kernelC: KernelC,
  size: KvmSize = {},
  options: ExploreOptions = {},
): Certificate {
  const deadlocks = (change: ChangeName): Result =>
    explore(kvm(kernelC, { fix: "final", changes: [change], ...size }), {
      ...options,
      properties: ["deadlock"],
    });
  return {
    invariants: [irqsOff, ownLock, excluded],
    result: explore(certified(kernelC, { fix: "final" }, size), options),
    dropped: [
      { premise: irqsOff, change: "irqs-on", result: deadlocks("irqs-on") },
      { premise: ownLock, change: "remote-cpu", result: deadlocks("remote-cpu") },
    ],
  };
}

/**
 * Returns the scenario of the case with the premises and the conclusion checked in every state.
 *
 * @throws PatchError if a patch leaves no place for the marks of the critical sections
 */
export function certified(
  kernelC: KernelC,
  options: KvmTextOptions = {},
  { cpus = 2, vcpus = 2 }: KvmSize = {},
): Scenario {
  const { patches = [] } = options;
  const files = kvmFiles({ ...options, patches: [...patches, marks] });
  const title = `${titleOf(options)}, certified`;
  return kvmInC(kernelC, files, title, { cpus, vcpus }, invariants);
}

/** The critical sections marked: a step more at either end, and nothing else. */
const marks = `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -36,2 +36,6 @@
 static DEFINE_PER_CPU(raw_spinlock_t, wakeup_vcpus_on_cpu_lock);
 
+/* Whose lock a CPU in sched_out takes; and whether it is in the handler. */
+static DEFINE_PER_CPU(int, sched_out_takes) = -1; /* cpu */
+static DEFINE_PER_CPU(bool, in_pi_wakeup_handler);
+
@@ -110,2 +114,3 @@
 	lockdep_assert_irqs_disabled();
+	this_cpu_write(sched_out_takes, vcpu->cpu);
 
@@ -117,2 +122,3 @@
 
+	this_cpu_write(sched_out_takes, -1);
 	/*
 	 * What was posted before the vector changed has set ON and told nobody
@@ -136,3 +142,4 @@
 	struct vcpu_vmx *vmx;
 
+	this_cpu_write(in_pi_wakeup_handler, true);
 	raw_spin_lock(spinlock);
 	list_for_each_entry(vmx, wakeup_list, pi_wakeup_list) {
@@ -145,2 +152,3 @@
 	raw_spin_unlock(spinlock);
+	this_cpu_write(in_pi_wakeup_handler, false);
 }
`;

function invariants({ variable }: Outer): Readonly<Record<string, Operand>> {
  const takes = variable("sched_out_takes");
  const inHandler = variable("in_pi_wakeup_handler");
  const locks = ["runqueues.__lock", "wakeup_vcpus_on_cpu_lock"].map(variable);
  const holds = (cpu: Operand) =>
    not(every(CPU, (other) => and(...locks.map((lock) => ne(at(lock, other), cpu)))));
  const isOut = (cpu: Operand) => ne(at(takes, cpu), NONE);
  return {
    [irqsOff]: every(CPU, (cpu) =>
      or(not(at(irqs_enabled, cpu)), and(not(isOut(cpu)), not(holds(cpu)))),
    ),
    [ownLock]: every(CPU, (cpu) => or(not(isOut(cpu)), eq(at(takes, cpu), cpu))),
    [excluded]: every(CPU, (cpu) => or(not(isOut(cpu)), not(at(inHandler, cpu)))),
  };
}
