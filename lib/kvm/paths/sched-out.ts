/** sched_out: arch/x86/kvm/vmx/posted_intr.c, `pi_enable_wakeup_handler()` and its callers. */
import {
  type Expr,
  NONE,
  type Statement,
  assign,
  at,
  check,
  choose,
  either,
  eq,
  every,
  fn,
  irqs_enabled,
  list_add_tail,
  local_irq_disable,
  local_irq_enable,
  lockdep_assert_irqs_disabled,
  ne,
  not,
  or,
  send_ipi,
  smp_processor_id,
  step,
} from "../../machine/index.js";
import { CPU } from "../../machine/index.js";
import type { Kernel } from "../code/code.js";
import {
  POSTED_INTR_WAKEUP_VECTOR,
  cursor,
  pi_desc,
  vcpu_cpu,
  wakeup_vcpus_on_cpu,
  wakeup_vector,
} from "../code/vcpu.js";

/** `kvm_sched_out()`, the notifier of a vCPU that blocks. */
export function kvm_sched_out(me: Expr, kernel: Kernel): readonly Statement[] {
  return [
    fn("kvm_sched_out", [
      fn("vmx_vcpu_put", [fn("vmx_vcpu_pi_put", [pi_enable_wakeup_handler(me, kernel)])]),
    ]),
  ];
}

/** `pi_enable_wakeup_handler()`: puts the vCPU on the list of its CPU, then asks to be woken. */
export function pi_enable_wakeup_handler(me: Expr, kernel: Kernel): Statement {
  const { lock, unlock, inside, savesIrqs, cpu, order } = kernel.schedOut;
  const home = at(vcpu_cpu, me);
  const enqueue: readonly Statement[] = [
    ...lock(home),
    ...(kernel.handler.walk === "rcu" ? [reuseOfEntry(me)] : []),
    list_add_tail(wakeup_vcpus_on_cpu, home, me),
    ...inside(me, kernel),
    ...unlock(home),
  ];
  const notify = setWakeupVector(me, kernel);
  return fn("pi_enable_wakeup_handler", [
    ...(savesIrqs ? [local_irq_disable()] : [lockdep_assert_irqs_disabled(), irqsDisabled()]),
    ...(cpu === "remote" ? [pickRemoteCpu(me)] : []),
    ...(order === "list, then NV" ? [...enqueue, ...notify] : [...notify, ...enqueue]),
    ...(savesIrqs ? [local_irq_enable()] : []),
  ]);
}

/** The cmpxchg of the descriptor, and the self-IPI if ON was already set in what it wrote. */
function setWakeupVector(me: Expr, kernel: Kernel): readonly Statement[] {
  const { cpu, testsOn } = kernel.schedOut;
  const home = at(vcpu_cpu, me);
  const then = [
    assign(at(pi_desc.nv, me), POSTED_INTR_WAKEUP_VECTOR),
    ...(cpu === "remote" ? [assign(at(pi_desc.ndst, me), home)] : []),
  ];
  const on = at(pi_desc.on, me);
  if (!testsOn) return [step("NV = POSTED_INTR_WAKEUP_VECTOR", { then })];
  return [
    either(
      [step("NV = POSTED_INTR_WAKEUP_VECTOR, ON is clear", { when: not(on), then })],
      [
        step("NV = POSTED_INTR_WAKEUP_VECTOR, ON is set", { when: on, then }),
        fn("__apic_send_IPI_self", [
          send_ipi(wakeup_vector, cpu === "remote" ? home : smp_processor_id()),
        ]),
      ],
    ),
  ];
}

/** The part of `lockdep_assert_irqs_disabled()` that the machine itself can check. */
function irqsDisabled(): Statement {
  return step("lockdep_assert_irqs_disabled()", {
    then: [
      check(
        not(at(irqs_enabled, smp_processor_id())),
        "pi_enable_wakeup_handler: IRQs are on",
        "assert",
      ),
    ],
  });
}

function pickRemoteCpu(me: Expr): Statement {
  const here = smp_processor_id();
  return choose(CPU, (cpu) =>
    step("vcpu->cpu = some other CPU", {
      when: or(
        ne(cpu, here),
        every(CPU, (any) => eq(any, here)),
      ),
      then: [assign(at(vcpu_cpu, me), cpu)],
    }),
  );
}

/** `list_add_rcu()` rewrites the links of an entry: no reader may still stand on it. */
function reuseOfEntry(me: Expr): Statement {
  return step("list_add_rcu", {
    then: [
      check(
        every(CPU, (cpu) => or(eq(at(cursor, cpu), NONE), ne(at(cursor, cpu), me))),
        "list_add_rcu of an entry that a reader stands on: it needs a grace period",
        "corruption",
      ),
    ],
  });
}
