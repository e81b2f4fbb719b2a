/**
 * Which kernel's lockdep: what changed from release to release and with the configuration.
 *
 * Follows `enum lockdep_wait_type` of include/linux/lockdep_types.h, `__lock_acquire()` in
 * kernel/locking/lockdep.c, `lockdep_stats_show()` in kernel/locking/lockdep_proc.c, `__warn()` in
 * kernel/panic.c and `ww_acquire_init()` of include/linux/ww_mutex.h.
 */
import type { MapSince, WaitType } from "../../primitives/lock.js";

/** A release from which on lockdep differs from that of the releases before it. */
export type KernelRelease = "6.12" | "6.13" | "6.16" | "7.0";

/** A release, built with PROVE_RAW_LOCK_NESTING or without it. */
export type KernelName = KernelRelease | `${KernelRelease}-no-raw-nesting`;

/** What differs. */
export interface LockdepKernel {
  readonly name: KernelName;
  /** PROVE_RAW_LOCK_NESTING: raw_spinlock_t and spinlock_t are of two wait types. */
  readonly rawLockNesting: boolean;
  /** Taking a lock with a subclass of 8 or more is a `DEBUG_LOCKS_WARN_ON()` of its own. */
  readonly checksSubclass: boolean;
  /** `/proc/lockdep_stats` has a row `dynamic-keys`. */
  readonly countsDynamicKeys: boolean;
  /** `WARNING: at f, CPU#n: comm/pid` rather than `WARNING: CPU: n PID: pid at f`. */
  readonly placeFirst: boolean;
}

const RELEASES: Readonly<Record<KernelRelease, Omit<LockdepKernel, "name" | "rawLockNesting">>> = {
  "6.12": { checksSubclass: false, countsDynamicKeys: false, placeFirst: false },
  "6.13": { checksSubclass: false, countsDynamicKeys: false, placeFirst: false },
  "6.16": { checksSubclass: true, countsDynamicKeys: true, placeFirst: false },
  "7.0": { checksSubclass: true, countsDynamicKeys: true, placeFirst: true },
};

const NO_RAW_NESTING = "-no-raw-nesting";

const isRelease = (name: string): name is KernelRelease => Object.hasOwn(RELEASES, name);

/** Every kernel that a lockdep can be. */
export const KERNEL_NAMES: readonly KernelName[] = Object.keys(RELEASES)
  .filter(isRelease)
  .flatMap((release) => [release, `${release}${NO_RAW_NESTING}` as const]);

/**
 * Returns what a kernel's lockdep does differently.
 *
 * @throws RangeError for a name that is none of `KERNEL_NAMES`
 */
export function kernelNamed(name: KernelName): LockdepKernel {
  const rawLockNesting = !name.endsWith(NO_RAW_NESTING);
  const release = rawLockNesting ? name : name.slice(0, -NO_RAW_NESTING.length);
  if (!isRelease(release)) {
    throw new RangeError(
      `no kernel ${JSON.stringify(name)}: it is one of ${KERNEL_NAMES.join(", ")}`,
    );
  }
  return { name, rawLockNesting, ...RELEASES[release] };
}

/** PROVE_RAW_LOCK_NESTING is on by default from here. */
const RAW_LOCK_NESTING_BY_DEFAULT = [6, 13] as const;

type Version = readonly [major: number, minor: number];

const atLeast = (a: Version, b: Version): boolean => a[0] > b[0] || (a[0] === b[0] && a[1] >= b[1]);

function versionOf(text: string): Version | null {
  const match = /(\d+)\.(\d+)/.exec(text);
  return match === null ? null : [Number(match[1]), Number(match[2])];
}

/**
 * Returns the kernel whose lockdep wrote a report, by the version that the report names.
 *
 * @param version as in a report, such as `6.6.30-rc1+`; without a number it is taken for 6.12
 * @param rawLockNesting whether PROVE_RAW_LOCK_NESTING was on; by default as the version has it
 * @example kernelOfVersion("6.9.0-rc2+") // "6.12-no-raw-nesting"
 */
export function kernelOfVersion(version: string, rawLockNesting?: boolean): KernelName {
  const known = versionOf(version);
  const at = known ?? [6, 12];
  const newest = Object.keys(RELEASES)
    .filter(isRelease)
    .filter((release) => atLeast(at, versionOf(release) ?? at))
    .at(-1);
  const nesting = rawLockNesting ?? (known === null || atLeast(at, RAW_LOCK_NESTING_BY_DEFAULT));
  const release = newest ?? "6.12";
  return nesting ? release : `${release}${NO_RAW_NESTING}`;
}

/** Returns whether a kernel has a map that came with a release. */
export const hasMap = ({ name }: LockdepKernel, since: MapSince): boolean =>
  atLeast(versionOf(name) ?? [0, 0], versionOf(since) ?? [0, 0]);

const WAIT_TYPES: readonly WaitType[] = [0, 1, 2, 3, 4, 5];

/** `LD_WAIT_*` without PROVE_RAW_LOCK_NESTING: LD_WAIT_CONFIG is LD_WAIT_SPIN. */
const WITHOUT_NESTING: readonly WaitType[] = [0, 1, 2, 2, 3, 4];

/** Returns the number that a kernel gives a wait type. */
export const waitTypeIn = (kernel: LockdepKernel, type: WaitType): WaitType =>
  kernel.rawLockNesting ? type : (WITHOUT_NESTING[type] ?? type);

/**
 * Returns the wait type that a number stands for in a kernel's reports; where it could be two, as 2 is
 * LD_WAIT_SPIN and LD_WAIT_CONFIG without PROVE_RAW_LOCK_NESTING, the first.
 *
 * @param printed 0 to 5
 * @example
 * waitTypeOfNumber("6.12-no-raw-nesting", 3) // 4
 */
export function waitTypeOfNumber(name: KernelName, printed: number): WaitType | undefined {
  const kernel = kernelNamed(name);
  return WAIT_TYPES.find((type) => waitTypeIn(kernel, type) === printed);
}
