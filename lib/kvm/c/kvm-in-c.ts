/** The case in C as a scenario: who runs the functions of its files. */
import type { Host, KernelC, MakeHost, Runner, SourceFile } from "../../kernel-c/index.js";
import {
  CPU,
  type Expr,
  type IdSet,
  NONE,
  type Operand,
  type Process,
  type Scenario,
  TASK_DEAD,
  TASK_INTERRUPTIBLE,
  and,
  at,
  device,
  devices,
  eq,
  every,
  forever,
  hardirq,
  in_hardirq,
  irqs_enabled,
  ne,
  not,
  or,
  tasks,
} from "../../machine/index.js";
import { scenarioOnce } from "../../machine/translate/kept-translations.js";
import { VCPU } from "./vcpu.js";
import { type KvmSize, checkedSize } from "../variations/size.js";

/**
 * Returns the scenario of the case's files.
 *
 * @param always named conditions that must hold in every state
 * @throws KernelCError with all that is wrong in them
 * @throws RangeError if there are no such machines
 */
export function kvmInC(
  kernelC: KernelC,
  files: readonly SourceFile[],
  title: string,
  size: KvmSize = {},
  always: ((outer: Outer) => Readonly<Record<string, Operand>>) | null = null,
): Scenario {
  const { cpus, vcpus } = checkedSize(size);
  const host: MakeHost = (run, outer) => ({
    ...everything(run, outer),
    always: always?.(outer) ?? {},
  });
  const make = (): Scenario =>
    kernelC.hosted(files, { ...outside(vcpus), name: title, cpus, host });
  // What a function asks for has no text to be known by.
  return always === null ? scenarioOnce(["kvm-pi", files, title, cpus, vcpus], make) : make();
}

/** What the files leave open. All tasks are queued on the first CPU at first. */
export const outside = (vcpus: number) => ({
  // The states of a vCPU are 0..3, and no signal ends a sleep here.
  constants: { NR_VCPUS: vcpus, TASK_UNINTERRUPTIBLE: TASK_INTERRUPTIBLE },
  sets: { vcpu_vmx: VCPU },
  counted: { NR_VCPUS: VCPU },
  first: { "runqueues.queue": (cpu: number) => (cpu === 0 ? 1 : 0) },
});

const me = (set: IdSet): Expr => ({ op: "bound", name: `this ${set.name}`, set });

/** A process for each member of a set. */
export const ofEach = (name: string, set: IdSet, task: Expr | null = null): Runner => ({
  name,
  each: { set, member: me(set) },
  task,
  pinned: set === CPU,
});

export type Run = Parameters<MakeHost>[0];
export type Outer = Parameters<MakeHost>[1];

const everything: MakeHost = (run, host) => {
  const curr = host.variable("runqueues.curr");
  return {
    processes: [
      run(ofEach("vcpu", VCPU, me(VCPU)), (of) => vcpuTasks(of)),
      run(ofEach("swapper", CPU), ({ body }) =>
        tasks(
          "swapper",
          CPU,
          (cpu) => ({ cpu, runs: eq(at(curr, cpu), NONE) }),
          () => [forever(body("do_idle", []))],
        ),
      ),
      handler(run, host),
      run(ofEach("device", VCPU), ({ body }) =>
        devices("device", VCPU, (vcpu) => [forever(body("post_interrupt", [vcpu]))]),
      ),
      ...timer(run, host),
    ],
    quiescent: { "a blocked vCPU has ON set": noVcpuIsLost(host, curr) },
  };
};

const vcpuTasks = ({ body, value }: Host): Process =>
  tasks(
    "vcpu",
    VCPU,
    (vcpu) => ({ cpu: value("task_cpu", vcpu), runs: value("task_current", vcpu) }),
    (vcpu) => body("vcpu_run", [vcpu]),
  );

/** The handler of the wakeup vector on each CPU. */
export const handler = (run: Run, { variable }: Outer): Process =>
  run(ofEach("pi_wakeup_handler", CPU), ({ body }) =>
    hardirq(
      "sysvec_kvm_posted_intr_wakeup_ipi",
      variable("wakeup_vector_irr"),
      () => body("pi_wakeup_handler", []),
      { IRQF_NO_THREAD: true },
    ),
  );

/** Returns a timer that wakes vCPUs, where a change adds it. */
function timer(run: Run, { has, variable }: Outer): readonly Process[] {
  if (!has("apic_timer_fn")) return [];
  return [
    run(ofEach("apic_timer_fn", CPU), ({ body }) =>
      hardirq("sysvec_apic_timer_interrupt", variable("local_timer_irr"), () =>
        body("apic_timer_fn", []),
      ),
    ),
    run({ name: "timer", each: null, task: null, pinned: true }, ({ body }) =>
      device("timer", [forever(body("local_timer_fires", []))]),
    ),
  ];
}

/** Where a CPU hangs, that is a deadlock, and not the wakeup's fault. */
function noVcpuIsLost({ variable }: Outer, curr: ReturnType<Outer["variable"]>): Expr {
  const state = variable("vcpus.vcpu.thread.__state");
  const queued = variable("vcpus.vcpu.thread.on_rq");
  const on = variable("vcpus.pi_desc.on");
  const idle = (cpu: Expr): Expr =>
    and(eq(at(curr, cpu), NONE), at(irqs_enabled, cpu), not(at(in_hardirq, cpu)));
  const asleep = (vcpu: Expr): Expr => and(ne(at(state, vcpu), TASK_DEAD), not(at(queued, vcpu)));
  return or(
    not(every(CPU, idle)),
    every(VCPU, (vcpu) => not(and(asleep(vcpu), at(on, vcpu)))),
  );
}
