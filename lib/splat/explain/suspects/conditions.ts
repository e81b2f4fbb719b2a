/** The conditions of `DEBUG_LOCKS_WARN_ON()` that are met most, and what each means. */

import type { WarningSplat } from "../../report/index.js";
import { plainName } from "../../stacks/functions.js";

/** One condition. */
export interface WarnedCondition {
  readonly says: RegExp;
  /** The source file that states it. */
  readonly file: RegExp;
  /** `path` where it is about how the code came there, and not about one lock. */
  readonly about?: "path";
  readonly means: string;
  readonly mend: string;
}

/** Returns the entry of a warning, by its condition, its words and its function; undefined where it is none of these. */
export function conditionOf(report: WarningSplat): WarnedCondition | undefined {
  const { condition, lead, warnAt, warnIn, headline } = report;
  const inside = warnIn === null ? "" : `in ${plainName(warnIn)}()`;
  const said = [condition ?? "", headline, ...lead, inside].join("\n");
  return conditions.find(({ says, file }) => says.test(said) && file.test(warnAt ?? ""));
}

const mutex = /(?:mutex|ww_mutex|rtmutex)[\w-]*\.[ch]:/;
const lockdep = /(?:^|\/)lockdep\.c:|^$/;

const conditions: readonly WarnedCondition[] = [
  {
    says: /lock->magic != lock/,
    file: /(?:mutex|ww_mutex|rtmutex)\w*\.[ch]:|^$/,
    means:
      "The mutex is none: it was never initialised, is destroyed already, or its memory was overwritten or freed (the debugging of mutexes, kernel/locking/mutex.c).",
    mend: "See that mutex_init() ran before and mutex_destroy() did not, as on the way down, and that the object still lives: KASAN shows a use after free.",
  },
  {
    says: /owner.*!= (?:current|get_current)|__(?:mutex_)?owner_task/,
    file: mutex,
    means:
      "The mutex is released by a task that does not own it, as one who releases it twice or never took it; or its memory was overwritten.",
    mend: "A mutex is released by who took it, and once: to hand it over takes a semaphore or a completion.",
  },
  {
    says: /mutex_is_locked/,
    file: mutex,
    means: "The mutex is destroyed while it is held.",
    mend: "Wait for the last user before the object is torn down.",
  },
  {
    says: /in_interrupt\(\)|in_hardirq\(\)/,
    file: mutex,
    means: "A mutex is used in an interrupt, where nothing may sleep.",
    mend: "Leave that part to a work item or a thread, or use a spinlock.",
  },
  {
    says: /wait_list|waiter->|list_empty/,
    file: mutex,
    means:
      "The list of waiters of the mutex is damaged: its memory was overwritten, freed or initialised again while it was in use.",
    mend: "Look for a second mutex_init() and for a use after free.",
  },
  {
    says: /ww_ctx|ww->|ctx->/,
    file: mutex,
    means:
      "The rules of wait/wound mutexes were broken: a context of another class, one that is done, or one that must back off first.",
    mend: "See Documentation/locking/ww-mutex-design.rst for the order of calls.",
  },
  {
    says: /sem->magic|rwsem_owner|magic/,
    file: /rwsem\w*\.[ch]:/,
    means:
      "The rwsem is not what it should be: never initialised, overwritten, freed, or released by a task that does not hold it.",
    mend: "See that init_rwsem() ran before, and who took it: `owner` and `magic` in the message tell.",
  },
  {
    says: /l->owner != current/,
    file: /local_lock/,
    means: "A local lock is released by a task that does not own it.",
    mend: "See which path reaches the release without it, or after it moved to another CPU's lock.",
  },
  {
    says: /l->owner/,
    file: /local_lock/,
    means:
      "The local lock of this CPU has an owner already: it is taken twice here, as by an interrupt or an allocation within, or its memory was overwritten.",
    mend: "See whether the section can be entered again on one CPU; where it cannot, look for memory corruption (KASAN).",
  },
  {
    says: /val > preempt_count\(\)|val < PREEMPT_MASK|preempt_count\(\) < 0/,
    file: /sched\/core\.c:/,
    about: "path",
    means:
      "The preempt count would fall below zero: preemption was enabled, or a lock that disables it released, once more than it was disabled or taken; or the count was overwritten.",
    mend: "Look for the release on this path that has no counterpart, or that ran on another task's count.",
  },
  {
    says: /PREEMPT_MASK\)? *>=/,
    file: /sched\/core\.c:/,
    about: "path",
    means:
      "The preempt count is about to overflow: preemption is disabled again and again and not enabled.",
    mend: "Look for what disables preemption in a loop or a recursion.",
  },
  {
    says: /suspend_syscore_active/,
    file: /(?:^|\/)lockdep\.c:|^$/,
    about: "path",
    means:
      "Interrupts were switched on in the last part of suspend, in which they have to stay off (syscore_suspend() in drivers/base/syscore.c).",
    mend: "Find what switched them on, or slept, on this path.",
  },
  {
    says: /nr_unused_locks|nr_unused\b/,
    file: /lockdep_proc\.c:/,
    means:
      "The counters of lockdep's own statistics do not agree with its list of classes: a fault of lockdep.",
    mend: "Report it to the maintainers of lockdep; it says nothing of the code that ran.",
  },
  {
    says: /releasing a pinned lock/,
    file: lockdep,
    means:
      "The lock is pinned: whoever holds it called lockdep_pin_lock(), as rq_pin_lock() of the scheduler does, so that nobody on the way releases it.",
    mend: "Do not release it on this path, or unpin it round the release (rq_unpin_lock(), rq_repin_lock()) and expect that all may have changed.",
  },
  {
    says: /pinning an? (?:unheld|unpinned) lock|pin count corrupted/,
    file: lockdep,
    means:
      "A lock is pinned or unpinned that is not held, or was not pinned by this cookie: lockdep_pin_lock() and lockdep_unpin_lock() do not pair.",
    mend: "Where an earlier report says that a pinned lock was released, this one follows from it.",
  },
  {
    says: /in lockdep_(?:un)?register_key\(\)/,
    file: lockdep,
    means:
      "A key was registered that is registered already or is static, or unregistered that is not: freed twice, never registered, or its memory was overwritten.",
    mend: "See that each lockdep_register_key() has one lockdep_unregister_key(), also on the error path.",
  },
  {
    says: /in (?:hlock_class|check_wait_context)\(\)|^1\n[^]*in __lock_acquire\(\)/,
    file: lockdep,
    about: "path",
    means:
      "The list of what the task holds (held_locks[] in its task_struct) names a class that does not exist: the class went away while its lock was in use, as with the module that its key is in; the lock's memory was freed and used again; or the list was overwritten, by a stack overflow or another memory error.",
    mend: "See whether a module was unloaded whose locks others still use; else look for memory corruption (KASAN, VMAP_STACK).",
  },
  {
    says: /wait_type_inner/,
    file: lockdep,
    means: "A wait type was stated that fits no lock of this kind.",
    mend: "See which wait types the lock was initialised with.",
  },
  {
    // The line that names the key may be lost: it stands above the one condition there that is a bare 1.
    says: /has not been registered|not in \.data|!static_obj|is_dynamic_key|^1\n[^]*in lockdep_init_map\w*\(\)/,
    file: lockdep,
    means: "The key of the class is neither static nor registered.",
    mend: "Make the key static, or register it with lockdep_register_key() before the lock is initialised.",
  },
  {
    says: /(?:^|\n)!(?:key|name)(?:\n|$)|in lockdep_init_map\w*\(\)/,
    file: lockdep,
    means: "A lock is initialised without a key or a name.",
    mend: "Find who hands them to lockdep_init_map(): mostly memory that was cleared or overwritten.",
  },
  {
    says: /Looking for class .* but found a different class|^\nWARNING: [^]*in look_up_lock_class\(\)|class->name != lock->name|->name != /,
    file: lockdep,
    means:
      "Two classes have one key: two kinds of lock were initialised with the same lock_class_key, or lockdep_set_class_and_name() gave one key two names; or the lock's memory was overwritten.",
    mend: "Give each kind of lock a key of its own; where only one kind uses it, look for a use after free.",
  },
  {
    says: /class_idx|lock_classes_in_use|hlock_class|MAX_LOCKDEP_KEYS/,
    file: lockdep,
    about: "path",
    means:
      "The list of what the task holds (held_locks[] in its task_struct) has an entry that cannot be: it was overwritten, by a stack overflow or another memory error, or the class was freed while it was held, as by a module.",
    mend: "Look for memory corruption first (KASAN, VMAP_STACK); lockdep only found it.",
  },
  {
    says: /early_boot_irqs_disabled/,
    file: lockdep,
    about: "path",
    means:
      "Interrupts were switched on in early boot, before start_kernel() (init/main.c) allows it.",
    mend: "Put back what was before (the _irqsave() and _irqrestore() variants) instead of switching them on.",
  },
  {
    says: /->(?:cmp|print)_fn\b|in lockdep_set_lock_cmp_fn\(\)/,
    file: lockdep,
    about: "path",
    means:
      "The class has got another function already that says in which order its locks are held, or how one is printed: there is one for a class (lockdep_set_lock_cmp_fn() in kernel/locking/lockdep.c).",
    mend: "Give locks that are compared in different ways keys of their own, as where two users share the place at which the lock is initialised.",
  },
  {
    says: /irqs_disabled\(\)|hardirqs?_enabled|softirqs?_enabled|in_softirq|in (?:check_flags|(?:lockdep|trace)_(?:hard|soft)irqs_\w+)\(\)/,
    file: lockdep,
    about: "path",
    means:
      "What lockdep was told of interrupts is not what the CPU says: some path switched them without telling it, as an entry from assembler, or switched them on too early.",
    mend: "Find the path that changes the flag with raw_local_irq_*() or by hand.",
  },
  {
    says: /chain_key|prev_chain_key|chain->|hash/,
    file: lockdep,
    about: "path",
    means:
      "lockdep's own records of the chains of held locks do not fit each other: memory corruption, or a fault of lockdep.",
    mend: "Look for memory corruption first.",
  },
  {
    says: /!hlock->nest_lock/,
    file: lockdep,
    about: "path",
    means:
      "A held lock counts several acquisitions (references) and has no outer lock for them, which no caller can make: the list of what the task holds (held_locks[] in its task_struct) was overwritten, by a stack overflow or another memory error.",
    mend: "Look for memory corruption first (KASAN, VMAP_STACK); lockdep only found it.",
  },
  {
    says: /references|pin_count|nest_lock/,
    file: lockdep,
    means: "A count of how often a lock is held or pinned went wrong.",
    mend: "See who releases or unpins it more often than it was taken.",
  },
  {
    says: /lockdep_depth|depth/,
    file: lockdep,
    about: "path",
    means:
      "The count of what the task holds went wrong: too many at once, or released more often than taken.",
    mend: "See the list of held locks; a task_struct that was overwritten looks like that too.",
  },
];
