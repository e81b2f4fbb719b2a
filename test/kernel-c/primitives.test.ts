/** What kernel code waits with: each primitive has its statements, its calls in C, and a story that SPIN is asked about. */
import { describe, expect, it } from "vitest";
import { stories } from "../../lib/atlas/stories/index.js";
import { vocabularyOf } from "../../lib/kernel-c/vocabulary/index.js";
import { type Scenario, translate } from "../../lib/machine/index.js";
import * as machine from "../../lib/machine/public.js";

const { calls, initializers, types, constants } = vocabularyOf();
const known: ReadonlySet<string> = new Set([
  ...calls.keys(),
  ...initializers,
  ...types.keys(),
  ...constants.keys(),
]);

/** The name of a primitive, its statements, its calls where C has other ones, the lock, the fact or the handler where that is what a story shows. */
const primitives: Readonly<
  Record<
    string,
    {
      readonly statements: readonly string[];
      readonly c?: readonly string[];
      readonly lock?: string;
      readonly fact?: string;
      readonly handler?: string;
    }
  >
> = {
  semaphore: { statements: ["down", "up", "down_interruptible", "down_trylock"] },
  "wait queue": { statements: ["wait_event", "prepare_to_wait", "wake_up", "wake_up_all"] },
  "join and the end of a thread": {
    statements: ["join", "kthread_stop"],
    c: ["kthread_stop", "kthread_should_stop"],
  },
  completion: { statements: ["wait_for_completion", "complete", "complete_all"] },
  workqueue: {
    statements: ["queue_work", "flush_work", "flush_workqueue", "cancel_work_sync"],
  },
  "a kthread's works": {
    statements: ["kthread_worker", "kworkers"],
    c: ["kthread_init_worker", "kthread_queue_work", "kthread_flush_work", "kthread_flush_worker"],
    handler: "kthread_worker_fn",
  },
  "a callback of SRCU": { statements: ["call_srcu", "srcu_barrier"] },
  "a read lock of nobody": { statements: ["down_read_non_owner", "up_read_non_owner"] },
  timer: { statements: ["mod_timer", "timer_delete_sync", "del_timer_sync"] },
  tasklet: { statements: ["tasklet_schedule", "tasklet_kill"] },
  hrtimer: { statements: ["hrtimer_start", "hrtimer_cancel"] },
  "an hrtimer in a softirq": {
    statements: ["hrtimer"],
    c: ["HRTIMER_MODE_SOFT", "HRTIMER_MODE_REL_SOFT"],
    handler: "dev_expired_soft",
  },
  irq_work: { statements: ["irq_work_queue", "irq_work_sync"] },
  "a device's line": {
    statements: ["request_irq", "request_threaded_irq", "disable_irq", "synchronize_irq"],
  },
  RCU: { statements: ["rcu_read_lock", "call_rcu", "synchronize_rcu"] },
  SRCU: { statements: ["srcu_read_lock", "synchronize_srcu"] },
  seqcount: { statements: ["read_seqcount_begin", "write_seqlock"] },
  "FIFO queue": {
    statements: ["kfifo_put", "kfifo_get", "fifo_send", "fifo_receive"],
    c: ["kfifo_put", "kfifo_get"],
  },
  barrier: { statements: ["barrier_wait"], c: ["pthread_barrier_wait"] },
  percpu_rwsem: { statements: ["percpu_down_read", "percpu_down_write"] },
  local_lock: { statements: ["local_lock", "local_unlock"] },
  rt_mutex: { statements: ["rt_mutex_lock", "rt_mutex_unlock"] },
  ww_mutex: { statements: ["ww_mutex_lock", "ww_acquire_init", "ww_acquire_fini"] },
  bit_spin_lock: { statements: ["bit_spin_lock", "bit_spin_unlock"] },
  "CPU hotplug's lock": {
    statements: ["cpus_read_lock", "cpus_write_lock"],
    lock: "cpu_hotplug_lock",
  },
  fs_reclaim: { statements: ["fs_reclaim_acquire"], lock: "fs_reclaim" },
  sb_writers: { statements: ["sb_start_write", "freeze_super"] },
  q_usage_counter: { statements: ["blk_queue_enter", "blk_mq_freeze_queue"] },
  "kn->active": { statements: ["kernfs_get_active", "kernfs_remove"] },
  jbd2_handle: { statements: ["jbd2_journal_start", "jbd2_log_wait_commit"] },
  "mmap_lock by a fault": { statements: ["copy_to_user", "copy_from_user", "might_fault"] },
  dma_fence_map: { statements: ["dma_fence_begin_signalling", "dma_fence_wait"] },
  mmu_notifier: { statements: ["mmu_notifier_invalidate_range_start"] },
  "spinlocks, in all their forms": {
    statements: ["spin_lock", "spin_lock_bh", "raw_spin_lock_irqsave", "raw_spin_trylock"],
  },
  rwlock: { statements: ["read_lock", "write_lock", "read_trylock", "write_lock_irqsave"] },
  rwsem: { statements: ["down_read", "down_write", "downgrade_write", "down_read_trylock"] },
  "killable and interruptible variants": {
    statements: [
      "down_killable",
      "down_read_killable",
      "down_write_killable",
      "mutex_lock_killable",
      "mutex_lock_interruptible",
      "wait_event_interruptible",
      "wait_for_completion_killable",
    ],
  },
  "lockdep_off() and lockdep_on()": { statements: ["lockdep_off", "lockdep_on"], fact: "lockdep" },
  "lock_set_subclass()": { statements: ["lock_set_subclass"], fact: "set_subclass" },
  "lock_map_acquire()": {
    statements: ["lock_map_acquire", "lock_map_acquire_read", "lock_map_release"],
    lock: "job",
  },
  "spin_acquire() alone": { statements: ["spin_acquire", "spin_release"], lock: "map" },
  "might_lock()": { statements: ["might_lock", "might_lock_read"], fact: "touch" },
  "a class that is not validated": {
    statements: ["lockdep_set_novalidate_class"],
    lock: "&dev->mutex",
  },
  "an order of locks": { statements: ["lockdep_set_lock_cmp_fn"], lock: "&node->lock" },
  NMI: { statements: ["nmi"], c: [], fact: "nmi" },
};

/** The calls that a scenario makes. */
const calledIn = (of: Scenario): ReadonlySet<string> =>
  new Set(
    translate(of).transitions.flatMap(({ label, stack, facts }) => [
      /\w+/.exec(label)?.[0] ?? "",
      ...stack,
      ...facts.flatMap(({ fact }) => [fact.kind, ...("lock" in fact ? [fact.lock.lock.name] : [])]),
    ]),
  );
const told = new Set(stories.flatMap(({ scenario }) => [...calledIn(scenario)]));

describe("each primitive", () => {
  it.each(Object.entries(primitives))("%s has its statements", (_, { statements }) => {
    const exported = Object.keys(machine);
    expect(statements.filter((name) => !exported.includes(name))).toEqual([]);
  });

  it.each(Object.entries(primitives))(
    "%s has its calls in C",
    (_, { statements, c = statements }) => {
      expect(c.filter((name) => !known.has(name))).toEqual([]);
    },
  );

  // `test/explore/promela.test.ts` asks SPIN about every story.
  it.each(Object.entries(primitives))(
    "%s has a story",
    (_, { statements, lock, fact, handler }) => {
      const one = fact ?? lock ?? handler;
      const shown = one === undefined ? statements : [one];
      expect(shown.filter((name) => told.has(name))).not.toEqual([]);
    },
  );
});
