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
import type { KernelC } from "../kernel-c/index.js";
import { type KvmTextOptions, kvmFiles } from "./c/kvm-files.js";
import { kvmInC } from "./c/kvm-in-c.js";
import type { Code, Kernel } from "./code/code.js";
import { listed } from "./code/checked-code.js";
import { wakeupHandler } from "./paths/handler.js";
import { postingDevices } from "./paths/post.js";
import { kvm_sched_in } from "./paths/sched-in.js";
import { vcpuTasks } from "./paths/vcpu-block.js";
import { VCPU, pi_desc } from "./code/vcpu.js";
import { type KvmSize, checkedSize } from "./variations/size.js";
import { type KvmOptions, codeOf, titleOf } from "./variations/index.js";

const optionNames: Record<keyof (KvmOptions & KvmSize), true> = {
  fix: true,
  mutant: true,
  changes: true,
  cpus: true,
  vcpus: true,
};

/**
 * Returns the scenario of the case with a fix, a mutant, changes and patches.
 *
 * @param kernelC what `loadKernelC()` gives
 * @throws UnknownNameError if a name is unknown; it names the nearest ones
 * @throws PatchError where a patch does not fit; KernelCError where what it leaves is no C of the subset
 * @throws RangeError if a size is not whole or not from 1 to 8
 * @example
 * const kernelC = await loadKernelC();
 * explore(kvm(kernelC, { fix: "final", cpus: 2, vcpus: 1 })).verdict // "safe"
 */
export function kvm(kernelC: KernelC, options?: KvmTextOptions & KvmSize): Scenario;
/** Returns the same of the statements. */
export function kvm(options?: KvmOptions & KvmSize): Scenario;
export function kvm(
  first: KernelC | (KvmOptions & KvmSize) = {},
  text: KvmTextOptions & KvmSize = {},
): Scenario {
  if (typeof first === "function") return ofText(first, text);
  const options = first;
  expectOptions("kvm()", options, optionNames);
  const { cpus = 2, vcpus = 2 } = options;
  return scenarioOf(codeOf(options), titleOf(options), { cpus, vcpus });
}

/** Returns the scenario of the case's text. */
function ofText(kernelC: KernelC, options: KvmTextOptions & KvmSize): Scenario {
  expectOptions("kvm()", options, textOptionNames);
  const { cpus, vcpus } = checkedSize(options);
  const { annotation, patches = [] } = options;
  const also = [
    ...(annotation === undefined ? [] : ["annotated"]),
    ...patches.map(() => "patched"),
  ];
  const title = [titleOf(options), ...also].join(", ");
  return kvmInC(kernelC, kvmFiles(options), title, { cpus, vcpus });
}

const textOptionNames: Record<keyof (KvmTextOptions & KvmSize), true> = {
  ...optionNames,
  annotation: true,
  replaced: true,
  patches: true,
};

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
  const { cpus, vcpus } = checkedSize(size);
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
