export * from "./language/id-set.js";
export * from "./language/variable.js";
export * from "./language/expr.js";
export * from "./language/statement.js";
export { located } from "./language/located.js";
export * from "./kernel/cpu.js";
export { type AcquireOptions, type LockOptions, type LockRef } from "./kernel-locks/common.js";
export * from "./kernel-locks/spinlock.js";
export * from "./kernel-locks/mutex.js";
export * from "./kernel-locks/lockdep-hooks.js";
export * from "./kernel/process.js";
export type { Process } from "./language/process-type.js";
export * from "./language/scenario.js";
export * from "./model/model.js";
export * from "./translate/translate.js";
export * from "./model/evaluate.js";
export type { Change, ElementRef, SlotRef, Value } from "./model/value.js";
export {
  enabled,
  isEnabled,
  step as takeStep,
  type Outcome,
  type Violation,
} from "./model/step.js";
export * from "./model/events.js";
export * from "./kernel/list.js";
export * from "./model/whereabouts.js";
export * from "./kernel-sched/scheduler.js";
export type * from "./kernel-sched/scheduler-options.js";
export * from "./kernel-sched/task-state.js";
export * from "./kernel-locks/irq-variants.js";
export * from "./model/state.js";
export { cpuCount, homesOf } from "./translate/slots.js";
export { type RwLock, percpu_rwsem, rwlock, rwsem } from "./kernel-locks/rwlock.js";
export * from "./kernel-locks/seqlock.js";
export * from "./kernel-locks/local-lock.js";
export * from "./kernel-locks/cpu-hotplug.js";
export * from "./kernel-locks/rwlock-calls.js";
export * from "./kernel-locks/rwlock-trylock.js";
export * from "./kernel-wait/completion.js";
export * from "./kernel-wait/semaphore.js";
export { signal_pending, signals } from "./kernel-wait/signal.js";
export * from "./kernel-wait/wait-queue.js";
export {
  type Work,
  type Workqueue,
  type WorkqueueOptions,
  work_struct,
  workqueue,
} from "./kernel-wait/work.js";
export * from "./kernel-wait/workqueue.js";
export * from "./kernel-irq/timer.js";
export * from "./kernel-irq/tasklet.js";
export * from "./kernel-irq/irq-line.js";
export * from "./kernel-rcu/call-rcu.js";
export {
  rcu_dereference,
  rcu_read_lock,
  rcu_read_lock_bh,
  rcu_read_lock_sched,
  rcu_read_unlock,
  rcu_read_unlock_bh,
  rcu_read_unlock_sched,
  synchronize_rcu,
} from "./kernel-rcu/rcu.js";
export * from "./kernel-rcu/srcu.js";
export { inTurn, type InTurn, type InTurnOptions } from "./run/sequential.js";
export * from "./run/replay.js";
export * from "./run/token.js";
export * from "./run/directed.js";
export { wander } from "./run/random-walk.js";
export { untilClosed } from "./run/until-cycle.js";
