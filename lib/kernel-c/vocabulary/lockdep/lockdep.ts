/** What is told to lockdep and is no step: include/linux/lockdep.h. */
import {
  type Element,
  type Statement,
  type Variable,
  check,
  irqs_enabled,
  lockdep_assert_held,
  lockdep_assert_irqs_disabled,
  lockdep_assert_not_held,
  lock_map_acquire,
  lock_map_acquire_read,
  lock_map_acquire_try,
  lock_map_acquire_tryread,
  lock_map_release,
  lock_map_sync,
  lock_set_class,
  lock_set_subclass,
  lockdep_map,
  lockdep_off,
  lockdep_pin_lock,
  lockdep_on,
  lockdep_unpin_lock,
  might_lock,
  might_lock_read,
  not,
  spin_acquire,
  spin_release,
  step,
  this_cpu,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  does,
  gives,
  setsUp,
} from "../row/index.js";
import { anyLock } from "../locks/lock-types.js";

/** `spin_acquire(&lock->dep_map, subclass, trylock, ip)` */
const acquire: CallRow = does("map, subclass, trylock, ip", (call) => {
  const lock = anyLock(call, 0);
  return [spin_acquire(lock, call.subclass(1), call.constant(2) !== 0)];
});

/** `rwsem_acquire_read()`: the same, shared. */
const acquireRead: CallRow = does("map, subclass, trylock, ip", (call) => {
  const lock = anyLock(call, 0);
  return [spin_acquire(lock, call.subclass(1), call.constant(2) !== 0, 1)];
});

/** `rwlock_acquire_read()`: shared, and nested in what holds it already. */
const acquireRecursive: CallRow = does("map, subclass, trylock, ip", (call) => {
  const lock = anyLock(call, 0);
  return [spin_acquire(lock, call.subclass(1), call.constant(2) !== 0, 2)];
});

/** `spin_acquire_nest(&lock->dep_map, subclass, trylock, &nest->dep_map, ip)` */
const acquireNest: CallRow = does("map, subclass, trylock, nest_lock, ip", (call) => {
  const lock = anyLock(call, 0);
  return [spin_acquire(lock, call.subclass(1), call.constant(2) !== 0, 0, anyLock(call, 3))];
});

const onLock = (run: (lock: Element) => Statement): CallRow =>
  does("lock", (call) => [run(anyLock(call, 0))]);

const release: CallRow = does("map, ip", (call) => [spin_release(anyLock(call, 0))]);

const held: CallRow = does("lock", (call) => [lockdep_assert_held(anyLock(call, 0))]);
const notHeld: CallRow = does("lock", (call) => [lockdep_assert_not_held(anyLock(call, 0))]);

/** The part that the machine can check as well, whatever lockdep believes. */
const irqsOff = (call: Call): readonly Statement[] => [
  lockdep_assert_irqs_disabled(),
  step(call.text, {
    then: [
      check(
        not(this_cpu(irqs_enabled)),
        `${call.text} at ${call.at.file}:${String(call.at.line)}: IRQs are on`,
      ),
    ],
  }),
];

const believes = (takes: string): CallRow =>
  gives(takes, (call) =>
    call.refuse("what lockdep believes changes nothing that the code does here: leave it out"),
  );

const unquoted = (text: string): string => text.replace(/^"|"$/g, "");

const mapType: ObjectType<Variable> = {
  names: ["struct lockdep_map"],
  definers: [],
  initializers: [],
  declare: (name, { per, className, key }) => lockdep_map(name, { per, className, key }),
};

/** A key is told from others by its name alone. */
const keyType: ObjectType<null> = {
  names: ["struct lock_class_key"],
  definers: [],
  initializers: [],
  declare: () => null,
};

