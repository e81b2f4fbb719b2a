/** `raw_spinlock_t` and `spinlock_t`: include/linux/spinlock.h. */
import {
  type AcquireOptions,
  type Element,
  type LockRef,
  type Statement,
  type Variable,
  at,
  bool,
  fn,
  local_bh_disable,
  local_bh_enable,
  local_irq_disable,
  local_irq_enable,
  local_irq_restore,
  local_irq_save,
  raw_spin_lock,
  raw_spin_lock_irq,
  raw_spin_lock_irqsave,
  raw_spin_trylock,
  raw_spin_unlock,
  raw_spin_unlock_irq,
  raw_spin_unlock_irqrestore,
  raw_spinlock,
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
  spinlock,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  does,
  gives,
} from "../row/index.js";
import { anyLock, isHeld } from "./lock-types.js";

export const rawSpinlockType: ObjectType<Variable> = {
  names: ["raw_spinlock_t"],
  definers: ["DEFINE_RAW_SPINLOCK"],
  initializers: ["raw_spin_lock_init"],
  declare: (name, { per, className, key }) => raw_spinlock(name, { per, className, key }),
};

export const spinlockType: ObjectType<Variable> = {
  names: ["spinlock_t"],
  definers: ["DEFINE_SPINLOCK"],
  initializers: ["spin_lock_init"],
  declare: (name, { per, className, key }) => spinlock(name, { per, className, key }),
};

type Take = (lock: LockRef, options?: AcquireOptions) => Statement;
type TakeWithFlags = (lock: LockRef, flags: Element, options?: AcquireOptions) => Statement;
type Drop = (lock: LockRef) => Statement;
type DropWithFlags = (lock: LockRef, flags: Element) => Statement;
type Try = typeof spin_trylock;

/** The calls of one of the two types. */
function callsOf(
  prefix: "raw_spin" | "spin",
  type: ObjectType<Variable>,
  calls: {
    readonly lock: Take;
    readonly unlock: Drop;
    readonly lockIrq: Take;
    readonly unlockIrq: Drop;
    readonly lockIrqsave: TakeWithFlags;
    readonly unlockIrqrestore: DropWithFlags;
    readonly trylock: Try;
  },
): Readonly<Record<string, CallRow>> {
  const nested = (call: Call, which: number): AcquireOptions => ({
    subclass: call.subclass(which),
  });
  const { lock, unlock, lockIrq, unlockIrq, lockIrqsave, unlockIrqrestore, trylock } = calls;
  return {
    [`${prefix}_lock`]: does("lock", (call) => [lock(lockOf(call, type))]),
    [`${prefix}_lock_nested`]: does("lock, subclass", (call) => {
      const taken = lockOf(call, type);
      return [lock(taken, nested(call, 1))];
    }),
    [`${prefix}_lock_nest_lock`]: does("lock, nest_lock", (call) => {
      const taken = lockOf(call, type);
      return [lock(taken, { nest: anyLock(call, 1) })];
    }),
    [`${prefix}_lock_irq`]: does("lock", (call) => [lockIrq(lockOf(call, type))]),
    [`${prefix}_lock_irqsave`]: does("lock, flags", (call) => {
      const taken = lockOf(call, type);
      return [lockIrqsave(taken, call.flags(1))];
    }),
    [`${prefix}_lock_irqsave_nested`]: does("lock, flags, subclass", (call) => {
      const taken = lockOf(call, type);
      const flags = call.flags(1);
      return [lockIrqsave(taken, flags, nested(call, 2))];
    }),
    [`${prefix}_unlock`]: does("lock", (call) => [unlock(lockOf(call, type))]),
    [`${prefix}_unlock_irq`]: does("lock", (call) => [unlockIrq(lockOf(call, type))]),
    [`${prefix}_unlock_irqrestore`]: does("lock, flags", (call) => {
      const dropped = lockOf(call, type);
      return [unlockIrqrestore(dropped, call.flags(1))];
    }),
    [`${prefix}_trylock`]: gives("lock", (call) => {
      const tried = lockOf(call, type);
      const taken = call.temporary(bool);
      call.emit(trylock(tried, [set(taken, true)], [set(taken, false)]));
      return taken;
    }),
    [`${prefix}_is_locked`]: gives("lock", (call) => isLocked(call, lockOf(call, type))),
  };
}

const isLocked = (call: Call, lock: Element) => call.reads(isHeld(lock), bool);

const spinCalls = callsOf("spin", spinlockType, {
  lock: spin_lock,
  unlock: spin_unlock,
  lockIrq: spin_lock_irq,
  unlockIrq: spin_unlock_irq,
  lockIrqsave: spin_lock_irqsave,
  unlockIrqrestore: spin_unlock_irqrestore,
  trylock: spin_trylock,
});

const lockOf = (call: Call, type: ObjectType<Variable>): Element => {
  const { object, index } = call.object(0, type);
  return at(object, ...index);
};

/** The calls that try a lock with IRQs or softirqs off, and leave them as they were where it cannot be had. */
function triedWithIrqs(
  prefix: "raw_spin" | "spin",
  type: ObjectType<Variable>,
  trylock: Try,
): Readonly<Record<string, CallRow>> {
  const tried = (
    takes: string,
    off: (flags: Element | null) => Statement,
    on: (flags: Element | null) => Statement,
  ): CallRow =>
    gives(takes, (call) => {
      const lock = lockOf(call, type);
      const flags = call.count > 1 ? call.flags(1) : null;
      const taken = call.temporary(bool);
      call.emit(off(flags), trylock(lock, [set(taken, true)], [on(flags), set(taken, false)]));
      return taken;
    });
  const saved = (flags: Element | null): Statement =>
    flags === null ? local_irq_disable() : local_irq_save(flags);
  const restored = (flags: Element | null): Statement =>
    flags === null ? local_irq_enable() : local_irq_restore(flags);
  return {
    [`${prefix}_trylock_irq`]: tried("lock", saved, restored),
    [`${prefix}_trylock_irqsave`]: tried("lock, flags", saved, restored),
    [`${prefix}_trylock_bh`]: tried("lock", local_bh_disable, local_bh_enable),
  };
}

export const spinlockFamily: Family = {
  name: "spinlock",
  types: [rawSpinlockType, spinlockType],
  calls: {
    ...callsOf("raw_spin", rawSpinlockType, {
      lock: raw_spin_lock,
      unlock: raw_spin_unlock,
      lockIrq: raw_spin_lock_irq,
      unlockIrq: raw_spin_unlock_irq,
      lockIrqsave: raw_spin_lock_irqsave,
      unlockIrqrestore: raw_spin_unlock_irqrestore,
      trylock: raw_spin_trylock,
    }),
    raw_spin_lock_bh: does("lock", (call) => [
      fn("raw_spin_lock_bh", [local_bh_disable(), raw_spin_lock(lockOf(call, rawSpinlockType))]),
    ]),
    raw_spin_unlock_bh: does("lock", (call) => [
      fn("raw_spin_unlock_bh", [raw_spin_unlock(lockOf(call, rawSpinlockType)), local_bh_enable()]),
    ]),
    ...triedWithIrqs("raw_spin", rawSpinlockType, raw_spin_trylock),
    ...triedWithIrqs("spin", spinlockType, spin_trylock),
    ...spinCalls,
    spin_lock_bh: does("lock", (call) => [spin_lock_bh(lockOf(call, spinlockType))]),
    spin_unlock_bh: does("lock", (call) => [spin_unlock_bh(lockOf(call, spinlockType))]),
  },
};
