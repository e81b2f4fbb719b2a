/** The wakeup handler: arch/x86/kvm/vmx/posted_intr.c, `pi_wakeup_handler()`. */
import {
  type Expr,
  NONE,
  type Process,
  type Statement,
  and,
  assign,
  at,
  break_,
  choose,
  each,
  either,
  every,
  fn,
  forever,
  hardirq,
  if_,
  list_for_each_entry,
  not,
  or,
  set,
  step,
} from "../../machine/index.js";
import type { Kernel } from "../code/code.js";
import {
  VCPU,
  collected,
  cursor,
  pi_desc,
  wakeup_vcpus_on_cpu,
  wakeup_vector,
} from "../code/vcpu.js";

/** `sysvec_kvm_posted_intr_wakeup_ipi()`: the handler of the wakeup vector on every CPU. */
export function wakeupHandler(kernel: Kernel): Process {
  return hardirq(
    "sysvec_kvm_posted_intr_wakeup_ipi",
    wakeup_vector,
    (cpu) => [pi_wakeup_handler(cpu, kernel)],
    { IRQF_NO_THREAD: true },
  );
}

/** `kvm_vcpu_wake_up()` > `rcuwait_wake_up()` > `try_to_wake_up()` */
export function kvm_vcpu_wake_up(vcpu: Expr, { sched }: Kernel): Statement {
  return fn("kvm_vcpu_wake_up", [fn("rcuwait_wake_up", [sched.wake_up_process(vcpu)])]);
}

/** `pi_wakeup_handler()`: wakes each vCPU on this CPU's list whose ON is set. */
export function pi_wakeup_handler(cpu: Expr, kernel: Kernel): Statement {
  const { lock, unlock, walk, beforeWake, afterWake } = kernel.handler;
  const vmx = at(cursor, cpu);
  const forget = set(vmx, NONE, "leave the entry");
  const wake: readonly Statement[] = [
    ...beforeWake(vmx, kernel),
    kvm_vcpu_wake_up(vmx, kernel),
    ...afterWake(vmx, kernel),
  ];
  const ifPosted = (then: readonly Statement[]): Statement => if_(at(pi_desc.on, vmx), then);
  const entries = (body: readonly Statement[]): Statement =>
    list_for_each_entry(wakeup_vcpus_on_cpu, cpu, vmx, body);

  switch (walk) {
    case "locked":
      return fn("pi_wakeup_handler", [
        ...lock(cpu),
        entries([ifPosted(wake)]),
        forget,
        ...unlock(cpu),
      ]);
    case "collect":
      return fn("pi_wakeup_handler", [
        ...lock(cpu),
        entries([ifPosted([set(at(collected, cpu, vmx), true, "collect")])]),
        forget,
        ...unlock(cpu),
        forever([either([nextCollected(cpu), ...wake, forget], [noneCollected(cpu), break_])]),
      ]);
    case "rcu":
      return fn("pi_wakeup_handler", [rcuWalk(cpu, [ifPosted(wake)])]);
  }
}

function nextCollected(cpu: Expr): Statement {
  return choose(VCPU, (vcpu) =>
    step("next collected vCPU", {
      when: at(collected, cpu, vcpu),
      then: [assign(at(collected, cpu, vcpu), false), assign(at(cursor, cpu), vcpu)],
    }),
  );
}

function noneCollected(cpu: Expr): Statement {
  return step("nothing more collected", {
    when: every(VCPU, (vcpu) => not(at(collected, cpu, vcpu))),
  });
}

/** `list_for_each_entry_rcu()`: writers may come between any two steps, so the list is not in use. */
function rcuWalk(cpu: Expr, body: readonly Statement[]): Statement {
  const { has, walked, entries } = wakeup_vcpus_on_cpu;
  const vmx = at(cursor, cpu);
  return fn("list_for_each_entry_rcu", [
    forever([
      either(
        [
          choose(entries, (vcpu) =>
            step("next entry", {
              when: and(at(has, cpu, vcpu), not(at(walked, cpu, vcpu))),
              then: [assign(vmx, vcpu), assign(at(walked, cpu, vcpu), true)],
            }),
          ),
          ...body,
          set(vmx, NONE, "leave the entry"),
        ],
        [
          step("rcu_read_unlock()", {
            when: every(entries, (vcpu) => or(not(at(has, cpu, vcpu)), at(walked, cpu, vcpu))),
            then: [each(entries, (vcpu) => [assign(at(walked, cpu, vcpu), false)])],
          }),
          break_,
        ],
      ),
    ]),
  ]);
}
