/**
 * `mmu_notifier_invalidate_range_start`: include/linux/mmu_notifier.h and mm/mmu_notifier.c. A task that changes an
 * address space calls those who mirror it (KVM, GPU drivers) under whatever it holds, and they take their locks there. Nobody
 * owns the map: two tasks that call them at once do not keep each other from anything.
 */
import { acquireFact, lockdepMap, notInAtomic, told, touched } from "../kernel-locks/common.js";
import { at } from "../language/expr.js";
import { fn } from "../language/control-flow.js";
import type { Statement } from "../language/statement.js";
import { step } from "../language/step.js";

const map = at(
  lockdepMap("__mmu_notifier_invalidate_range_start_map", "mmu_notifier_invalidate_range_start"),
);

/** What lockdep is told where an allocation may reclaim and so unmap pages: `fs_reclaim_acquire()` with `GFP_KERNEL`. */
export const mmu_notifier_reclaims = (): Statement => told(touched(map));

/**
 * `mmu_notifier_invalidate_range_start()`: waits until each subscriber has let go of the pages. A misuse in atomic
 * context.
 *
 * @param subscribers what they do in the scenario: the locks that their callbacks take
 * @example
 * const mmu_lock = mutex("gpu->mmu_lock");
 * mmu_notifier_invalidate_range_start([mutex_lock(mmu_lock), mutex_unlock(mmu_lock)]);
 */
export const mmu_notifier_invalidate_range_start = (subscribers: readonly Statement[]): Statement =>
  tells("mmu_notifier_invalidate_range_start", subscribers);

/** `mmu_notifier_invalidate_range_end()`: tells each subscriber that the pages may be used again, with the same map. */
export const mmu_notifier_invalidate_range_end = (subscribers: readonly Statement[]): Statement =>
  tells("mmu_notifier_invalidate_range_end", subscribers);

function tells(name: string, subscribers: readonly Statement[]): Statement {
  const call = `${name}()`;
  return fn(name, [
    step(call, { then: [notInAtomic(call)] }),
    told(acquireFact(map, {}, 0, false)),
    ...(subscribers.length === 0 ? [step("no subscriber")] : subscribers),
    told({ kind: "release", lock: map }),
  ]);
}
