/** The lock calls that switch IRQs or softirqs off as well: include/linux/spinlock_api_smp.h. */
import {
  local_bh_disable,
  local_bh_enable,
  local_irq_disable,
  local_irq_enable,
  local_irq_restore,
  local_irq_save,
} from "./cpu.js";
import type { Element } from "./expr.js";
import type { AcquireOptions, LockRef } from "./lock.js";
import { raw_spin_lock, raw_spin_unlock, spin_lock, spin_unlock } from "./spinlock.js";
import { type Statement, type Step, fn } from "./statement.js";
import type { Variable } from "./variable.js";

type Take = (lock: LockRef, options?: AcquireOptions) => Statement;
type Drop = (lock: LockRef) => Statement;
/** `flags` is a bool variable of the scenario that this process alone uses. */
type TakeSaving = (lock: LockRef, flags: Element | Variable, options?: AcquireOptions) => Statement;
type DropRestoring = (lock: LockRef, flags: Element | Variable) => Statement;

const around =
  (name: string, off: () => Step, take: Take): Take =>
  (lock, options) =>
    fn(name, [off(), take(lock, options)]);
const before =
  (name: string, drop: Drop, on: () => Step): Drop =>
  (lock) =>
    fn(name, [drop(lock), on()]);
const saving =
  (name: string, take: Take): TakeSaving =>
  (lock, flags, options) =>
    fn(name, [local_irq_save(flags), take(lock, options)]);
const restoring =
  (name: string, drop: Drop): DropRestoring =>
  (lock, flags) =>
    fn(name, [drop(lock), local_irq_restore(flags)]);

/** `raw_spin_lock_irq()` */
export const raw_spin_lock_irq = around("raw_spin_lock_irq", local_irq_disable, raw_spin_lock);
/** `raw_spin_unlock_irq()` */
export const raw_spin_unlock_irq = before("raw_spin_unlock_irq", raw_spin_unlock, local_irq_enable);
/** `raw_spin_lock_irqsave()` */
export const raw_spin_lock_irqsave = saving("raw_spin_lock_irqsave", raw_spin_lock);
/** `raw_spin_unlock_irqrestore()` */
export const raw_spin_unlock_irqrestore = restoring("raw_spin_unlock_irqrestore", raw_spin_unlock);
/** `spin_lock_irq()` */
export const spin_lock_irq = around("spin_lock_irq", local_irq_disable, spin_lock);
/** `spin_unlock_irq()` */
export const spin_unlock_irq = before("spin_unlock_irq", spin_unlock, local_irq_enable);
/** `spin_lock_irqsave()` */
export const spin_lock_irqsave = saving("spin_lock_irqsave", spin_lock);
/** `spin_unlock_irqrestore()` */
export const spin_unlock_irqrestore = restoring("spin_unlock_irqrestore", spin_unlock);
/** `spin_lock_bh()` */
export const spin_lock_bh = around("spin_lock_bh", local_bh_disable, spin_lock);
/** `spin_unlock_bh()` */
export const spin_unlock_bh = before("spin_unlock_bh", spin_unlock, local_bh_enable);
