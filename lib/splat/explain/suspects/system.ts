/** Suspects of the rest of the kernel: console, scheduler, CPU hotplug, networking, devices. */
import type { Suspect } from "./suspect.js";

const consoleLock: Omit<Suspect, "classes"> = {
  stands: "lock",
  is: "a lock of the console, which printk() takes; to write to the console wakes tasks and takes the locks of its driver",
  why: "Something was printed under a lock that the console needs: mostly one of the scheduler, of a timer or of a serial port.",
  mend: "{Find why it printed}{outerIn} (the message usually stands just before the report): mostly that is what to mend. Where it must print under {outer}, by printk_deferred(), or after the lock is dropped; the console side cannot change.",
  alone: true,
  notWhen: "the message comes from the console's driver itself: then that must not print",
};

export const systemSuspects: readonly Suspect[] = [
  {
    ...consoleLock,
    classes: /^\(console_sem\)\.lock$|^console_owner(?:_lock)?$|^logbuf_lock$/,
  },
  {
    ...consoleLock,
    // A port is locked, and console_lock() taken, by who does not print as well.
    classes:
      /console_sem|^console_(?:lock|mutex)|^&port_lock_key$|^&port->lock$|^&\(?&?port->lock|^printk/,
    calls: /^_?v?printk|vprintk|console_(?:unlock|trylock|flush)|_dev_|netdev_\w*print/,
  },
  {
    classes: /^\(?cpu_hotplug(?:_lock)?(?:\.rw_sem|\.lock|\.dep_map)?\)?$/,
    stands: "lock",
    itself: {
      says: "Hotplug holds it over all its callbacks, and who takes it for reading twice waits for a writer that waits for the first.",
      mend: "Where it is held already, as in a callback of hotplug, call the variant that ends in _cpuslocked(), or do not take it.",
    },
    // Who brings a CPU up or down is hotplug itself.
    notTakenBy:
      /^_?cpu_(?:up|down)\b|^cpu_hotplug_begin|^freeze_secondary_cpus|^bringup_nonboot_cpus/,
    is: "what keeps CPUs from coming and going: held for reading by whoever needs them to stay, for writing by hotplug (kernel/cpu.c)",
    why: "It has to be outermost: hotplug holds it over all its callbacks, and they take many locks.",
    mend: "Take {name} (cpus_read_lock()) before {outer}, not within it{outerIn}; where it is held already call the _cpuslocked() variant. Or do not {take inner} under it{innerIn}, if that is held where it is wanted.",
    notWhen: "the callback of hotplug is the one that can do without the lock",
  },
  {
    classes:
      /^&htab->(?:buckets\[i\]\.lock|lockdep_key)|^&(?:trie|stab|rb|qs|l|loc_l|lru|cpu_lru)->lock|^&bucket->lock|^&htab->lock|^&rb->spinlock/,
    calls: /^bpf_trace_run|^bpf_overflow_handler|^trace_call_bpf|^kprobe_perf_func|^perf_call_bpf/,
    stands: "lock",
    is: "a lock of a BPF map. A program that is attached to a tracepoint, a kprobe or perf takes it wherever that is hit: under any lock, in any context",
    why: "The program ran under a lock, or in an interrupt, that its map's lock does not expect.",
    mend: "The code that was traced is not at fault: the map's operation has to give up where its lock cannot be taken (a trylock, or a counter of nesting for each CPU, as hash maps have), or the verifier to refuse it to such programs.",
    mends: "all",
    alone: true,
    notWhen: "the program is one that runs in process context only",
  },
  {
    classes: /^rtnl_mutex$/,
    stands: "lock",
    itself: {
      says: "What netlink, ioctls and device notifiers call runs with it held.",
      mend: "On this path call the variant that expects it held (mostly with a leading __), or leave that part to a work item.",
    },
    is: "the mutex of all network configuration. Netlink, ioctls and device notifiers run with it held (net/core/rtnetlink.c)",
    why: "It has to be outside of what a device or protocol takes: its callbacks run under it.",
    // These take pernet_ops_rwsem around rtnl themselves (net/core/dev.c, net/core/net_namespace.c).
    heldBy: /^(?:un)?register_(?:netdevice_notifier|pernet_(?:subsys|device))$/,
    beside: [
      {
        by: /^(?:un)?register_(?:netdevice_notifier|pernet_(?:subsys|device))$/,
        mend: "What is registered there takes pernet_ops_rwsem and then rtnl_mutex: do it without {outer}{outerIn}, or from a work item, which then must not be waited for under it; do not {take inner} under rtnl{innerIn} if that is held where it is registered.",
      },
    ],
    mend: "Take rtnl_lock() before {outer}, not within it{outerIn}, or do what needs it from a work item, which then must not be waited for under it; do not {take inner} under it{innerIn} if that is held where rtnl is wanted.",
    notWhen: "an rtnl_trylock() with restart_syscall() is all that a file of sysfs needs",
  },
  {
    classes: /^\(?softirq_ctrl\.lock\)?$/,
    stands: "lock",
    is: "what local_bh_disable() takes on PREEMPT_RT, a lock of each CPU, so that softirqs can be preempted (kernel/softirq.c)",
    why: "Whatever is taken within bottom halves that are off is after it, and so it may not be taken under the same lock.",
    mend: "Switch bottom halves off before {outer} is taken (its _bh variant), not under it{outerIn}.",
    notWhen: "",
  },
  {
    classes: /^&p->pi_lock$|^&?\(?&?rq->(?:__)?lock\)?(?:\/\d)?$/,
    calls: /try_to_wake_up|wake_up|schedule|task_rq_lock/,
    takenBy: /try_to_wake_up|wake_up|ttwu|complete|wake_q|swake/,
    stands: "lock",
    is: "a lock of the scheduler, which every wake-up takes, from any context (kernel/sched/core.c)",
    why: "A task is woken under a lock that is itself taken under the scheduler's, or with it held in an interrupt.",
    heldBy:
      /^__wake_up_common(?:_lock)?$|^swake_up_(?:one|all|locked)$|^complete(?:_all|_with_flags)?$/,
    beside: [
      {
        inner: /rq->(?:__)?lock/,
        mend: "Wake{outerIn} after {outer} is dropped (wake_q_add() and wake_up_q(), or irq_work_queue()).",
      },
    ],
    mend: "Wake{outerIn} after {outer} is dropped (wake_q_add() and wake_up_q(), or irq_work_queue()); do not {take inner} in what the scheduler calls{innerIn}.",
    notWhen:
      "the callback of the scheduler can never meet the waker on one lock: then it is a matter of classes",
  },
  {
    classes: /^hrtimer_bases\.lock(?:\/\d)?$|^&base->lock$|^&\(?&?base->lock/,
    calls: /hrtimer|mod_timer|add_timer|timer/,
    takenBy: /timer/,
    stands: "lock",
    is: "the lock of a CPU's timers; whoever starts or stops one takes it (kernel/time/)",
    why: "A timer is started or stopped under a lock that is taken where the timers' lock is held.",
    mend: "Start or stop the timer{outerIn} without {outer}, or later from irq_work.",
    notWhen: "what runs under the timers' lock is debugging or printing: mend that",
  },
  {
    classes: /seq/,
    calls:
      /^seqcount_lockdep_reader_access|^do_write_seqcount_begin|^_*read_seq(?:begin|count_begin)|^write_seq(?:lock|count)/,
    stands: "lock",
    is: "a sequence counter: its readers take no lock, and go round while a writer is within its section (include/linux/seqlock.h). lockdep treats a reader as one that takes it for a moment",
    why: "A reader that interrupts the writer goes round forever; one that goes round under a lock keeps that from the writer.",
    mend: "Let the writer keep out whoever interrupts it and reads (write_seqlock_irqsave(), _bh), or do not read where an interrupt of the writer can be; read_seqcount_retry() with a fallback does not help there.",
    mends: "interrupts",
    notWhen: "the reader and the writer are of different objects",
  },
  {
    classes: /^&dev->mutex$/,
    stands: "lock",
    mends: "nesting",
    is: "the lock of a device in the driver core, which lockdep does not check on purpose (lockdep_set_novalidate_class() in drivers/base/core.c): all classes without validation are one, and it is called after the first of them",
    why: "Locks of any kind that were taken out of the checks bear this name.",
    mend: "Look at the function that takes it{innerIn} to see which lock it is.",
    notWhen: "",
  },
  {
    classes: /^(?:k-)?clock-AF_/,
    stands: "lock",
    is: "the lock of a socket's callbacks (sk_callback_lock, an rwlock), with a class for each address family: it guards sk_data_ready and its like, sk_user_data and the way to the socket's file; the kernel's own sockets have classes with k- (net/core/sock.c)",
    why: "",
    mend: "",
    notWhen: "",
  },
  {
    classes: /^(?:k-)?(?:sk_lock|slock)-AF_/,
    stands: "lock",
    is: "the lock of a socket, with a class for each address family: a spinlock (slock-) that guards an owner who may sleep (sk_lock-, lock_sock()); the kernel's own sockets have classes with k- (net/core/sock.c)",
    why: "Sockets of one family are one class, also one within the other, as a tunnel's.",
    mend: "Where one socket is always within the other, a subclass says so (lock_sock_nested(), bh_lock_sock_nested()); else release the first before the second is taken{innerIn}.",
    mends: "nesting",
    notWhen: "both can be the outer one: then the subclass hides a deadlock",
  },
  {
    classes: /^reservation_ww_class_(?:mutex|acquire)$|^crtc_ww_class_(?:mutex|acquire)$/,
    mends: "nesting",
    stands: "lock",
    is: "a wait/wound mutex, or the context in which several are taken (Documentation/locking/ww-mutex-design.rst)",
    why: "Buffers are locked in any order, which is safe only within one context.",
    mend: "Take all of them within one acquire context{innerIn}, and back off on -EDEADLK; take what memory reclaim also takes outside.",
    notWhen: "no context can be passed, as in a release path: then do it later",
  },
];
