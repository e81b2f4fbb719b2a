/**
 * The lock calls that switch IRQs or softirqs off as well: include/linux/spinlock_api_smp.h and
 * rwlock_api_smp.h. Off before the lock is taken, on after it is dropped.
 */
import {
  local_bh_disable,
  local_bh_enable,
  local_irq_disable,
  local_irq_enable,
  local_irq_restore,
  local_irq_save,
} from "../kernel/cpu.js";
import type { Element } from "../language/expr.js";
import { read_lock, read_unlock, write_lock, write_unlock } from "./rwlock-calls.js";
import { raw_spin_lock, raw_spin_unlock, spin_lock, spin_unlock } from "./spinlock.js";
import { fn } from "../language/control-flow.js";
import type { Statement, Step } from "../language/statement.js";
import type { Variable } from "../language/variable.js";

/** A call on a lock, and what else it is told. */
type Call<Lock, More extends readonly unknown[]> = (lock: Lock, ...more: More) => Statement;
/** The same with the flags: a bool variable of the scenario that this process alone uses. */
type CallWithFlags<Lock, More extends readonly unknown[]> = (
  lock: Lock,
  flags: Element | Variable,
  ...more: More
) => Statement;

const around =
  <L, M extends readonly unknown[]>(name: string, off: () => Step, take: Call<L, M>): Call<L, M> =>
  (lock, ...more) =>
    fn(name, [off(), take(lock, ...more)]);
const before =
  <L, M extends readonly unknown[]>(name: string, drop: Call<L, M>, on: () => Step): Call<L, M> =>
  (lock, ...more) =>
    fn(name, [drop(lock, ...more), on()]);
const saving =
  <L, M extends readonly unknown[]>(name: string, take: Call<L, M>): CallWithFlags<L, M> =>
  (lock, flags, ...more) =>
    fn(name, [local_irq_save(flags), take(lock, ...more)]);
const restoring =
  <L, M extends readonly unknown[]>(name: string, drop: Call<L, M>): CallWithFlags<L, M> =>
  (lock, flags, ...more) =>
    fn(name, [drop(lock, ...more), local_irq_restore(flags)]);

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
/** `read_lock_irq()`; the index is that of an array of locks. */
export const read_lock_irq = around("read_lock_irq", local_irq_disable, read_lock);
/** `read_unlock_irq()` */
export const read_unlock_irq = before("read_unlock_irq", read_unlock, local_irq_enable);
/** `read_lock_irqsave()`; after the flags, the index is that of an array of locks. */
export const read_lock_irqsave = saving("read_lock_irqsave", read_lock);
/** `read_unlock_irqrestore()` */
export const read_unlock_irqrestore = restoring("read_unlock_irqrestore", read_unlock);
/** `read_lock_bh()`; the index is that of an array of locks. */
export const read_lock_bh = around("read_lock_bh", local_bh_disable, read_lock);
/** `read_unlock_bh()` */
export const read_unlock_bh = before("read_unlock_bh", read_unlock, local_bh_enable);
/** `write_lock_irq()`; the index is that of an array of locks. */
export const write_lock_irq = around("write_lock_irq", local_irq_disable, write_lock);
/** `write_unlock_irq()` */
export const write_unlock_irq = before("write_unlock_irq", write_unlock, local_irq_enable);
/** `write_lock_irqsave()`; after the flags, the index is that of an array of locks. */
export const write_lock_irqsave = saving("write_lock_irqsave", write_lock);
/** `write_unlock_irqrestore()` */
export const write_unlock_irqrestore = restoring("write_unlock_irqrestore", write_unlock);
/** `write_lock_bh()`; the index is that of an array of locks. */
export const write_lock_bh = around("write_lock_bh", local_bh_disable, write_lock);
/** `write_unlock_bh()` */
export const write_unlock_bh = before("write_unlock_bh", write_unlock, local_bh_enable);
