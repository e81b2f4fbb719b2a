/**
 * Barriers and hints. The machine is sequentially consistent: every step is seen by all at once, so that a
 * barrier has nothing to do, and one that is missing is not found.
 */
import { type CallRow, type Family, does } from "../row/index.js";

const nothing: CallRow = does("...", () => []);

const levels = ["emerg", "alert", "crit", "err", "warn", "notice", "info", "debug", "dbg"];

/** What prints, and what only says how often. */
const printing = [
  ...["pr", "dev", "netdev"].flatMap((of) =>
    levels.flatMap((level) => ["", "_once", "_ratelimited"].map((how) => `${of}_${level}${how}`)),
  ),
  ...["printk", "printk_once", "printk_deferred", "printk_ratelimited", "trace_printk", "pr_cont"],
  ...["dump_stack", "show_stack", "print_hex_dump"],
];

export const barrierFamily: Family = {
  name: "barrier",
  calls: Object.fromEntries(
    [
      "barrier",
      "mb",
      "rmb",
      "wmb",
      "smp_mb",
      "smp_rmb",
      "smp_wmb",
      "smp_mb__before_atomic",
      "smp_mb__after_atomic",
      "smp_mb__after_spinlock",
      "smp_acquire__after_ctrl_dep",
      "cpu_relax",
      "cpu_chill",
      "prefetch",
      "touch_nmi_watchdog",
      "touch_softlockup_watchdog",
      // Nobody is preempted here but by interrupts; a scheduler in the text does what its own text says.
      "set_need_resched",
      "set_tsk_need_resched",
      "clear_tsk_need_resched",
      "smp_mb__after_unlock_lock",
      "smp_mb__after_srcu_read_unlock",
      "dma_rmb",
      "dma_wmb",
      "barrier_data",
      "barrier_nospec",
      "ASSERT_EXCLUSIVE_WRITER",
      "ASSERT_EXCLUSIVE_ACCESS",
      "ASSERT_EXCLUSIVE_BITS",
      "cant_migrate",
      // What makes a thread fast or freezable changes no order.
      "set_user_nice",
      "sched_set_fifo",
      "sched_set_fifo_low",
      "sched_set_normal",
      "set_freezable",
      "try_to_freeze",
      "kthread_bind",
      // What is declared stays.
      "cleanup_srcu_struct",
      "percpu_free_rwsem",
      "destroy_timer_on_stack",
      "destroy_hrtimer_on_stack",
      "destroy_work_on_stack",
      "destroy_delayed_work_on_stack",
      "init_rcu_head_on_stack",
      "destroy_rcu_head_on_stack",
      "destroy_rcu_head",
      ...printing,
      "INIT_LIST_HEAD",
      "INIT_LIST_HEAD_RCU",
      "INIT_HLIST_HEAD",
      "INIT_HLIST_NODE",
      "init_llist_head",
      "init_llist_node",
      "lockdep_register_key",
      "lockdep_unregister_key",
      "udelay",
      "ndelay",
      "mdelay",
    ].map((name) => [name, nothing]),
  ),
};
