/** What `guard()` can take, by the name of its class: DEFINE_GUARD() and DEFINE_LOCK_GUARD_1() of the kernel's headers. */
import {
  type Element,
  type Expr,
  type RwLock,
  type Statement,
  type Variable,
  at,
  bool,
  cpus_read_lock,
  cpus_read_unlock,
  down_read,
  down_read_trylock,
  down_write,
  down_write_trylock,
  local_irq_disable,
  local_irq_enable,
  local_irq_restore,
  local_irq_save,
  local_lock,
  local_lock_irq,
  local_unlock,
  local_unlock_irq,
  mutex_lock,
  mutex_trylock,
  mutex_unlock,
  preempt_disable,
  preempt_enable,
  raw_spin_lock,
  raw_spin_lock_irq,
  raw_spin_lock_irqsave,
  raw_spin_trylock,
  raw_spin_unlock,
  raw_spin_unlock_irq,
  raw_spin_unlock_irqrestore,
  rcu_read_lock,
  rcu_read_unlock,
  read_lock,
  read_lock_irq,
  read_lock_irqsave,
  read_unlock,
  read_unlock_irq,
  read_unlock_irqrestore,
  set,
  spin_lock,
  spin_lock_bh,
  spin_lock_irq,
  spin_lock_irqsave,
  spin_trylock,
  spin_unlock,
  spin_unlock_bh,
  spin_unlock_irq,
  spin_unlock_irqrestore,
  srcu_read_lock,
  srcu_read_unlock,
  up_read,
  up_write,
  write_lock,
  write_lock_irq,
  write_lock_irqsave,
  write_unlock,
  write_unlock_irq,
  write_unlock_irqrestore,
} from "../../../machine/index.js";
import type { Call, ObjectType } from "../row/index.js";
import { localLockType } from "../locks/local-lock.js";
import { mutexType } from "../locks/mutex.js";
import { srcuType } from "../rcu/rcu.js";
import { rwlockType, rwsemType } from "../locks/reader-writer.js";
import { rawSpinlockType, spinlockType } from "../locks/spinlock.js";

/** What is done where the block is entered and left. */
export interface Guard {
  readonly enter: readonly Statement[];
  readonly leave: readonly Statement[];
  /** Whether a lock that is tried was taken; without it the guarded block is skipped. */
  readonly taken?: Expr;
}

const lockOf = (call: Call, type: ObjectType<Variable>): Element => {
  const { object, index } = call.object(1, type);
  return at(object, ...index);
};

const simple =
  (
    type: ObjectType<Variable>,
    take: (lock: Element) => Statement,
    drop: (lock: Element) => Statement,
  ) =>
  (call: Call): Guard => {
    const lock = lockOf(call, type);
    return { enter: [take(lock)], leave: [drop(lock)] };
  };

const saving =
  (
    type: ObjectType<Variable>,
    take: (lock: Element, flags: Element) => Statement,
    drop: (lock: Element, flags: Element) => Statement,
  ) =>
  (call: Call): Guard => {
    const lock = lockOf(call, type);
    const flags = call.temporary(bool);
    return { enter: [take(lock, flags)], leave: [drop(lock, flags)] };
  };

type OfReaderWriter = (lock: RwLock, index: readonly Expr[]) => Statement;

const readerWriter =
  (type: typeof rwlockType, take: OfReaderWriter, drop: OfReaderWriter) =>
  (call: Call): Guard => {
    const { object, index } = call.object(1, type);
    return { enter: [take(object, index)], leave: [drop(object, index)] };
  };

const withFlags =
  (take: typeof read_lock_irqsave, drop: typeof read_unlock_irqrestore) =>
  (call: Call): Guard => {
    const { object, index } = call.object(1, rwlockType);
    const flags = call.temporary(bool);
    return { enter: [take(object, flags, index)], leave: [drop(object, flags, index)] };
  };

type Try = (then: readonly Statement[], otherwise: readonly Statement[]) => Statement;

/** Returns a guard that tries its lock, and drops it if it was taken. */
function tried(call: Call, run: Try, drop: Statement): Guard {
  const taken = call.temporary(bool);
  const leave: Statement = { kind: "if", test: taken, then: [drop], else: [] };
  return { enter: [run([set(taken, true)], [set(taken, false)])], leave: [leave], taken };
}

