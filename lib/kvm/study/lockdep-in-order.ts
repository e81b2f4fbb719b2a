/**
 * The paths one after another, none of them in a race: what lockdep needs to see to learn them.
 *
 * The statements are those that the explorer runs. Between two paths the state is set to what the
 * next one starts from, so that the order in which they first run is free, as it is in a kernel.
 */
import { lockdepOn } from "../../verdict/index.js";
import type { KernelC } from "../../kernel-c/index.js";
import {
  CPU,
  type Expr,
  NONE,
  type Scenario,
  type Statement,
  TASK_INTERRUPTIBLE,
  assign,
  at,
  bool,
  expr,
  fn,
  hardirq,
  local_irq_disable,
  local_irq_enable,
  raw_spin_lock,
  raw_spin_unlock,
  scenario,
  send_ipi,
  set,
  softirq,
  step,
  thread,
  variable,
} from "../../machine/index.js";
import type { Code, Kernel } from "../code/code.js";
import { kernelOf } from "../kvm.js";
import { type KvmTextOptions, kvmFiles } from "../c/kvm-files.js";
import { inOrder } from "../c/lockdep-in-c.js";
import {
  type BootWake,
  type OrderVerdict,
  type OrdersVerdict,
  type PathLetter,
  booted,
  kernelOrders,
  ordersVerdict,
  verdictOf,
} from "../c/orders.js";
import { type PathsOnce, pathsOnceInC } from "../c/paths-once.js";
import { wakeupHandler } from "../paths/handler.js";
import { kvm_sched_in } from "../paths/sched-in.js";
import { kvm_sched_out } from "../paths/sched-out.js";
import {
  POSTED_INTR_VECTOR,
  POSTED_INTR_WAKEUP_VECTOR,
  pi_desc,
  wakeup_vcpus_on_cpu,
  wakeup_vector,
} from "../code/vcpu.js";

/** Returns what lockdep says to a code whose paths first run in this order. */
export function lockdepVerdict(
  of: Code | PathsOnce,
  order: readonly PathLetter[],
  boot: readonly BootWake[] = booted,
): OrderVerdict {
  if (typeof of === "function") return inOrder(of, order, boot);
  return verdictOf(lockdepOn(pathsOnce(of, order, boot), { runs: 1 }), order);
}

/** Returns what lockdep says to a code in each of `kernelOrders`. */
export function lockdepInOrders(of: Code | PathsOnce): OrdersVerdict {
  return ordersVerdict(kernelOrders.map((order) => lockdepVerdict(of, order)));
}

/**
 * Returns what makes scenarios that take paths once, in any order, after the scheduler's own at boot; the text is
 * translated once for all of them.
 *
 * @throws UnknownNameError naming the nearest names
 * @throws PatchError where a patch does not fit
 * @example
 * pathsOnce(await loadKernelC(), { fix: "final" })(["o", "w", "i"]).name // "kvm-pi paths owi"
 */
export function pathsOnce(kernelC: KernelC, options?: KvmTextOptions): PathsOnce;
/** Returns the scenario that takes each path of a code once, in order. */
export function pathsOnce(
  code: Code,
  order: readonly PathLetter[],
  wakes?: readonly BootWake[],
): Scenario;
export function pathsOnce(
  of: Code | KernelC,
  told: KvmTextOptions | readonly PathLetter[] = {},
  wakes: readonly BootWake[] = booted,
): Scenario | PathsOnce {
  const isOrder = (one: typeof told): one is readonly PathLetter[] => Array.isArray(one);
  if (typeof of === "function") return pathsOnceInC(of, kvmFiles(isOrder(told) ? {} : told));
  return ofCode(of, isOrder(told) ? told : [], wakes);
}

