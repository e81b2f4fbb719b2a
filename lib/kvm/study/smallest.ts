/** The fewest CPUs, vCPUs and further paths at which the case goes wrong. */
import { type ExploreOptions, type Smallest, smallest } from "../../explore/index.js";
import type { KvmTextOptions } from "../c/kvm-files.js";
import { kvm } from "../kvm.js";
import type { KvmSize } from "../variations/size.js";
import type { KernelC } from "../../kernel-c/index.js";
import { type ChangeName, furtherPaths } from "../variations/index.js";

/** How much there is of everything that can take part. */
export interface KvmBound {
  readonly cpus: number;
  readonly vcpus: number;
  /** Of `furtherPaths`, beside the changes that were asked for. */
  readonly paths: readonly ChangeName[];
}

/** The most of everything. */
export interface KvmLimits extends KvmSize {
  /** The further paths to try, alone and together; all by default. */
  readonly paths?: readonly ChangeName[];
}

/** What to look for, and the budget of each bound. */
export interface SmallestKvmOptions extends ExploreOptions {
  /** Called with each bound before it is explored. */
  readonly onBound?: (bound: KvmBound) => void;
}

/** Returns every bound up to limits, those with the fewest CPUs, vCPUs and paths in all first. */
export function kvmBounds(limits: KvmLimits = {}): readonly KvmBound[] {
  const { cpus = 2, vcpus = 2, paths = furtherPaths } = limits;
  const subsets = paths.reduce<ChangeName[][]>(
    (all, path) => [...all, ...all.map((some) => [...some, path])],
    [[]],
  );
  const total = (bound: KvmBound): number => bound.cpus + bound.vcpus + bound.paths.length;
  return subsets
    .flatMap((some) => upTo(cpus).map((n) => ({ cpus: n, paths: some })))
    .flatMap((some) => upTo(vcpus).map((n) => ({ ...some, vcpus: n })))
    .sort((a, b) => total(a) - total(b) || a.paths.length - b.paths.length);
}

const upTo = (most: number): number[] => Array.from({ length: most }, (_, n) => n + 1);

/**
 * Returns the first bound at which a code goes wrong, and all that were tried before it.
 *
 * @param kernelC what `loadKernelC()` gives
 * @param code the fix, the mutant and the changes
 * @param limits the most CPUs and vCPUs, 2 each by default, and the further paths
 * @example
 * smallestKvm(await loadKernelC(), { changes: ["irqs-on"] }, { paths: [] }).found?.size // { cpus: 1, vcpus: 1, paths: [] }
 */
export function smallestKvm(
  kernelC: KernelC,
  code: KvmTextOptions,
  limits: KvmLimits = {},
  options: SmallestKvmOptions = {},
): Smallest<KvmBound> {
  const { onBound, ...explored } = options;
  const changes = code.changes ?? [];
  const { paths = furtherPaths } = limits;
  const further = paths.filter((path) => !changes.includes(path));
  return smallest(
    (bound) => {
      onBound?.(bound);
      const { cpus, vcpus } = bound;
      return kvm(kernelC, { ...code, changes: [...changes, ...bound.paths], cpus, vcpus });
    },
    kvmBounds({ ...limits, paths: further }),
    explored,
  );
}
