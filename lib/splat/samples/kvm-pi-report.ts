/**
 * The report of the posted-interrupt case, as a Linux 6.12.117 kernel printed it on its console: a
 * reproduction of the three paths with the scheduler's real locks, without any annotation.
 */
export const kvmPiReport = `======================================================
WARNING: possible circular locking dependency detected
6.12.117 #3 Not tainted
------------------------------------------------------
swapper/0/1 is trying to acquire lock:
ffff8880005aa7c8 (&p->pi_lock){-.-.}-{2:2}, at: try_to_wake_up+0x73/0x233

but task is already holding lock:
ffff88803ed1c1f8 (&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)){-...}-{2:2}, at: pi_wakeup_handler+0x4d/0xbd

which lock already depends on the new lock.


the existing dependency chain (in reverse order) is:

-> #2 (&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)){-...}-{2:2}:
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
       tty_init_termios+0x54/0x77
       tty_standard_install+0x19/0x3e
       uart_install+0x2a/0x2c
       tty_init_dev+0x46/0x179
       tty_open+0x17c/0x39b
       chrdev_open+0x141/0x165
       do_dentry_open+0x194/0x2e1
       vfs_open+0x2a/0x2c
       path_openat+0x571/0x6a6
       do_filp_open+0x4f/0x94
       file_open_name+0x4f/0x51
       filp_open+0x31/0x48
       console_on_rootfs+0x1c/0x58
       kernel_init_freeable+0x194/0x1bf
       kernel_init+0x19/0x105
       ret_from_fork+0x26/0x3b
       ret_from_fork_asm+0x11/0x20

other info that might help us debug this:

Chain exists of:
  &p->pi_lock --> &rq->__lock --> &per_cpu(wakeup_vcpus_on_cpu_lock, cpu)

 Possible unsafe locking scenario:

       CPU0                    CPU1
       ----                    ----
  lock(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu));
                               lock(&rq->__lock);
                               lock(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu));
  lock(&p->pi_lock);

 *** DEADLOCK ***

3 locks held by swapper/0/1:
 #0: ffffffff81c06ba8 (tty_mutex){+.+.}-{4:4}, at: tty_open+0x57/0x39b
 #1: ffff8880005a59c0 (&tty->legacy_mutex){+.+.}-{4:4}, at: tty_lock+0x24/0x27
 #2: ffff88803ed1c1f8 (&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)){-...}-{2:2}, at: pi_wakeup_handler+0x4d/0xbd

stack backtrace:
CPU: 1 UID: 0 PID: 1 Comm: swapper/0 Not tainted 6.12.117 #3 
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
RIP: 0010:tty_init_termios+0x54/0x77
Code: 48 8b 34 d1 48 85 f6 74 15 b9 0b 00 00 00 4c 89 e7 f3 a5 8a 40 4c 88 83 b0 03 00 00 eb 0e 48 8d 70 3c b9 0b 00 00 00 4c 89 e7 <f3> a5 4c 89 e7 e8 87 97 00 00 4c 89 e7 89 83 c4 03 00 00 e8 3e 97
RSP: 0018:ffffc90000013b88 EFLAGS: 00000246
RAX: ffff888000397e40 RBX: ffff8880005a5800 RCX: 000000000000000a
RDX: 0000000000000000 RSI: ffff888000397e80 RDI: ffff8880005a5ba4
RBP: ffffc90000013b98 R08: 0000000000000008 R09: ffffffff834a07f0
R10: ffffc90000013bb0 R11: 0000000000000000 R12: ffff8880005a5ba0
R13: 0000000000000000 R14: ffff888000397e40 R15: 0000000000000002
 tty_standard_install+0x19/0x3e
 uart_install+0x2a/0x2c
 tty_init_dev+0x46/0x179
 tty_open+0x17c/0x39b
 chrdev_open+0x141/0x165
 ? cdev_put+0x15/0x15
 do_dentry_open+0x194/0x2e1
 vfs_open+0x2a/0x2c
 path_openat+0x571/0x6a6
 ? __slab_alloc_node.constprop.0+0x156/0x199
 do_filp_open+0x4f/0x94
 file_open_name+0x4f/0x51
 filp_open+0x31/0x48
 console_on_rootfs+0x1c/0x58
 kernel_init_freeable+0x194/0x1bf
 ? rest_init+0x14b/0x14b
 kernel_init+0x19/0x105
 ret_from_fork+0x26/0x3b
 ? rest_init+0x14b/0x14b
 ret_from_fork_asm+0x11/0x20
 </TASK>
`;
