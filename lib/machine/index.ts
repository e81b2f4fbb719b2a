export * from "./id-set.js";
export * from "./variable.js";
export * from "./expr.js";
export * from "./statement.js";
export * from "./cpu.js";
export { type AcquireOptions, type LockOptions, type LockRef } from "./lock.js";
export * from "./spinlock.js";
export * from "./mutex.js";
export * from "./dep-map.js";
export * from "./process.js";
export * from "./scenario.js";
export * from "./model.js";
export * from "./translate.js";
export * from "./evaluate.js";
export type { Change, ElementRef, SlotRef, Value } from "./resolved.js";
export { enabled, isEnabled, step as takeStep, type Outcome, type Violation } from "./step.js";
export * from "./event-of.js";
export * from "./list.js";
export * from "./whereabouts.js";
export * from "./scheduler.js";
export * from "./task-state.js";
export * from "./lock-irq.js";
export * from "./state.js";
export {
  type RwLock,
  down_read,
  down_write,
  downgrade_write,
  read_lock,
  read_unlock,
  rwlock,
  rwsem,
  up_read,
  up_write,
  write_lock,
  write_unlock,
} from "./rwlock.js";
export * from "./rwlock-try.js";