function ofCode(code: Code, order: readonly PathLetter[], wakes: readonly BootWake[]): Scenario {
  const kernel = kernelOf(code);
  const me = expr(0);
  return scenario(`kvm-pi paths ${order.join("")}`, {
    sizes: { cpu: 1, vcpu: 2 },
    processes: [
      thread("CPU 0/KVM", 0, [
        ...boot(me, kernel, wakes),
        ...order.flatMap((letter) => pathOf(letter, me, kernel)),
      ]),
      wakeupHandler(kernel),
      hardirq("hrtimer_interrupt", boot_timer, () => [wakesAtBoot("hrtimer_wakeup", me, kernel)], {
        IRQF_NO_THREAD: true,
      }),
      softirq("run_timer_softirq", boot_softirq, () => [
        local_irq_disable(),
        wakesAtBoot("process_timeout", me, kernel),
        local_irq_enable(),
      ]),
    ],
  });
}

const boot_timer = variable("boot_timer_irr", bool, { per: [CPU] });
const boot_softirq = variable("boot_softirq_pending", bool, { per: [CPU] });

/** What happened long before the first vCPU ran: tasks were woken. */
function boot(me: Expr, kernel: Kernel, wakes: readonly BootWake[]): readonly Statement[] {
  const by: Readonly<Record<BootWake, readonly Statement[]>> = {
    task: [local_irq_disable(), wakesAtBoot("wake_up_new_task", me, kernel), local_irq_enable()],
    hardirq: [send_ipi(boot_timer, 0)],
    softirq: [set(at(boot_softirq, 0), true, "raise_softirq")],
  };
  return [...wakes.flatMap((one) => by[one]), ...kernel.boot];
}

/** `task_rq_lock()`: a task's pi_lock, then its run queue's. */
function wakesAtBoot(by: string, me: Expr, { sched }: Kernel): Statement {
  return fn(by, [
    raw_spin_lock(at(sched.pi_lock, me)),
    ...sched.lock_pinned(0),
    ...sched.unlock_pinned(0),
    raw_spin_unlock(at(sched.pi_lock, me)),
  ]);
}

function pathOf(letter: PathLetter, me: Expr, kernel: Kernel): readonly Statement[] {
  const { sched, scheduleIrqsOff, schedIn, hostPaths, idlePaths } = kernel;
  const underRq = (name: string, path: readonly Statement[], irqsOff: boolean): Statement =>
    fn("schedule", [
      fn("__schedule", [
        ...(irqsOff ? [local_irq_disable()] : []),
        ...sched.lock_pinned(0),
        fn(name, path),
        ...sched.unlock_pinned(0),
        ...(irqsOff ? [local_irq_enable()] : []),
      ]),
    ]);
  switch (letter) {
    case "o":
      return [
        blocked(me, kernel, false),
        underRq("prepare_task_switch", kvm_sched_out(me, kernel), scheduleIrqsOff),
      ];
    case "w":
      return [blocked(me, kernel, true), send_ipi(wakeup_vector, 0)];
    case "i":
      return [
        blocked(me, kernel, true),
        schedIn.underRq
          ? underRq("finish_task_switch", kvm_sched_in(me, kernel), true)
          : fn("finish_task_switch", kvm_sched_in(me, kernel)),
      ];
    case "n":
      return [
        ...hostPaths.map((path) => fn("new_path", path(me))),
        ...idlePaths.map((path) => fn("other_thread", path(expr(0), kernel))),
      ];
  }
}

/** Both vCPUs sleep; the first is on the list, with an interrupt posted, or is about to be put there. */
function blocked(me: Expr, { sched }: Kernel, listed: boolean): Statement {
  const { has, linked } = wakeup_vcpus_on_cpu;
  const nv = listed ? POSTED_INTR_WAKEUP_VECTOR : POSTED_INTR_VECTOR;
  return step("a vCPU blocks", {
    then: [
      assign(at(has, 0, me), listed),
      assign(at(linked, me), listed ? 0 : NONE),
      assign(at(pi_desc.on, me), listed),
      assign(at(pi_desc.nv, me), nv),
      assign(at(sched.curr, 0), NONE),
      ...[0, 1].flatMap((vcpu) => [
        assign(at(sched.state, vcpu), TASK_INTERRUPTIBLE),
        ...sched.dequeue(vcpu, 0),
        assign(at(sched.on_cpu, vcpu), false),
      ]),
    ],
  });
}
