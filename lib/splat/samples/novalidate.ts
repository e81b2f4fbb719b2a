/** The same kernel with lockdep turned off for the lock: another report takes its place. Printed by Linux 6.12.117. */
export const novalidate = `=============================
[ BUG: Invalid wait context ]
6.12.117 #3 Not tainted
-----------------------------
CPU 0/KVM/33 is trying to lock:
ffff88803ed1c1f8 (&dev->mutex){....}-{4:4}, at: pi_enable_wakeup_handler+0x62/0xa0
other info that might help us debug this:
context-{5:5}
1 lock held by CPU 0/KVM/33:
 #0: ffff88803ed2aad8 (&rq->__lock){-.-.}-{2:2}, at: raw_spin_rq_lock_nested+0x14/0x1d
stack backtrace:
CPU: 1 UID: 0 PID: 33 Comm: CPU 0/KVM Not tainted 6.12.117 #3 
Call Trace:
 <TASK>
 dump_stack_lvl+0x6e/0x97
 dump_stack+0x14/0x16
 __lock_acquire+0x444/0x10fe
 ? lock_acquire+0x12e/0x22c
 ? pi_enable_wakeup_handler+0x62/0xa0
 lock_acquire+0x12e/0x22c
 ? pi_enable_wakeup_handler+0x62/0xa0
 ? lock_is_held+0xc/0xe
 _raw_spin_lock_nested+0x2c/0x3b
 ? pi_enable_wakeup_handler+0x62/0xa0
 pi_enable_wakeup_handler+0x62/0xa0
 kvm_sched_out+0x19/0x1c
 __schedule+0x513/0x5d1
 schedule+0x42/0x5b
 vcpu_thread+0x82/0xa9
 ? pi_wakeup_handler+0xbd/0xbd
 kthread+0xea/0xf2
 ? kthread_park+0x70/0x70
 ret_from_fork+0x26/0x3b
 ? kthread_park+0x70/0x70
 ret_from_fork_asm+0x11/0x20
 </TASK>
`;
