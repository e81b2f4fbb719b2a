/** rt_mutexes, percpu_rwsems and the lock of CPU hotplug: include/linux/rtmutex.h, percpu-rwsem.h, cpu.h. */
import {
  type Element,
  type Expr,
  type RwLock,
  type Statement,
  type Variable,
  at,
  bool,
  cpus_read_lock,
  cpus_read_trylock,
  cpus_read_unlock,
  cpus_write_lock,
  cpus_write_unlock,
  int,
  lockdep_assert_cpus_held,
  percpu_down_read,
  percpu_down_read_trylock,
  percpu_down_write,
  percpu_rwsem,
  percpu_up_read,
  percpu_up_write,
  rt_mutex,
  rt_mutex_lock,
  rt_mutex_lock_interruptible,
  rt_mutex_trylock,
  rt_mutex_unlock,
  set,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  does,
  gives,
} from "../row/index.js";
import { isHeld } from "./lock-types.js";

const rtMutexType: ObjectType<Variable> = {
  names: ["struct rt_mutex"],
  definers: ["DEFINE_RT_MUTEX"],
  initializers: ["rt_mutex_init"],
  declare: (name, { per, className, key }) => rt_mutex(name, { per, className, key }),
};

const percpuRwsemType: ObjectType<RwLock> = {
  names: ["struct percpu_rw_semaphore", "percpu_rwsem_t"],
  definers: ["DEFINE_PERCPU_RWSEM", "DEFINE_STATIC_PERCPU_RWSEM"],
  initializers: ["percpu_init_rwsem"],
  declare: (name, { per, className, key }) => percpu_rwsem(name, { per, className, key }),
};

const lockOf = (call: Call): Element => {
  const { object, index } = call.object(0, rtMutexType);
  return at(object, ...index);
};

const onSem = (run: (sem: RwLock, index: readonly Expr[]) => Statement): CallRow =>
  does("sem", (call) => {
    const { object, index } = call.object(0, percpuRwsemType);
    return [run(object, index)];
  });

export const moreLocksFamily: Family = {
  name: "more-locks",
  types: [rtMutexType, percpuRwsemType],
  calls: {
    rt_mutex_lock: does("lock", (call) => [rt_mutex_lock(lockOf(call))]),
    rt_mutex_unlock: does("lock", (call) => [rt_mutex_unlock(lockOf(call))]),
    rt_mutex_trylock: gives("lock", (call) => {
      const taken = call.temporary(bool);
      call.emit(rt_mutex_trylock(lockOf(call), [set(taken, true)], [set(taken, false)]));
      return taken;
    }),
    rt_mutex_lock_interruptible: gives("lock", (call) => {
      const result = call.temporary(int(-4, 0));
      call.emit(rt_mutex_lock_interruptible(lockOf(call), [set(result, 0)], [set(result, -4)]));
      return result;
    }),
    percpu_down_read: onSem(percpu_down_read),
    percpu_up_read: onSem(percpu_up_read),
    percpu_down_write: onSem(percpu_down_write),
    percpu_up_write: onSem(percpu_up_write),
    percpu_down_read_trylock: gives("sem", (call) => {
      const { object, index } = call.object(0, percpuRwsemType);
      const taken = call.temporary(bool);
      call.emit(percpu_down_read_trylock(object, [set(taken, true)], [set(taken, false)], index));
      return taken;
    }),
    cpus_read_trylock: gives("", (call) => {
      const taken = call.temporary(bool);
      call.emit(cpus_read_trylock([set(taken, true)], [set(taken, false)]));
      return taken;
    }),
    lockdep_assert_cpus_held: does("", () => [lockdep_assert_cpus_held()]),
    rt_mutex_lock_nested: does("lock, subclass", (call) => {
      const lock = lockOf(call);
      return [rt_mutex_lock(lock, { subclass: call.subclass(1) })];
    }),
    rt_mutex_is_locked: gives("lock", (call) => call.reads(isHeld(lockOf(call)), bool)),
    cpus_read_lock: does("", () => [cpus_read_lock()]),
    cpus_read_unlock: does("", () => [cpus_read_unlock()]),
    cpus_write_lock: does("", () => [cpus_write_lock()]),
    cpus_write_unlock: does("", () => [cpus_write_unlock()]),
  },
};
