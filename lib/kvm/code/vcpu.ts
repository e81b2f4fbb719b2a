/** The vCPU and its posted-interrupt descriptor, `struct pi_desc` in arch/x86/include/asm/posted_intr.h. */
import {
  CPU,
  type Variable,
  bool,
  id,
  idOrNone,
  idSet,
  int,
  list,
  variable,
} from "../../machine/index.js";

/** The vCPUs of a machine, each with the task that runs it. */
export const VCPU = idSet("vcpu");

/** `NV`: the CPU is told while the guest runs there; on the host that interrupt does nothing. */
export const POSTED_INTR_VECTOR = 0;
/** `NV`: the CPU runs `pi_wakeup_handler()`. */
export const POSTED_INTR_WAKEUP_VECTOR = 1;

const perVcpu = { per: [VCPU] };

/** The fields of the posted-interrupt descriptor, of each vCPU. */
export const pi_desc: Readonly<Record<"on" | "pir" | "nv" | "ndst", Variable>> = {
  /** Outstanding notification: no second one is sent while it is set. */
  on: variable("pi_desc->on", bool, perVcpu),
  /** Posted-interrupt requests, as one bit: written for who reads a schedule, and no path asks for it. */
  pir: { ...variable("pi_desc->pir", bool, perVcpu), bounded: false },
  /** Notification vector. */
  nv: variable("pi_desc->nv", int(POSTED_INTR_VECTOR, POSTED_INTR_WAKEUP_VECTOR), perVcpu),
  /** Notification destination. */
  ndst: variable("pi_desc->ndst", id(CPU), perVcpu),
};

/** `vcpu->cpu`: the CPU on which the vCPU was loaded last. */
export const vcpu_cpu = variable("vcpu->cpu", id(CPU), perVcpu);

/** Whether the wakeup vector is latched on each CPU. */
export const wakeup_vector = variable("POSTED_INTR_WAKEUP_VECTOR", bool, { per: [CPU] });

/** `per_cpu(wakeup_vcpus_on_cpu, cpu)` */
export const wakeup_vcpus_on_cpu = list("wakeup_vcpus_on_cpu", { per: CPU, of: VCPU });

/** The entry at which the handler of each CPU is. */
export const cursor = variable("vmx", idOrNone(VCPU), { per: [CPU] });

/** What the handler of each CPU has collected and still has to wake. */
export const collected = variable("collected", bool, { per: [CPU, VCPU] });
