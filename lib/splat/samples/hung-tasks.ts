/** Blocked tasks with all locks held, as `check_hung_task()` and `debug_show_all_locks()` print them. */

/**
 * Two tasks that wait for each other, made up in the kernel's words: no prediction, but the
 * deadlock itself.
 */
export const hungTasks = `INFO: task foo-a:301 blocked for more than 122 seconds.
      Not tainted 6.6.0 #4
"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.
task:foo-a           state:D stack:0     pid:301   ppid:1      flags:0x00004002
Call Trace:
 <TASK>
 __schedule+0x3c5/0xb20
 schedule+0x5d/0xe0
 schedule_preempt_disabled+0x15/0x30
 __mutex_lock+0x5a1/0xd20
 b_take+0x30/0x80
 a_path+0x55/0x120
 do_syscall_64+0x3b/0x90
 </TASK>
INFO: task foo-b:302 blocked for more than 122 seconds.
      Not tainted 6.6.0 #4
"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.
task:foo-b           state:D stack:0     pid:302   ppid:1      flags:0x00004002
Call Trace:
 <TASK>
 __schedule+0x3c5/0xb20
 schedule+0x5d/0xe0
 schedule_preempt_disabled+0x15/0x30
 __mutex_lock+0x5a1/0xd20
 a_take+0x18/0x40
 b_path+0x60/0x200
 do_syscall_64+0x3b/0x90
 </TASK>

Showing all locks held in the system:
1 lock held by khungtaskd/28:
 #0: ffffffff82d4a5e0 (rcu_read_lock){....}-{1:2}, at: debug_show_all_locks+0x32/0x1b0
2 locks held by foo-a/301:
 #0: ffff888100000010 (&a->lock){+.+.}-{3:3}, at: a_path+0x20/0x120
 #1: ffff888100000020 (&b->lock){+.+.}-{3:3}, at: b_take+0x30/0x80
2 locks held by foo-b/302:
 #0: ffff888100000020 (&b->lock){+.+.}-{3:3}, at: b_path+0x24/0x200
 #1: ffff888100000010 (&a->lock){+.+.}-{3:3}, at: a_take+0x18/0x40

=============================================
`;
