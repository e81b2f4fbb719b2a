/** The case: posted interrupts that wake vCPUs, on any number of CPUs. */
import type { KernelC } from "../kernel-c/index.js";
import type { Scenario } from "../machine/index.js";
import { expectOptions } from "../primitives/option-names.js";
import { type KvmTextOptions, kvmFiles } from "./c/kvm-files.js";
import { kvmInC } from "./c/kvm-in-c.js";
import { titleOf } from "./variations/index.js";
import type { KvmSize } from "./variations/size.js";

const optionNames: Record<keyof (KvmTextOptions & KvmSize), true> = {
  fix: true,
  mutant: true,
  changes: true,
  cpus: true,
  vcpus: true,
  annotation: true,
  replaced: true,
  patches: true,
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
export function kvm(kernelC: KernelC, options: KvmTextOptions & KvmSize = {}): Scenario {
  expectOptions("kvm()", options, optionNames);
  const { annotation, patches = [] } = options;
  const also = [
    ...(annotation === undefined ? [] : ["annotated"]),
    ...patches.map(() => "patched"),
  ];
  const title = [titleOf(options), ...also].join(", ");
  return kvmInC(kernelC, kvmFiles(options), title, options);
}
