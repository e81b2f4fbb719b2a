/**
 * Barriers and hints. The machine is sequentially consistent: every step is seen by all at once, so that a
 * barrier has nothing to do, and one that is missing is not found.
 */
import { type CallRow, type Family, does } from "../row/index.js";

const nothing: CallRow = does("...", () => []);

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
      "cant_migrate",
      // What is declared stays.
      "cleanup_srcu_struct",
      "percpu_free_rwsem",
      "destroy_timer_on_stack",
      "destroy_hrtimer_on_stack",
      "destroy_work_on_stack",
      "printk",
      "pr_err",
      "pr_warn",
      "pr_info",
      "pr_debug",
      "pr_notice",
      "pr_cont",
      "pr_crit",
      "trace_printk",
      "dump_stack",
      "dev_dbg",
      "dev_err",
      "dev_info",
      "dev_warn",
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
