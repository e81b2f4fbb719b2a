/** The annotations that the kernel has for each answer, and when they are the wrong thing. */

/** A way to tell lockdep what it cannot see. */
export interface SplatAnnotation {
  /** The kernel's own name of it. */
  readonly name: string;
  readonly does: string;
  readonly notWhen: string;
}

/** The annotations, by a short key. */
export const annotations = {
  nested: {
    name: "spin_lock_nested(), mutex_lock_nested() and the like with SINGLE_DEPTH_NESTING",
    does: "gives the inner lock a subclass, so that two of one class may nest in one fixed order",
    notWhen:
      "nothing outside fixes the order: then the subclass follows the code path, not the object, and a real AB/BA of the two objects goes unseen",
  },
  nestLock: {
    name: "spin_lock_nest_lock(), mutex_lock_nest_lock()",
    does: "names the outer lock that every task holds when it nests locks of this class",
    notWhen: "one path nests them without the outer lock; lockdep checks only the paths it sees",
  },
  setClass: {
    name: "lockdep_set_class(), lockdep_register_key()",
    does: "gives locks with different roles, or of different objects, classes of their own",
    notWhen:
      "the objects do the same and can be nested either way: each class then hides the other's orders",
  },
  subclassPaths: {
    name: "a subclass for each of the paths, and both (spin_acquire() on the map) where a path races with either",
    does: "separates paths that can never meet on one lock, as the posted-interrupt wakeup lock does",
    notWhen:
      "the argument why they cannot meet is not written down and checked: an assert such as lockdep_assert_irqs_disabled() belongs with it",
  },
  rawSpinlock: {
    name: "raw_spinlock_t",
    does: "is a lock that does not sleep on PREEMPT_RT either, so it may be taken here",
    notWhen:
      "what it protects takes long: it adds to the latency that PREEMPT_RT is there to bound",
  },
  waitOverride: {
    name: "DEFINE_WAIT_OVERRIDE_MAP() with lock_map_acquire_try()",
    does: "raises the wait context for code that PREEMPT_RT never runs this way",
    notWhen: "PREEMPT_RT does run it this way",
  },
  rcuCondition: {
    name: "rcu_dereference_protected(p, lockdep_is_held(&lock)), rcu_dereference_check(p, c), list_for_each_entry_rcu(p, head, member, c)",
    does: "says which lock protects the access instead of a read-side section",
    notWhen: "the condition is only true by luck; `1` as condition needs a comment that says why",
  },
  nonOwner: {
    name: "down_read_non_owner(), up_read_non_owner(), percpu_rwsem_release()",
    does: "lets another task release what this one acquired",
    notWhen: "the release by another task is the bug",
  },
  novalidate: {
    name: "lockdep_set_novalidate_class()",
    does: "takes the lock out of all checks",
    notWhen:
      "there is any other way: every later bug with this lock goes unseen, and with PROVE_RAW_LOCK_NESTING it can trade one report for another",
  },
  registerKey: {
    name: "spin_lock_init(), mutex_init(), lockdep_register_key()",
    does: "gives the lock a key that lockdep can trust",
    notWhen: "the memory is uninitialised because of another bug: find that first",
  },
  limits: {
    name: "CONFIG_LOCKDEP_BITS, CONFIG_LOCKDEP_CHAINS_BITS, CONFIG_LOCKDEP_STACK_TRACE_BITS",
    does: "makes lockdep's tables larger",
    notWhen:
      "something makes classes without end, as a module loaded again and again or a key per object: see /proc/lockdep_stats",
  },
} as const satisfies Readonly<Record<string, SplatAnnotation>>;
