/** The case in C as a scenario: who runs the functions of its files. */
import type { Host, KernelC, MakeHost, Runner, SourceFile } from "../../kernel-c/index.js";
import {
  CPU,
  type Expr,
  type IdSet,
  NONE,
  type Process,
  type Scenario,
  TASK_DEAD,
  and,
  at,
  device,
  devices,
  eq,
  every,
  expr,
  forever,
  hardirq,
  in_hardirq,
  irqs_enabled,
  ne,
  not,
  or,
  softirq,
  tasks,
  thread,
} from "../../machine/index.js";
import { VCPU } from "../code/vcpu.js";
import type { KvmSize } from "../kvm.js";
import { type BootWake, type PathLetter, booted } from "../study/lockdep-in-order.js";

/**
 * Returns the scenario of the case's files.
 *
 * @throws KernelCError with all that is wrong in them
 */
export function kvmInC(
  kernelC: KernelC,
  files: readonly SourceFile[],
  title: string,
  { cpus = 2, vcpus = 2 }: KvmSize = {},
): Scenario {
  return kernelC.hosted(files, { ...outside(vcpus), name: title, cpus, host: everything });
}

/** Returns the scenario that takes each path of the files once, in order, after the scheduler's own at boot. */
export function pathsOnceInC(
  kernelC: KernelC,
  files: readonly SourceFile[],
  order: readonly PathLetter[],
  boot: readonly BootWake[] = booted,
): Scenario {
  const name = `kvm-pi paths ${order.join("")}`;
  const wakes = boot.map((by) => `first_run_${by}_wakes`);
  const functions = [...wakes, "first_run_boot", ...order.map((letter) => firstRuns[letter])];
  return kernelC.hosted(files, {
    ...outside(2),
    name,
    cpus: 1,
    host: (run, host) => ({
      processes: [
        run({ name: "CPU 0/KVM", each: null, task: expr(0), pinned: true }, ({ body }) =>
          thread(
            "CPU 0/KVM",
            0,
            functions.flatMap((of) => body(of, [])),
          ),
        ),
        handler(run, host),
        ...bootTimer(run, host),
      ],
    }),
  });
}

/** A timer that wakes a task from its hardirq, and from its softirq: both before the first path. */
const bootTimer = (run: Run, { variable }: Outer): readonly Process[] => [
  run(ofEach("hrtimer_wakeup", CPU), ({ body }) =>
    hardirq("hrtimer_interrupt", variable("boot_timer_irr"), () => body("hrtimer_wakeup", []), {
      IRQF_NO_THREAD: true,
    }),
  ),
  run(ofEach("process_timeout", CPU), ({ body }) =>
    softirq("run_timer_softirq", variable("boot_softirq_pending"), () =>
      body("process_timeout", []),
    ),
  ),
];

const firstRuns: Readonly<Record<PathLetter, string>> = {
  o: "first_run_sched_out",
  w: "first_run_handler",
  i: "first_run_sched_in",
  n: "first_run_further",
};

/** What the files leave open. All tasks are queued on the first CPU at first. */
const outside = (vcpus: number) => ({
  constants: { NR_VCPUS: vcpus },
  sets: { vcpu_vmx: VCPU },
  counted: { NR_VCPUS: VCPU },
  first: { "runqueues.queue": (cpu: number) => (cpu === 0 ? 1 : 0) },
});

const me = (set: IdSet): Expr => ({ op: "bound", name: `this ${set.name}`, set });

const ofEach = (name: string, set: IdSet, task: Expr | null = null): Runner => ({
  name,
  each: { set, member: me(set) },
  task,
  pinned: set === CPU,
});

type Run = Parameters<MakeHost>[0];
type Outer = Parameters<MakeHost>[1];

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

const handler = (run: Run, { variable }: Outer): Process =>
  run(ofEach("pi_wakeup_handler", CPU), ({ body }) =>
    hardirq(
      "sysvec_kvm_posted_intr_wakeup_ipi",
      variable("wakeup_vector_irr"),
      () => body("pi_wakeup_handler", []),
      { IRQF_NO_THREAD: true },
    ),
  );

/** A timer that wakes vCPUs, where a change adds it. */
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
