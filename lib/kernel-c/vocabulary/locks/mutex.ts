/** `struct mutex`: include/linux/mutex.h. */
import {
  type AcquireOptions,
  type Element,
  type Statement,
  type Variable,
  at,
  bool,
  mutex,
  int,
  mutex_lock,
  mutex_lock_interruptible,
  mutex_lock_killable,
  mutex_trylock,
  mutex_unlock,
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
import { anyLock, isHeld } from "./lock-types.js";

export const mutexType: ObjectType<Variable> = {
  names: ["struct mutex", "mutex_t"],
  definers: ["DEFINE_MUTEX"],
  initializers: ["mutex_init"],
  declare: (name, { per, className, key }) => mutex(name, { per, className, key }),
};

const mutexOf = (call: Call): Element => {
  const { object, index } = call.object(0, mutexType);
  return at(object, ...index);
};

const take = (call: Call, options: AcquireOptions = {}): readonly Statement[] => [
  mutex_lock(mutexOf(call), options),
];

/** Returns 0 with the lock, or `-EINTR` where a signal came first. */
const endedBySignal = (takes: string, run: typeof mutex_lock_interruptible): CallRow =>
  gives(takes, (call) => {
    const lock = mutexOf(call);
    const options = call.count > 1 ? { subclass: call.subclass(1) } : {};
    const result = call.temporary(int(-4, 0));
    call.emit(run(lock, [set(result, 0)], [set(result, -4)], options));
    return result;
  });

const nested = (call: Call): readonly Statement[] => {
  const taken = mutexOf(call);
  return [mutex_lock(taken, { subclass: call.subclass(1) })];
};

export const mutexFamily: Family = {
  name: "mutex",
  types: [mutexType],
  calls: {
    mutex_lock: does("lock", (call) => take(call)),
    mutex_lock_nested: does("lock, subclass", nested),
    mutex_lock_nest_lock: does("lock, nest_lock", (call) => {
      const taken = mutexOf(call);
      return [mutex_lock(taken, { nest: anyLock(call, 1) })];
    }),
    mutex_lock_interruptible: endedBySignal("lock", mutex_lock_interruptible),
    mutex_lock_killable: endedBySignal("lock", mutex_lock_killable),
    mutex_lock_interruptible_nested: endedBySignal("lock, subclass", mutex_lock_interruptible),
    mutex_lock_killable_nested: endedBySignal("lock, subclass", mutex_lock_killable),
    mutex_lock_io: does("lock", (call) => take(call)),
    mutex_lock_io_nested: does("lock, subclass", nested),
    mutex_unlock: does("lock", (call) => [mutex_unlock(mutexOf(call))]),
    mutex_trylock: gives("lock", (call) => {
      const tried = mutexOf(call);
      const taken = call.temporary(bool);
      call.emit(mutex_trylock(tried, [set(taken, true)], [set(taken, false)]));
      return taken;
    }),
    mutex_is_locked: gives("lock", (call) => {
      return call.reads(isHeld(mutexOf(call)), bool);
    }),
    mutex_destroy: does("lock", () => []),
  },
};
