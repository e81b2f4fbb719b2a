/** The case: posted interrupts that wake vCPUs, on any number of CPUs. */
import {
  type Operand,
  type Scenario,
  and,
  at,
  eq,
  every,
  ne,
  not,
  or,
  scenario,
  scheduler,
} from "../machine/index.js";
import { CPU, NONE, TASK_DEAD, in_hardirq, irqs_enabled } from "../machine/index.js";
import { expectOptions } from "../primitives/option-names.js";
import type { Code, Kernel } from "./code/code.js";
import { listed } from "./code/checked-code.js";
import { wakeupHandler } from "./paths/handler.js";
import { postingDevices } from "./paths/post.js";
import { kvm_sched_in } from "./paths/sched-in.js";
import { vcpuTasks } from "./paths/vcpu-block.js";
import { VCPU, pi_desc } from "./code/vcpu.js";
import { type KvmOptions, codeOf, titleOf } from "./variations/index.js";

/** How many CPUs and vCPUs there are. */
export interface KvmSize {
  /** 1 to 8; 2 by default. */
  readonly cpus?: number;
  /** 1 to 8; 2 by default. */
  readonly vcpus?: number;
}

const optionNames: Record<keyof (KvmOptions & KvmSize), true> = {
  fix: true,
  mutant: true,
  changes: true,
  cpus: true,
  vcpus: true,
};

/**
 * Returns the scenario of the case with a fix, a mutant and changes.
 *
 * @throws TypeError if a name is unknown; it names the nearest ones
 * @example
 * explore(kvm({ fix: "final", cpus: 2, vcpus: 1 })).verdict // "safe"
 */
export function kvm(options: KvmOptions & KvmSize = {}): Scenario {
  expectOptions("kvm()", options, optionNames);
  const { cpus = 2, vcpus = 2 } = options;
  return scenarioOf(codeOf(options), titleOf(options), { cpus, vcpus });
}

/** Returns the kernel that a code makes: the code with the scheduler that it runs under. */
export function kernelOf(written: Code): Kernel {
  const code = listed(written);
  const sched = scheduler({
    tasks: VCPU,
    irqsOff: code.scheduleIrqsOff,
    oneLock: code.coreScheduling,
    notifyUnderLock: code.schedIn.underRq,
    // The counts follow from the rest of a state here, so that they would only make it larger.
    preemptCount: false,
    schedIn: (me) => kvm_sched_in(me, kernel),
  });
  const kernel: Kernel = { ...code, sched };
  return kernel;
}

/** More of either than any search could go through; the machine itself knows no limit. */
const most = 8;

function expectCount(what: string, count: number): void {
  if (Number.isInteger(count) && count >= 1 && count <= most) return;
  throw new RangeError(
    `${count} ${what}: the case has from 1 to ${most}; 2 CPUs and 2 vCPUs are explored in a second, 3 and 3 in seconds`,
  );
}

/**
 * Returns the scenario of a code: the reader's own fix, for instance.
 *
 * @param always named conditions that must hold in every state
 * @throws RangeError if the size is not whole or not from 1 to 8
 */
export function scenarioOf(
  code: Code,
  title: string,
  size: KvmSize = {},
  always: (kernel: Kernel) => Readonly<Record<string, Operand>> = () => ({}),
): Scenario {
  const { cpus = 2, vcpus = 2 } = size;
  expectCount("CPUs", cpus);
  expectCount("vCPUs", vcpus);
  const kernel = kernelOf(code);
  const { sched } = kernel;
  const others = code.others.flatMap((make) => make(kernel));
  const idle = (cpu: Operand) =>
    and(eq(at(sched.curr, cpu), NONE), at(irqs_enabled, cpu), not(at(in_hardirq, cpu)));
  const asleep = (vcpu: Operand) =>
    and(ne(at(sched.state, vcpu), TASK_DEAD), not(at(sched.on_rq, vcpu)));
  return scenario(title, {
    sizes: { cpu: cpus, vcpu: vcpus },
    processes: [
      vcpuTasks(kernel),
      sched.swapper((cpu) => code.idlePaths.map((path) => path(cpu, kernel))),
      wakeupHandler(kernel),
      postingDevices(),
      ...others,
    ],
    always: always(kernel),
    quiescent: {
      // Where a CPU hangs, that is a deadlock, and not the wakeup's fault.
      "a blocked vCPU has ON set": or(
        not(every(CPU, idle)),
        every(VCPU, (vcpu) => not(and(asleep(vcpu), at(pi_desc.on, vcpu)))),
      ),
    },
  });
}