export const lockdepFamily: Family = {
  name: "lockdep",
  types: [mapType, keyType],
  calls: {
    spin_acquire: acquire,
    rwlock_acquire: acquire,
    mutex_acquire: acquire,
    rwsem_acquire: acquire,
    rwsem_acquire_read: acquireRead,
    rwlock_acquire_read: acquireRecursive,
    seqcount_acquire: acquire,
    seqcount_acquire_read: acquireRecursive,
    seqcount_release: release,
    spin_acquire_nest: acquireNest,
    mutex_acquire_nest: acquireNest,
    rwsem_acquire_nest: acquireNest,
    lock_map_acquire: onLock(lock_map_acquire),
    lock_map_acquire_read: onLock(lock_map_acquire_read),
    lock_map_acquire_try: onLock(lock_map_acquire_try),
    lock_map_acquire_tryread: onLock(lock_map_acquire_tryread),
    lockdep_pin_lock: does("lock", (call) => [lockdep_pin_lock(anyLock(call, 0))]),
    lockdep_unpin_lock: does("lock, [cookie]", (call) => [lockdep_unpin_lock(anyLock(call, 0))]),
    lockdep_set_novalidate_class: setsUp("lock", (call) => {
      anyLock(call, 0);
      call.setClass(0, null);
    }),
    lockdep_set_class: setsUp("lock, key", (call) => {
      anyLock(call, 0);
      const key = call.argument(1);
      call.setClass(0, { key, name: key });
    }),
    lockdep_set_class_and_name: setsUp("lock, key, name", (call) => {
      anyLock(call, 0);
      call.setClass(0, { key: call.argument(1), name: unquoted(call.argument(2)) });
    }),
    // lockdep_init_map_type() registers the class of the subclass, which is that of subclass 0 from then on.
    lockdep_set_subclass: setsUp("lock, subclass", (call) => {
      anyLock(call, 0);
      const [lock, subclass] = [call.argument(0), String(call.subclass(1))];
      call.setClass(0, { key: `${lock}/${subclass}`, name: `${lock}/${subclass}` });
    }),
    lockdep_set_class_and_subclass: setsUp("lock, key, subclass", (call) => {
      anyLock(call, 0);
      const name = `${call.argument(1)}/${String(call.subclass(2))}`;
      call.setClass(0, { key: name, name });
    }),
    lockdep_init_map: setsUp("map, name, key, subclass", (call) => {
      anyLock(call, 0);
      call.setClass(0, { key: call.argument(2), name: unquoted(call.argument(1)) });
    }),
    lock_map_release: onLock(lock_map_release),
    lock_map_sync: onLock(lock_map_sync),
    might_lock: onLock(might_lock),
    might_lock_read: onLock(might_lock_read),
    lock_set_subclass: does("lock, subclass, ip", (call) => [
      lock_set_subclass(anyLock(call, 0), call.subclass(1)),
    ]),
    lock_set_class: does("lock, name, key, subclass, ip", (call) => {
      const lock = anyLock(call, 0);
      const name = unquoted(call.argument(1));
      return [lock_set_class(lock, name, call.argument(2), call.subclass(3))];
    }),
    might_lock_nested: does("lock, subclass", (call) => [
      might_lock(anyLock(call, 0), call.subclass(1)),
    ]),
    lockdep_off: does("", () => [lockdep_off()]),
    lockdep_on: does("", () => [lockdep_on()]),
    spin_release: release,
    rwlock_release: release,
    mutex_release: release,
    rwsem_release: release,
    lockdep_assert_held: held,
    lockdep_assert_held_write: held,
    lockdep_assert_held_read: held,
    lockdep_assert_held_once: held,
    assert_spin_locked: held,
    assert_raw_spin_locked: held,
    lockdep_assert_not_held: notHeld,
    lockdep_assert_irqs_disabled: does("", irqsOff),
    lock_is_held: believes("map"),
    lock_is_held_type: believes("map, read"),
    lockdep_match_class: believes("lock, key"),
    rcu_read_lock_held: believes(""),
    rcu_read_lock_bh_held: believes(""),
    rcu_read_lock_sched_held: believes(""),
    rcu_read_lock_any_held: believes(""),
    srcu_read_lock_held: believes("ssp"),
    lockdep_rtnl_is_held: believes(""),
    lockdep_is_held: believes("lock"),
    lockdep_is_held_type: believes("lock, read"),
  },
  instead: {
    RCU_LOCKDEP_WARN:
      'rcu_dereference_check(pointer, lockdep_is_held(&lock)) and its kin raise "suspicious RCU usage" where nothing protects the pointer',
    lockdep_set_notrack_class: "lockdep_set_novalidate_class()",
    lockdep_hardirqs_on: "local_irq_enable() tells lockdep itself",
    lockdep_hardirqs_off: "local_irq_disable() tells lockdep itself",
    lock_contended: "lock statistics change nothing: leave it out",
    lock_acquired: "lock statistics change nothing: leave it out",
    non_block_start:
      "might_sleep() says where the code may sleep; nothing here says where it may not",
    non_block_end:
      "might_sleep() says where the code may sleep; nothing here says where it may not",
  },
  constants: {
    SINGLE_DEPTH_NESTING: 1,
    _RET_IP_: 0,
    _THIS_IP_: 0,
    MAX_LOCKDEP_SUBCLASSES: 8,
  },
};
