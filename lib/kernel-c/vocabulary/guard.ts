/** `guard()` and `scoped_guard()`: include/linux/cleanup.h. The lock is dropped where the block is left. */
import {
  type Element,
  type Statement,
  type Variable,
  at,
  bool,
  down_read,
  down_write,
  local_irq_disable,
  local_irq_enable,
  local_irq_restore,
  local_irq_save,
  mutex_lock,
  mutex_unlock,
  preempt_disable,
  preempt_enable,
  raw_spin_lock,
  raw_spin_lock_irq,
  raw_spin_lock_irqsave,
  raw_spin_unlock,
  raw_spin_unlock_irq,
  raw_spin_unlock_irqrestore,
  read_lock,
  read_unlock,
  spin_lock,
  spin_lock_bh,
  spin_lock_irq,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_bh,
  spin_unlock_irq,
  spin_unlock_irqrestore,
  up_read,
  up_write,
  write_lock,
  write_unlock,
} from "../../machine/index.js";
import type { Call, Family, ObjectType } from "./family.js";
import { mutexType } from "./mutex.js";
import { rwlockType, rwsemType } from "./reader-writer.js";
import { rawSpinlockType, spinlockType } from "./spinlock.js";

interface Guard {
  readonly enter: readonly Statement[];
  readonly leave: readonly Statement[];
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

const readerWriter =
  (type: typeof rwlockType, take: typeof read_lock | typeof down_write, drop: typeof read_unlock) =>
  (call: Call): Guard => {
    const { object, index } = call.object(1, type);
    return { enter: [take(object, index)], leave: [drop(object, index)] };
  };

/** The guards by the name of their class. */
const guards: Readonly<Record<string, (call: Call) => Guard>> = {
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
  read_lock: readerWriter(rwlockType, read_lock, read_unlock),
  write_lock: readerWriter(rwlockType, write_lock, write_unlock),
  preempt: () => ({ enter: [preempt_disable()], leave: [preempt_enable()] }),
  irq: () => ({ enter: [local_irq_disable()], leave: [local_irq_enable()] }),
  irqsave: (call) => {
    const flags = call.temporary(bool);
    return { enter: [local_irq_save(flags)], leave: [local_irq_restore(flags)] };
  },
};

function guardOf(call: Call): Guard {
  const name = call.argument(0);
  const found = Object.hasOwn(guards, name) ? guards[name] : undefined;
  if (found !== undefined) return found(call);
  return call.refuse(`no such guard: ${name}; there are ${Object.keys(guards).join(", ")}`, 0);
}

export const guardFamily: Family = {
  name: "guard",
  instead: {
    scoped_cond_guard:
      "try the lock, and leave the function where it cannot be had: if (!mutex_trylock(&lock)) return",
  },
  calls: {
    guard: {
      takes: "class, [lock]",
      run: (call) => {
        const { enter, leave } = guardOf(call);
        call.emit(...enter);
        call.atEndOfScope(leave);
        return undefined;
      },
    },
  },
  loops: {
    scoped_guard: {
      takes: "class, [lock]",
      isGuard: true,
      run: (call, body) => {
        const { enter, leave } = guardOf(call);
        call.emit(...enter);
        call.atEndOfScope(leave);
        call.emit(...body());
      },
    },
  },
};
