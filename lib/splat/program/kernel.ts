/** Which kernel's lockdep wrote a report. */
import { type KernelName, kernelOfVersion } from "../../lockdep/index.js";
import { allMentions } from "../evidence/lock/mentions.js";
import { innerWait } from "../evidence/lock/narrowest.js";
import type { SplatReport } from "../report/index.js";

/**
 * Returns the kernel by the version that a report names.
 *
 * Whether it was built with PROVE_RAW_LOCK_NESTING the report says where it prints a context: that of
 * a task is 5 with it and 4 without; or a lock of wait type 4, which only is there with it, or one
 * that is known to sleep and has 3, or by how a reader of RCU may wait. Where nothing tells, the version's default is taken.
 */
export function kernelOf(report: SplatReport): KernelName {
  return kernelOfVersion(report.kernel?.version ?? "", nestingIn(report) ?? undefined);
}

/** Whether PROVE_RAW_LOCK_NESTING was on, or null where the report does not tell. */
function nestingIn(report: SplatReport): boolean | null {
  const context = report.kind === "wait-context" ? innerWait(report.context) : 0;
  if (context === 4 || context === 5) return context === 5;
  const mentions = allMentions(report);
  if (mentions.some(({ wait }) => innerWait(wait) === 4)) return true;
  // A reader of RCU may wait as a spinlock_t may, which is as a raw one without it.
  const readers = mentions.filter(({ name }) => name === "rcu_read_lock");
  if (readers.some(({ wait }) => innerWait(wait) === 3)) return true;
  const sleeping = mentions.filter(({ name }) => sleeps.test(name));
  const without =
    sleeping.some(({ wait }) => innerWait(wait) === 3) ||
    readers.some(({ wait }) => innerWait(wait) === 2);
  return without ? false : null;
}

/** Classes that every kernel has, and whose locks sleep. */
const sleeps =
  /mutex(?:_key)?(?:#\d+)?(?:\/\d+)?$|rwsem(?:#\d+)?(?:\/\d+)?$|mmap_lock(?:#\d+)?$|i_mutex_dir_key|s_umount_key|i_rwsem/;