const triedLock =
  (type: ObjectType<Variable>, run: typeof spin_trylock, drop: (lock: Element) => Statement) =>
  (call: Call): Guard => {
    const lock = lockOf(call, type);
    return tried(call, (then, otherwise) => run(lock, then, otherwise), drop(lock));
  };

const triedRwsem =
  (run: typeof down_read_trylock, drop: typeof up_read) =>
  (call: Call): Guard => {
    const { object, index } = call.object(1, rwsemType);
    const take: Try = (then, otherwise) => run(object, then, otherwise, index);
    return tried(call, take, drop(object, index));
  };

const nested =
  (
    type: ObjectType<Variable>,
    take: (lock: Element, options: { readonly subclass: number }) => Statement,
    drop: (lock: Element) => Statement,
  ) =>
  (call: Call): Guard => {
    const lock = lockOf(call, type);
    return { enter: [take(lock, { subclass: call.subclass(2) })], leave: [drop(lock)] };
  };

const local =
  (take: (lock: Variable) => Statement, drop: (lock: Variable) => Statement) =>
  (call: Call): Guard => {
    const lock = call.objectOfCpus(1, localLockType);
    return { enter: [take(lock)], leave: [drop(lock)] };
  };

/** The guards by the name of their class. */
export const guardClasses: Readonly<Record<string, (call: Call) => Guard>> = {
  mutex: simple(mutexType, (lock) => mutex_lock(lock), mutex_unlock),
  spinlock: simple(spinlockType, (lock) => spin_lock(lock), spin_unlock),
  spinlock_irq: simple(spinlockType, (lock) => spin_lock_irq(lock), spin_unlock_irq),
  spinlock_bh: simple(spinlockType, (lock) => spin_lock_bh(lock), spin_unlock_bh),
  spinlock_irqsave: saving(
    spinlockType,
    (lock, flags) => spin_lock_irqsave(lock, flags),
    spin_unlock_irqrestore,
  ),
  raw_spinlock: simple(rawSpinlockType, (lock) => raw_spin_lock(lock), raw_spin_unlock),
  raw_spinlock_irq: simple(rawSpinlockType, (lock) => raw_spin_lock_irq(lock), raw_spin_unlock_irq),
  raw_spinlock_irqsave: saving(
    rawSpinlockType,
    (lock, flags) => raw_spin_lock_irqsave(lock, flags),
    raw_spin_unlock_irqrestore,
  ),
  rwsem_read: readerWriter(rwsemType, down_read, up_read),
  rwsem_write: readerWriter(rwsemType, down_write, up_write),
  mutex_try: triedLock(mutexType, mutex_trylock, mutex_unlock),
  spinlock_try: triedLock(spinlockType, spin_trylock, spin_unlock),
  raw_spinlock_try: triedLock(rawSpinlockType, raw_spin_trylock, raw_spin_unlock),
  raw_spinlock_nested: nested(rawSpinlockType, raw_spin_lock, raw_spin_unlock),
  rwsem_read_try: triedRwsem(down_read_trylock, up_read),
  rwsem_write_try: triedRwsem(down_write_trylock, up_write),
  read_lock_irq: readerWriter(rwlockType, read_lock_irq, read_unlock_irq),
  read_lock_irqsave: withFlags(read_lock_irqsave, read_unlock_irqrestore),
  write_lock_irq: readerWriter(rwlockType, write_lock_irq, write_unlock_irq),
  write_lock_irqsave: withFlags(write_lock_irqsave, write_unlock_irqrestore),
  local_lock: local(local_lock, local_unlock),
  local_lock_irq: local(local_lock_irq, local_unlock_irq),
  rcu: () => ({ enter: [rcu_read_lock()], leave: [rcu_read_unlock()] }),
  srcu: (call) => {
    const { object } = call.object(1, srcuType);
    return { enter: [srcu_read_lock(object)], leave: [srcu_read_unlock(object)] };
  },
  cpus_read_lock: () => ({ enter: [cpus_read_lock()], leave: [cpus_read_unlock()] }),
  migrate: () => ({ enter: [], leave: [] }),
  read_lock: readerWriter(rwlockType, read_lock, read_unlock),
  write_lock: readerWriter(rwlockType, write_lock, write_unlock),
  preempt: () => ({ enter: [preempt_disable()], leave: [preempt_enable()] }),
  irq: () => ({ enter: [local_irq_disable()], leave: [local_irq_enable()] }),
  irqsave: (call) => {
    const flags = call.temporary(bool);
    return { enter: [local_irq_save(flags)], leave: [local_irq_restore(flags)] };
  },
};
