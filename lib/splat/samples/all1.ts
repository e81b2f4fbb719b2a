/** The same kernel with subclass 1 on every path: the circle stays. Printed by Linux 6.12.117. */
export const all1 = `======================================================
WARNING: possible circular locking dependency detected
6.12.117 #3 Not tainted
------------------------------------------------------
kworker/1:0H/23 is trying to acquire lock:
ffff8880003fc7c8 (&p->pi_lock){-.-.}-{2:2}, at: try_to_wake_up+0x73/0x233

but task is already holding lock:
ffff88803ed1c1f8 (&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)/1){-...}-{2:2}, at: pi_wakeup_handler+0x43/0xbd

which lock already depends on the new lock.


the existing dependency chain (in reverse order) is:

-> #2 (&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)/1){-...}-{2:2}:
       _raw_spin_lock_nested+0x2c/0x3b
       pi_enable_wakeup_handler+0x62/0xa0
       kvm_sched_out+0x19/0x1c
       __schedule+0x513/0x5d1
       schedule+0x42/0x5b
       vcpu_thread+0x82/0xa9
       kthread+0xea/0xf2
       ret_from_fork+0x26/0x3b
       ret_from_fork_asm+0x11/0x20

-> #1 (&rq->__lock){-.-.}-{2:2}:
       _raw_spin_lock_nested+0x2c/0x3b
       raw_spin_rq_lock_nested+0x14/0x1d
       raw_spin_rq_lock+0xb/0xd
       __task_rq_lock+0x50/0x99
       wake_up_new_task+0x68/0x16d
       kernel_clone+0x195/0x2c1
       user_mode_thread+0x4f/0x51
       rest_init+0x1d/0x14b
       do_one_initcall+0x0/0x1e6
       clear_bss+0x0/0x38
       reserve_bios_regions+0x0/0x5d
       common_startup_64+0x13b/0x148

-> #0 (&p->pi_lock){-.-.}-{2:2}:
       __lock_acquire+0xd9e/0x10fe
       lock_acquire+0x12e/0x22c
       _raw_spin_lock_irqsave+0x40/0x54
       try_to_wake_up+0x73/0x233
       wake_up_process+0x14/0x16
       pi_wakeup_handler+0x8d/0xbd
       __flush_smp_call_function_queue+0x151/0x245
       generic_smp_call_function_single_interrupt+0x12/0x14
       __sysvec_call_function_single+0x9b/0x11f
       sysvec_call_function_single+0x60/0x7e
       asm_sysvec_call_function_single+0x1f/0x30
       _raw_spin_unlock_irqrestore+0x3a/0x46
       fill_page_cache_func+0xc1/0xe4
       process_scheduled_works+0x271/0x430
       worker_thread+0x145/0x1bc
       kthread+0xea/0xf2
       ret_from_fork+0x26/0x3b
       ret_from_fork_asm+0x11/0x20

other info that might help us debug this:

Chain exists of:
  &p->pi_lock --> &rq->__lock --> &per_cpu(wakeup_vcpus_on_cpu_lock, cpu)/1

 Possible unsafe locking scenario:

       CPU0                    CPU1
       ----                    ----
  lock(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)/1);
                               lock(&rq->__lock);
                               lock(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)/1);
  lock(&p->pi_lock);

 *** DEADLOCK ***

3 locks held by kworker/1:0H/23:
 #0: ffff888000151148 ((wq_completion)events_highpri){+.+.}-{0:0}, at: process_scheduled_works+0x1b6/0x430
 #1: ffffc900000cbe60 ((work_completion)(&(&krcp->page_cache_work)->work)){+.+.}-{0:0}, at: process_scheduled_works+0x1cf/0x430
 #2: ffff88803ed1c1f8 (&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)/1){-...}-{2:2}, at: pi_wakeup_handler+0x43/0xbd

stack backtrace:
CPU: 1 UID: 0 PID: 23 Comm: kworker/1:0H Not tainted 6.12.117 #3 
Workqueue: events_highpri fill_page_cache_func
Call Trace:
 <IRQ>
 dump_stack_lvl+0x6e/0x97
 dump_stack+0x14/0x16
 print_circular_bug+0x225/0x237
 check_noncircular+0x9c/0xae
 ? save_trace+0x6e/0x288
 __lock_acquire+0xd9e/0x10fe
 ? try_to_wake_up+0x73/0x233
 lock_acquire+0x12e/0x22c
 ? try_to_wake_up+0x73/0x233
 _raw_spin_lock_irqsave+0x40/0x54
 ? try_to_wake_up+0x73/0x233
 try_to_wake_up+0x73/0x233
 wake_up_process+0x14/0x16
 pi_wakeup_handler+0x8d/0xbd
 ? trace_contention_end.constprop.0+0x88/0x88
 __flush_smp_call_function_queue+0x151/0x245
 generic_smp_call_function_single_interrupt+0x12/0x14
 __sysvec_call_function_single+0x9b/0x11f
 sysvec_call_function_single+0x60/0x7e
 </IRQ>
 <TASK>
 asm_sysvec_call_function_single+0x1f/0x30
RIP: 0010:_raw_spin_unlock_irqrestore+0x3a/0x46
Code: 75 08 48 89 fb 48 83 c7 18 e8 ef 2e db ff 48 89 df e8 c2 54 db ff 41 0f ba e4 09 73 06 e8 73 74 e0 ff fb 65 ff 0d 0e 76 d4 7e <75> 05 e8 3f 25 d2 ff 5b 41 5c 5d c3 f3 0f 1e fa 55 48 89 e5 53 48
RSP: 0018:ffffc900000cbde0 EFLAGS: 00000286
RAX: 0000000000000047 RBX: ffff88803ed1ca40 RCX: 0000000000000006
RDX: 0000000000000040 RSI: ffff8880002da8b0 RDI: ffffffff812e21f2
RBP: ffffc900000cbdf0 R08: ffff8880002da8b0 R09: ffff88803ec1ca58
R10: ffffc900000cbcc8 R11: 0000000000000001 R12: 0000000000000286
R13: 0000000000000005 R14: ffff88803ed1ca40 R15: 0000000000000005
 ? _raw_spin_unlock_irqrestore+0x32/0x46
 fill_page_cache_func+0xc1/0xe4
 process_scheduled_works+0x271/0x430
 worker_thread+0x145/0x1bc
 ? drain_dead_softirq_workfn+0x8d/0x8d
 kthread+0xea/0xf2
 ? kthread_park+0x70/0x70
 ret_from_fork+0x26/0x3b
 ? kthread_park+0x70/0x70
 ret_from_fork_asm+0x11/0x20
 </TASK>
`;
