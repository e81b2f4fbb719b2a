/** The vCPU's task: virt/kvm/kvm_main.c, `kvm_vcpu_block()`, around a guest that does nothing but halt. */
import {
  CPU,
  type Expr,
  NONE,
  type Process,
  type Statement,
  TASK_DEAD,
  TASK_INTERRUPTIBLE,
  TASK_RUNNING,
  assign,
  at,
  break_,
  check,
  either,
  every,
  fn,
  forever,
  ne,
  not,
  or,
  eq,
  return_,
  set,
  smp_processor_id,
  some,
  step,
  tasks,
} from "../../machine/index.js";
import { and } from "../../machine/index.js";
import type { Kernel } from "../code/code.js";
import { VCPU, collected, cursor, pi_desc } from "../code/vcpu.js";
import { kvm_sched_out } from "./sched-out.js";

/** The task of each vCPU. */
export function vcpuTasks(kernel: Kernel): Process {
  const { sched } = kernel;
  return tasks("vcpu", VCPU, sched.place, (me) => [
    ...sched.schedule_tail(me),
    forever([
      fn("vcpu_enter_guest", [either(...guestExits(me, kernel))]),
      kvm_vcpu_block(me, kernel),
    ]),
  ]);
}

/** What ends a run of the guest: it halts, or the host has something else to do first. */
function guestExits(me: Expr, kernel: Kernel): readonly (readonly Statement[])[] {
  const { sched, hostPaths, preemptible, exits } = kernel;
  const halt = step("HLT");
  return [
    [halt],
    ...(preemptible ? [[needResched(me, kernel), sched.schedule(me, { preempt: true })]] : []),
    ...hostPaths.map((path) => path(me)),
    ...(exits ? [do_exit(me, kernel)] : []),
  ];
}

/** `kvm_vcpu_block()`: sleeps until there is an interrupt for the guest. */
export function kvm_vcpu_block(me: Expr, kernel: Kernel): Statement {
  const { sched, preemptible } = kernel;
  const schedOut = kvm_sched_out(me, kernel);
  const on = at(pi_desc.on, me);
  return fn("kvm_vcpu_block", [
    forever([
      set(at(sched.state, me), TASK_INTERRUPTIBLE, "set_current_state(TASK_INTERRUPTIBLE)"),
      ...(preemptible
        ? [
            either(
              [step("no need_resched()")],
              [needResched(me, kernel), sched.schedule(me, { preempt: true, schedOut })],
            ),
          ]
        : []),
      fn("kvm_vcpu_check_block", [
        either(
          [
            // ON and PIR at once: a post between the two would only cost a spurious wakeup.
            step("sync PIR to IRR", {
              when: on,
              then: [assign(on, false), assign(at(pi_desc.pir, me), false)],
            }),
            break_,
          ],
          [step("nothing pending", { when: not(on) })],
        ),
      ]),
      sched.schedule(me, { schedOut, idle: true }),
    ]),
    set(at(sched.state, me), TASK_RUNNING, "finish_rcuwait()"),
  ]);
}

function needResched(me: Expr, { sched }: Kernel): Statement {
  const here = smp_processor_id();
  return step("need_resched()", {
    when: some(VCPU, (other) => and(ne(other, me), sched.queued(other, here))),
  });
}

/** The task ends and its vCPU is freed at once, without a grace period. */
function do_exit(me: Expr, kernel: Kernel): readonly Statement[] {
  const unused = every(CPU, (cpu) =>
    and(or(eq(at(cursor, cpu), NONE), ne(at(cursor, cpu), me)), not(at(collected, cpu, me))),
  );
  return [
    fn("do_exit", [
      step("kmem_cache_free(vcpu)", {
        then: [
          check(
            unused,
            "a vCPU is freed while a handler uses it: it needs a grace period",
            "corruption",
          ),
          assign(at(kernel.sched.state, me), TASK_DEAD),
        ],
      }),
      kernel.sched.schedule(me, { idle: true }),
      return_,
    ]),
  ];
}
