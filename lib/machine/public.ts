/**
 * The words that scenarios are written with, named as in the kernel, and the readable machine that runs
 * them: a scenario is translated to a model, and a model is run step by step.
 *
 * @module machine
 */
export {
  type BinaryOp,
  type Arithmetic,
  type Expr,
  type Element,
  type Operand,
  expr,
  at,
  eq,
  ne,
  lt,
  le,
  add,
  sub,
  mul,
  div,
  mod,
  bit_and,
  bit_or,
  bit_xor,
  shift_left,
  shift_right,
  min,
  max,
  not,
  and,
  or,
  cond,
  some,
  every,
  count,
  smp_processor_id,
  current,
  processOf,
  inside,
  ended,
  isArithmetic,
} from "./language/expr.js";
export { CPU, idSet, NONE, type IdSet } from "./language/id-set.js";
export type { Process } from "./language/process-type.js";
export * from "./language/scenario.js";
export * from "./language/choose.js";
export * from "./language/control-flow.js";
export {
  type CheckKind,
  type Assignment,
  type Effect,
  type FactTemplate,
  assign,
  when,
  each,
  check,
} from "./language/effect.js";
export * from "./language/statement.js";
export * from "./language/step.js";
export * from "./language/variable.js";

export * from "./kernel/cpu.js";
export * from "./kernel/list.js";
export * from "./kernel/list-rcu.js";
export * from "./kernel/list-walk.js";
export * from "./kernel/llist.js";
export * from "./kernel/handlers.js";
export * from "./kernel/process.js";
export type { AcquireOptions, LockOptions, LockRef } from "./kernel-locks/common.js";
export * from "./kernel-locks/irq-variants.js";
export * from "./kernel-locks/lockdep-hooks.js";
export {
  mutex,
  mutex_lock,
  mutex_lock_interruptible,
  mutex_lock_killable,
  mutex_trylock,
  mutex_unlock,
  rt_mutex,
  rt_mutex_lock,
  rt_mutex_lock_interruptible,
  rt_mutex_trylock,
  rt_mutex_unlock,
} from "./kernel-locks/mutex.js";
export { percpu_rwsem, rwlock, rwsem, type RwLock } from "./kernel-locks/rwlock.js";
export * from "./kernel-locks/rwlock-calls.js";
export * from "./kernel-locks/rwlock-trylock.js";
export * from "./kernel-locks/cpu-hotplug.js";
export * from "./kernel-locks/local-lock.js";
export * from "./kernel-locks/seqlock.js";
export * from "./kernel-locks/spinlock.js";
export type * from "./kernel-sched/scheduler-options.js";
export {
  ww_acquire_done,
  ww_acquire_fini,
  ww_acquire_init,
  ww_class,
  type WwClass,
  type WwClassOptions,
} from "./kernel-locks/ww-class.js";
export * from "./kernel-locks/ww-mutex.js";
export * from "./kernel-sched/scheduler.js";
export * from "./kernel-sched/task-state.js";
export * from "./kernel-wait/barrier.js";
export * from "./kernel-wait/completion.js";
export * from "./kernel-wait/kfifo.js";
export * from "./kernel-wait/kthread.js";
export * from "./kernel-wait/semaphore.js";
export { signal_pending, signals } from "./kernel-wait/signal.js";
export * from "./kernel-wait/wait-queue.js";
export {
  kthread_worker,
  work_struct,
  workqueue,
  type Work,
  type Workqueue,
  type WorkqueueOptions,
} from "./kernel-wait/work.js";
export * from "./kernel-wait/workqueue.js";
export * from "./kernel-irq/irq-line.js";
export * from "./kernel-irq/tasklet.js";
export * from "./kernel-irq/timer.js";
export {
  call_rcu,
  rcu_barrier,
  rcu_callback,
  rcu_head,
  type RcuHead,
} from "./kernel-rcu/call-rcu.js";
export * from "./kernel-rcu/call-srcu.js";
export {
  rcu_dereference,
  rcu_dereference_check,
  rcu_dereference_protected,
  rcu_read_lock,
  rcu_read_lock_bh,
  rcu_read_lock_sched,
  rcu_read_unlock,
  rcu_read_unlock_bh,
  rcu_read_unlock_sched,
  synchronize_rcu,
} from "./kernel-rcu/rcu.js";
export * from "./kernel-rcu/srcu.js";
export * from "./kernel-maps/dma-fence.js";
export * from "./kernel-maps/fs-reclaim.js";
export * from "./kernel-maps/jbd2.js";
export * from "./kernel-maps/kernfs.js";
export * from "./kernel-maps/might-fault.js";
export * from "./kernel-maps/mmu-notifier.js";
export * from "./kernel-maps/request-queue.js";
export * from "./kernel-maps/super-block.js";

export { translate } from "./translate/translate.js";
export { initialState, type Model, type State, type Transition } from "./model/model.js";
export { printState } from "./model/state.js";
export { enabled, step as takeStep, type Outcome, type Violation } from "./model/step.js";
export { heldLocks, waiting, type HeldLock, type Waiting } from "./model/whereabouts.js";
export { coveringRuns, type CoveringOptions, type CoveringRuns } from "./run/covering-runs.js";
export { direct, type Direction } from "./run/directed.js";
export { randomWalk } from "./run/random-walk.js";
export { replay, type Replay, type ReplayStep } from "./run/replay.js";
export { sequentialRun, type SequentialRun, type SequentialRunOptions } from "./run/sequential.js";
export { scheduleOf, tokenOf } from "./run/token.js";
