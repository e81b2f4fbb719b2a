/** Suspects that stand for waiting: work items, timers, files of sysfs, queues, RCU. */
import type { Suspect } from "./suspect.js";

const queue: Omit<Suspect, "classes"> = {
  runs: /^process_one_work$/,
  // An item that is a variable of its own has the variable's name (`DECLARE_DELAYED_WORK()`).
  item: /^\(?\(work_completion\)|^\(\w+\)\.work$|^\w+_work$/,
  stands: "wait",
  is: "no lock: it stands for a workqueue that runs an item. Whoever flushes, drains or destroys the queue waits for its items (kernel/workqueue.c)",
  why: "An item of the queue takes a lock that is held when the queue is waited for, or waits for its own queue.",
  beside: [
    {
      // A queue that runs one item at a time, or has a rescuer, is told lockdep there (touch_wq_lockdep_map()).
      by: /^(?:_*flush_work|start_flush_work|flush_delayed_work|_*cancel_(?:delayed_)?work(?:_timer|_sync)*)$/,
      mend: "Do not wait for an item of the queue{outerIn} {with outer}: it may stand behind another, and one of them {takes inner}{innerIn}. Wait {apart}.",
    },
  ],
  mend: "Do not flush or destroy the queue{outerIn} {with outer}, as an item of it {takes inner}{innerIn}: wait {apart}.",
  notWhen:
    "the item that takes the lock can never be on this queue at that time: a queue of its own then says so",
};

const workItem: Omit<Suspect, "classes"> = {
  runs: /^process_one_work$/,
  stands: "wait",
  is: "no lock: it stands for a work item that runs. Whoever flushes or cancels it with _sync waits for its end (kernel/workqueue.c)",
  why: "The item takes a lock that is held when its end is waited for.",
  mend: "Do not wait for the item{outerIn} {with outer}, as it {takes inner}{innerIn}: cancel or flush it {apart}, or use cancel_work(), which does not wait.",
  notWhen:
    "what the item uses goes away next: then its end must be waited for, only without the lock",
};

export const waitingSuspects: readonly Suspect[] = [
  {
    classes: /^dma_fence_map$/,
    stands: "wait",
    is: "no lock: it stands for code on whose end the signalling of a fence depends (dma_fence_begin_signalling() in drivers/dma-buf/dma-fence.c)",
    why: "Within it something is taken, or waited for, that is elsewhere held while a fence is waited for; an allocation that may start reclaim is enough.",
    beside: [
      {
        inner: /^fs_reclaim$/,
        mend: "Do not allocate within the signalling section{innerIn}, unless with GFP_NOWAIT or GFP_ATOMIC: reclaim may wait for the fence, with GFP_NOFS too.",
      },
    ],
    mend: "Within the signalling section{innerIn} do not {take inner}: whoever holds that may wait for the fence. Do it before the section, or leave it to a work item.",
    notWhen: "the section is marked wider than what the fence really depends on: then narrow it",
  },
  {
    classes:
      /^btrfs_trans_(?:num_writers|num_extwriters|commit_prep|unblocked|super_committed|completed)$|^btrfs_ordered_extent$/,
    item: /^btrfs_trans_/,
    stands: "wait",
    is: "no lock: it stands for the writers of a transaction of btrfs, for a stage of its commit, or for ordered extents. Who commits waits for all who have joined, and others for the commit (btrfs_lockdep_acquire() in fs/btrfs/locking.h)",
    why: "What is taken within the transaction is elsewhere held when one is joined or waited for.",
    beside: [
      {
        // A task that starts a transaction takes that itself (start_transaction() in fs/btrfs/transaction.c).
        outer: /^sb_internal/,
        mend: "Do not {take inner} within the transaction{innerIn}, or do not start one where that is held.",
      },
    ],
    mend: "Do not join, end or wait for a transaction {under outer}{outerIn}: do it {apart}; or do not {take inner} within it{innerIn}.",
    notWhen: "the two transactions are of different file systems",
  },
  {
    classes: /^rcu_callback$/,
    stands: "wait",
    is: "no lock: it stands for a callback of call_rcu() that runs, in a softirq or a thread of its own (rcu_do_batch() in kernel/rcu/tree.c)",
    why: "The callback takes what may not be taken there.",
    mend: "Do not {take inner} in the callback{innerIn}: leave it to a work item (queue_rcu_work()).",
    notWhen: "",
  },
  { ...queue, classes: /^\(?\(wq_completion\)/ },
  {
    ...queue,
    // Up to 4.14 the name alone does not tell.
    classes: /^\(?\(wq_completion\)|^\("?[\w%-]+"?(?:\w+)?\)$|^\(wq\)/,
    calls:
      /flush_workqueue|__flush_workqueue|drain_workqueue|destroy_workqueue|process_one_work|start_flush_work|flush_work/,
  },
  {
    // The item is a variable of work_on_cpu() itself, whoever calls that.
    classes: /^\(?\(work_completion\)\(&wfc\.work\)\)?$/,
    runs: /^process_one_work$/,
    stands: "wait",
    is: "no lock: it stands for a function that work_on_cpu() has run on another CPU, for whose end it waits (kernel/workqueue.c). Up to 6.5 all its callers share the class; since 6.6 each has its own (work_on_cpu_key())",
    why: "The function takes a lock that is held where work_on_cpu() is called.",
    mend: "Do not call work_on_cpu(){outerIn} {with outer}, as the function that it runs {takes inner}{innerIn}: call it {apart}.",
    notWhen:
      "it is another function, called by another: up to 6.5 all have one class, and the change of 6.6 is the mend",
  },
  { ...workItem, classes: /^\(?\(work_completion\)/ },
  {
    ...workItem,
    // Up to 4.14 the name alone does not tell.
    classes:
      /^\(?\(work_completion\)|^\(\w+\)\.work$|^\w+_work$|^\(+&(?!.*timer)[^()]*\)+(?:->work\)+)?$|^\(+&\(&.*\)->work\)+$|^\(+[\w&>.-]*work\)+$/,
    calls:
      /flush_work|cancel_(?:delayed_)?work|__cancel_work|start_flush_work|process_one_work|wait_on_work/,
  },
  {
    classes: /^\(+(?:&.*)?(?:timer|_tmr|->t\d?)\w*\)+$|^\([\w.]*timer\w*\)$|^\(+&.*\)+$/,
    calls:
      /call_timer_fn|del_timer_sync|timer_delete_sync|timer_shutdown_sync|run_timer_softirq|__run_timers/,
    runs: /^call_timer_fn$/,
    stands: "wait",
    is: "no lock: it stands for a timer whose function runs. timer_delete_sync(), once del_timer_sync(), waits for its end (kernel/time/timer.c)",
    why: "The timer's function takes a lock that is held when its end is waited for.",
    mend: "Do not wait for the timer{outerIn} {with outer}, as its function {takes inner}{innerIn}: stop it {apart}, or with timer_delete(), which does not wait, and let the function see that it is not wanted any more.",
    notWhen:
      "what the function uses is freed next: then its end must be waited for, only without the lock",
  },
  {
    classes: /^kn->(?:active|count)(?:#\d+)?$|^s_active(?:#\d+)?$/,
    itself: {
      says: "A method of a file removes a file of its class: if it is its own, it waits for itself.",
      mend: "A file that removes itself does so by device_remove_file_self() or sysfs_break_active_protection(); where it is another file, a key of its own (sysfs_attr_init()) tells them apart.",
    },
    runs: /^(?:dev_attr_\w+|kobj_attr_\w+|sysfs_kf_\w+|kernfs_fop_\w+|kernfs_seq_\w+|kernfs_file_\w+)$/,
    stands: "wait",
    is: "no lock: it counts who is in a method of a file of sysfs or kernfs. To remove the file waits for them (kernfs_drain() in fs/kernfs/dir.c)",
    why: "A method of the file takes a lock that is held when the file is removed.",
    mend: "Do not remove the file{outerIn} {with outer}, or do not {take inner} in its method{innerIn}: try it and restart_syscall() where it is not free; a file that removes itself does so by device_remove_file_self() or sysfs_break_active_protection().",
    notWhen:
      "it is another file: all attributes that one place initialises have one class, and sysfs_attr_init() with a key of its own tells them apart",
  },
  {
    classes: /^cpuhp_state[-_](?:up|down)$/,
    stands: "wait",
    is: "no lock: it stands for the callbacks of CPU hotplug, which the thread of the CPU runs. Whoever brings a CPU up or takes it down waits for them (kernel/cpu.c)",
    why: "A callback takes a lock that is held by whoever waits for the callbacks.",
    mend: "Do not bring a CPU up or take it down, nor register a callback, {with outer}, as a callback {takes inner}{innerIn}: do it {apart}.",
    notWhen: "the lock is of another object than the one that the callback takes",
  },
  {
    classes: /q_usage_counter/,
    stands: "wait",
    itself: {
      says: "The queue is frozen, or used, by this task, which then waits for it: on one queue it waits for itself.",
      mend: "Do not send I/O to a queue that this task has frozen, nor freeze one within a request to it: do one of the two outside.",
    },
    is: "no lock: it counts the requests and users of a block queue. To freeze the queue waits until nobody is left (blk_mq_freeze_queue() in block/blk-mq.c; known to lockdep since 6.13)",
    why: "What is taken while the queue is frozen, or while it is waited for, is elsewhere held when I/O is sent to it, which memory reclaim does too, or when it is frozen.",
    beside: [
      {
        inner: /^fs_reclaim$/,
        mend: "Do not allocate with the queue frozen{innerIn}, or only within memalloc_noio_save(): reclaim may send I/O to it.",
      },
      {
        by: /freeze/,
        mend: "Do not freeze the queue {under outer}{outerIn}, or do not {take inner} with it frozen{innerIn}.",
      },
      {
        outer: /^fs_reclaim$/,
        mend: "{Take inner}{innerIn} before the queue is frozen, not while it is; allocate under what is also taken with the queue frozen only within memalloc_noio_save().",
      },
      {
        // What a file system or a driver holds while it does I/O it has to hold.
        by: /submit_bio|^_*(?:bio)_queue_enter$/,
        mend: "{Take inner}{innerIn} before the queue is frozen, or never with it frozen: that I/O is sent {under outer}{outerIn} can change only if it need not be held there.",
      },
    ],
    mend: "{Take inner}{innerIn} before the queue is frozen, or never with it frozen; do not send I/O, nor wait for it, {under outer}{outerIn}.",
    notWhen: "the two queues are of different devices of which one never does I/O to the other",
  },
  {
    // SRCU has mutexes and spinlocks of its own.
    classes: /^(?!.*(?:mutex|lock)(?:#\d+)?(?:\/\d)?$).*srcu/i,
    calls: /srcu/,
    stands: "wait",
    itself: {
      says: "A reader waits for all readers, and where both are of the same srcu_struct so for itself.",
      mend: "Leave the read-side section before synchronize_srcu(), or use call_srcu().",
    },
    is: "a read-side section of SRCU. synchronize_srcu() waits for all of them, which lockdep knows since 6.4 (kernel/rcu/srcutree.c)",
    why: "A reader takes a lock that is held when the readers are waited for.",
    mend: "Do not call synchronize_srcu(){outerIn} {with outer}, as a reader {takes inner}{innerIn}: call it after the lock is dropped, or call_srcu().",
    notWhen: "the readers that take the lock are of another srcu_struct",
  },
  {
    classes: /^\(complet(?:e|ion)\)|^\(completion\)|^&x->wait\/\d$/,
    calls: /wait_for_completion|wait_for_common/,
    stands: "wait",
    is: "no lock: it stands for waiting until somebody completes it",
    why: "Whoever has to complete it needs a lock that the waiter holds.",
    mend: "Do not wait{outerIn} {with outer}, as who completes it {takes inner}{innerIn}.",
    notWhen: "who completes it does so before it takes the lock",
  },
];
