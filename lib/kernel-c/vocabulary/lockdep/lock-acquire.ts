/** What all annotations come down to, and the map that overrides a wait type: include/linux/lockdep.h. */
import {
  type Variable,
  type WaitOverride,
  debug_check_no_locks_freed,
  spin_acquire,
  spin_release,
  wait_override_map,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  does,
  setsUp,
} from "../row/index.js";
import { anyLock } from "../locks/lock-types.js";
import { wwMutexOf, wwMutexType } from "../locks/ww-mutex.js";

const LD_WAIT_CONFIG = 3;
const LD_WAIT_SLEEP = 4;

const overrideOf = (given: number): WaitOverride => (given === LD_WAIT_CONFIG ? 3 : 4);

const overrideType: ObjectType<Variable> = {
  names: ["wait_override_map"],
  definers: ["DEFINE_WAIT_OVERRIDE_MAP"],
  initializers: [],
  declare: (name, { init }) => wait_override_map(name, overrideOf(init())),
};

/** An argument that has one value here. */
function expectOnly(call: Call, which: number, value: string, why: string): void {
  if (call.argument(which) !== value) call.refuse(`${value} is wanted here: ${why}`, which);
}

/** `lock_acquire(map, subclass, trylock, read, check, nest_lock, ip)` */
const acquire: CallRow = does("map, subclass, trylock, read, check, nest_lock, ip", (call) => {
  const lock = anyLock(call, 0);
  const read = call.constant(3);
  if (read !== 0 && read !== 1 && read !== 2) {
    call.refuse("0 (exclusive), 1 (shared) or 2 (recursive) is wanted here", 3);
  }
  expectOnly(call, 4, "1", "lockdep_set_novalidate_class() has a lock go unchecked");
  expectOnly(
    call,
    5,
    "NULL",
    "spin_lock_nest_lock() and mutex_lock_nest_lock() name an outer lock",
  );
  return [
    spin_acquire(
      lock,
      call.subclass(1),
      call.constant(2) !== 0,
      read === 0 ? 0 : read === 1 ? 1 : 2,
    ),
  ];
});

export const lockAcquireFamily: Family = {
  name: "lock-acquire",
  types: [overrideType],
  calls: {
    lock_acquire: acquire,
    debug_check_no_locks_freed: does("lock, size", (call) => [
      debug_check_no_locks_freed(
        call.typeOf(0) === wwMutexType ? wwMutexOf(call).base : anyLock(call, 0),
      ),
    ]),
    lockdep_set_lock_cmp_fn: setsUp("lock, cmp_fn, print_fn", (call) => {
      anyLock(call, 0);
      call.setOrder(0, call.functionName(1));
    }),
    lock_release: does("map, ip", (call) => [spin_release(anyLock(call, 0))]),
  },
  constants: { LD_WAIT_CONFIG, LD_WAIT_SLEEP },
};
