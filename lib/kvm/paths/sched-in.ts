/** sched_in: arch/x86/kvm/vmx/posted_intr.c, `vmx_vcpu_pi_load()` and its callers. */
import {
  type Expr,
  type Statement,
  and,
  assign,
  at,
  eq,
  fn,
  if_,
  list_del,
  local_irq_disable,
  local_irq_enable,
  not,
  smp_processor_id,
  step,
} from "../../machine/index.js";
import type { Kernel } from "../code/code.js";
import {
  POSTED_INTR_VECTOR,
  POSTED_INTR_WAKEUP_VECTOR,
  pi_desc,
  vcpu_cpu,
  wakeup_vcpus_on_cpu,
} from "../code/vcpu.js";

/** `kvm_sched_in()`, the notifier of every vCPU. */
export function kvm_sched_in(me: Expr, kernel: Kernel): readonly Statement[] {
  return [fn("kvm_sched_in", [fn("vmx_vcpu_load", [vmx_vcpu_pi_load(me, kernel)])])];
}

/** `vmx_vcpu_pi_load()`: leaves the list of the previous CPU, then has interrupts sent to this one. */
export function vmx_vcpu_pi_load(me: Expr, kernel: Kernel): Statement {
  const { underRq, updatesCpu } = kernel.schedIn;
  const here = smp_processor_id();
  const nv = at(pi_desc.nv, me);
  const settled = and(eq(nv, POSTED_INTR_VECTOR), eq(at(vcpu_cpu, me), here));
  return fn("vmx_vcpu_pi_load", [
    if_(not(settled), [
      ...(underRq ? [] : [local_irq_disable()]),
      if_(eq(nv, POSTED_INTR_WAKEUP_VECTOR), leaveList(me, kernel)),
      step("NDST = cpu, NV = POSTED_INTR_VECTOR", {
        then: [
          assign(at(pi_desc.ndst, me), here),
          assign(nv, POSTED_INTR_VECTOR),
          ...(updatesCpu ? [assign(at(vcpu_cpu, me), here)] : []),
        ],
      }),
      ...(underRq ? [] : [local_irq_enable()]),
    ]),
  ]);
}

function leaveList(me: Expr, kernel: Kernel): readonly Statement[] {
  const { lock, unlock, before, inside, trylock } = kernel.schedIn;
  const previous = at(vcpu_cpu, me);
  // With a trylock only the first lock is tried; what is told to lockdep beside it stays.
  const locked = [
    list_del(wakeup_vcpus_on_cpu, previous, me),
    ...inside(me, kernel),
    ...unlock(previous),
  ];
  return [
    ...before(me, kernel),
    ...(trylock === null
      ? [...lock(previous), ...locked]
      : [trylock(previous, [...lock(previous).slice(1), ...locked])]),
  ];
}
