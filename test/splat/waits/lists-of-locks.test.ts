import { describe, expect, it } from "vitest";
import { said, stuck } from "./said.js";

describe("lists of locks as they are in logs", () => {
  it("are put together where other CPUs broke their lines", () => {
    const log = [
      ...stuck("foo_register"),
      "Showing all locks held in the system:",
      "3 locks held by foo/1:5/52:",
      " #0:",
      "ffff888021e92948",
      " (",
      "&foo->dev){....}-{3:3}, at: foo_lock include/linux/foo.h:1009 [inline]",
      "&foo->dev){....}-{3:3}, at: foo_event+0x1c1/0x4e10 drivers/foo/hub.c:5849",
      " #1: ffff88807d0ec160 (&foo->mutex",
      "#2){+.+.}-{3:3}, at: foo_start+0x4d/0x240 fs/foo/file.c:154",
      " #2:",
      "ffffffff8f01fa10 (foo_rwsem#2){++++}-{3:3}, at: foo_register+0x11c/0x550 drivers/foo/file.c:134",
      "2 locks held by bar/77:",
      " #0: ffffffff8f01fa10 (foo_rwsem#2){++++}-{3:3}, at: bar_open+0x11c/0x550",
      " #1: ffffffff8f01fa99 (&bar->lock){+.+.}-{3:3}, at: bar_open+0x18c/0x550",
      "",
    ].join("\n");
    expect(said(log)).toContain(
      "foo/1:5/52 holds &foo->dev at ffff888021e92948 by foo_lock(), &foo->mutex#2 at ffff88807d0ec160 in foo_start and waits for foo_rwsem#2 at ffffffff8f01fa10 in foo_register, which bar/77 holds, taken in bar_open.",
    );
    expect(said(log)).not.toContain("The locks of");
  });

  it("show nobody waiting for a sequence counter, which nobody waits for", () => {
    const log = [
      ...stuck("foo_register"),
      "Showing all locks held in the system:",
      "2 locks held by bar/77:",
      " #0: ffff8880b89399d8 (&rq->__lock){-.-.}-{2:2}, at: raw_spin_rq_lock_nested+0x2a/0x140",
      " #1: ffff8880b8923b08 (&per_cpu_ptr(group->pcpu, cpu)->seq){-.-.}-{0:0}, at: psi_task_switch+0x1a/0x40",
      "3 locks held by bar/78:",
      " #0: ffff8880b89399d8 (&rq->__lock){-.-.}-{2:2}, at: raw_spin_rq_lock_nested+0x2a/0x140",
      " #1: ffff8880b8923b08 (&per_cpu_ptr(group->pcpu, cpu)->seq){-.-.}-{0:0}, at: psi_task_switch+0x1a/0x40",
      " #2: ffff88807a093758 (&foo->i_lock){+.+.}-{3:3}, at: foo_kill+0x1a/0x40",
      "",
    ].join("\n");
    expect(said(log)).not.toContain("waits for &per_cpu_ptr");
  });

  it("tell how far a task has come whose stack is not there", () => {
    const log = [
      ...stuck("foo_register"),
      "Showing all locks held in the system:",
      "1 lock held by foo/1:5/52:",
      " #0: ffffffff8f01fa10 (foo_rwsem#2){+.+.}-{3:3}, at: foo_register+0x11c/0x550",
      "2 locks held by bar/77:",
      " #0: ffffffff8f01fa10 (foo_rwsem#2){+.+.}-{3:3}, at: bar_open+0x11c/0x550",
      " #1: ffffffff8f01fa99 (&bar->lock){+.+.}-{3:3}, at: bar_wait+0x18c/0x550",
      "",
    ].join("\n");
    expect(said(log)).toContain(
      "One task waits in the end for bar/77; its stack was not found in the text: the last that it holds, or waits for, is &bar->lock at ffffffff8f01fa99 in bar_wait.",
    );
  });

  it("name the function that a symboliser found the wrapper in", () => {
    const log = [
      "Showing all locks held in the system:",
      "1 lock held by bar/77:",
      " #0: ffffffff8f01fa10 (&foo->dev){....}-{3:3}, at: device_lock include/linux/device.h:1009 [inline]",
      " #0: ffffffff8f01fa10 (&foo->dev){....}-{3:3}, at: bar_open+0x11c/0x550",
      "",
    ].join("\n");
    expect(said(log)).toContain(
      "bar/77 has &foo->dev at ffffffff8f01fa10 in bar_open (device_lock inlined)",
    );
  });

  it("are not there for tasks that run, and it is said", () => {
    const log = [
      ...stuck("foo_register"),
      "Showing all locks held in the system:",
      "1 lock held by foo/1:5/52:",
      " #0: ffffffff8f01fa10 (foo_rwsem#2){++++}-{3:3}, at: foo_register+0x11c/0x550",
      "7 locks held by bar/77:",
      "3 locks held by bar/78:",
      " #0: ffff888000000010 (&bar->lock){+.+.}-{3:3}, at: bar_open+0x11c/0x550",
      "",
    ].join("\n");
    expect(said(log)).toContain(
      "foo/1:5/52 waits for foo_rwsem#2 at ffffffff8f01fa10 in foo_register; who holds it, the text does not show",
    );
    expect(said(log)).toContain(
      "The locks of bar/77 (7): of a task that runs lockdep tells only how many.",
    );
    expect(said(log)).toContain("Some of the locks of bar/78 (3, of which 1 are in the text).");
  });

  it("are not there where lockdep had switched itself off, and it is said why", () => {
    const log = [...stuck("foo_register"), "INFO: lockdep is turned off.", ""].join("\n");
    expect(said(log)).toContain(
      "lockdep had switched itself off, as it does with a report of its own and when the kernel oopses.",
    );
    expect(said(log)).not.toContain("sysrq-d");
  });

  it("are each of the task whose name a mailer broke off", () => {
    const log = [
      "[Wed Dec  8 23:17:32 2021] Showing all locks held in the",
      "system:",
      "[Wed Dec  8 23:17:32 2021] 1 lock held by foo/3721:",
      "[Wed Dec  8 23:17:32 2021]  #0: ffff8a142a589498",
      "(foo_lock){+.+.}-{3:3}, at: foo_read+0x70/0xf0",
      "[Wed Dec  8 23:17:32 2021] 2 locks held by",
      "crawl_257_292/6502:",
      "[Wed Dec  8 23:17:32 2021]  #0: ffff8a142a589500",
      "(bar_lock){+.+.}-{3:3}, at: bar_read+0x70/0xf0",
      "[Wed Dec  8 23:17:32 2021]  #1: ffff8a142a589600",
      "(bar_inner){+.+.}-{3:3}, at: bar_step+0x70/0xf0",
      "[Wed Dec  8 23:17:32 2021] 1 lock held by baz-",
      "transacti/6161:",
      "[Wed Dec  8 23:17:32 2021]  #0: ffff8a142a589700",
      "(baz_lock){+.+.}-{3:3}, at: baz_read+0x70/0xf0",
      "",
    ].join("\n");
    const text = said(log);
    expect(text).toContain("foo/3721 has foo_lock at ffff8a142a589498 in foo_read. ");
    expect(text).toContain(
      "crawl_257_292/6502 has bar_lock at ffff8a142a589500 in bar_read, bar_in",
    );
    expect(text).toContain("baz-transacti/6161 has baz_lock at ffff8a142a589700 in baz_read.");
  });

  it("have no lock of a socket that its owner does not release", () => {
    const log = [
      "INFO: task foo:6562 blocked for more than 143 seconds.",
      "Call Trace:",
      " schedule+0xd3/0x270",
      " __lock_sock+0x13d/0x260",
      " lock_sock_nested+0xf6/0x120",
      " foo_state_change+0xb4/0x390",
      " foo_close+0x1b6/0x8a0",
      "",
      "Showing all locks held in the system:",
      "1 lock held by foo/6562:",
      " #0: ffff88807edd9928 (&d->lock){+.+.}-{3:3}, at: foo_close+0x162/0x8a0",
      "",
    ].join("\n");
    expect(said(log)).toContain("which lock it waits for, the text does not show");
    expect(said(log)).toContain("It holds &d->lock at ffff88807edd9928 in foo_close.");
    expect(said(log)).not.toContain("waits for &d->lock");
  });

  it("go on below a function that somebody has put into a stack in brackets", () => {
    const log = [
      "INFO: task kworker/0:2:93 blocked for more than 120 seconds.",
      "Call Trace:",
      " __schedule+0x2a2/0x870",
      " schedule+0x2c/0x70",
      " wait_for_completion+0xb4/0x130",
      " foo_put_and_wait+0x72/0xa0",
      " (foo_drain_list)",
      " foo_reset+0x2fd/0x6b0",
      " process_one_work+0x1f7/0x3f0",
      " kthread+0x121/0x140",
      "",
    ].join("\n");
    expect(said(log)).toContain("on foo_reset > foo_put_and_wait (work item)");
  });

  it("go on below what who answers the mail has written within a stack", () => {
    const log = [
      "> > INFO: task foo:17:58 blocked for more than 122 seconds.",
      "> > Call Trace:",
      "> >  __schedule+0x40/0xa0",
      "> >  schedule+0x40/0xa0",
      "> >  rwsem_down_write_slowpath+0x24c/0x4c0",
      "> >  down_write+0x6c/0x70",
      "> >  foo_write_one+0x60/0x7a",
      "",
      "> I am not sure which lock this is, can you look at the log below?",
      "",
      "Here it is, I hope that it helps to find the place in the code.",
      "",
      "> >  foo_write_pages+0x2b/0x7c",
      "> >  process_one_work+0x292/0x570",
      "",
    ].join("\n");
    expect(said(log)).toContain("on foo_write_pages > foo_write_one (work item)");
  });

  it("show a circle through a work item that is waited for", () => {
    const log = [
      "INFO: task foo/0:2:33 blocked for more than",
      "143 seconds.",
      "Call Trace:",
      " schedule+0x40/0xa0",
      " wait_for_completion+0x73/0x130",
      " __flush_workqueue+0x17b/0x480",
      " hub_event+0x1e/0x30",
      " process_one_work+0x292/0x570",
      "INFO: task foo/0:3:54 blocked for more than 143 seconds.",
      "Call Trace:",
      " schedule+0x40/0xa0",
      " __mutex_lock+0x650/0xe10",
      " foo_work+0x1c/0x30",
      " process_one_work+0x292/0x570",
      "Showing all locks held in the system:",
      "1 lock held by foo/0:2/33:",
      " #0: ffffffffc067b130 (&dev->mutex){....}-{3:3}, at: hub_event+0x12/0x30",
      "1 lock held by foo/0:3/54:",
      " #0: ffffffffc067b130 (&dev->mutex){....}-{3:3}, at: foo_work+0x1c/0x30",
      "",
    ].join("\n");
    expect(said(log)).toContain("foo/0:2/33 has been blocked for 143 s on hub_event");
    expect(said(log)).toContain(
      "foo/0:3/54, which waits for it, runs a work item: where that is the one, or stands before it on its queue, the two wait for each other.",
    );
  });

  it("are of PowerPC, where the code of a function has a dot before its name", () => {
    const log = [
      "INFO: task foo:3285 blocked for more than 120 seconds.",
      "Call Trace:",
      "[c0000001c42ef710] [c000000000008878] .__switch_to+0x8c/0xc4",
      "[c0000001c42ef790] [c0000000009604cc] .__schedule+0x230/0x53c",
      "[c0000001c42ef840] [c00000000096081c] .schedule+0x44/0xe4",
      "[c0000001c42efa60] [c00000000009d4ec] .wait_rcu_gp+0x5c/0x74",
      "[c0000001c42efc80] [c000000000907014] .foo_do_bind+0x184/0x1e4",
      "[c0000001c42efd10] [c0000000007c2d8c] .SyS_bind+0xf4/0x110",
      "[c0000001c42efe30] [c000000000000698] system_call+0x38/0xc4",
      "",
    ].join("\n");
    expect(said(log)).toContain(
      "on foo_do_bind > wait_rcu_gp (system call): it waits in foo_do_bind, by wait_rcu_gp, for readers of RCU",
    );
  });

  it("tell two that have one mutex of RCU's own, which is no section of it", () => {
    const two = [
      "Showing all locks held in the system:",
      ...[301, 302].flatMap((pid) => [
        `1 lock held by foo/${pid}:`,
        " #0: ffffffff88ec6a78 (rcu_state.exp_mutex){+.+.}-{3:3}, at: foo_wait+0x31a/0x3a0",
      ]),
      "",
    ].join("\n");
    expect(said(two)).toContain("Whether foo/301 and foo/302 share rcu_state.exp_mutex");
  });
});
