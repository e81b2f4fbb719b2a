import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { otherPastes } from "../../lib/splat/others/named.js";
import { readTasks } from "../../lib/splat/waits/read.js";
import { circleIn, waitsOf } from "../../lib/splat/waits/wait-for.js";
import { explainWaits, waitsText } from "../../lib/splat/waits/words.js";

const hung = readFileSync(new URL("small/T-hung-tasks-all-locks.txt", import.meta.url), "utf8");
const said = (text: string): string => {
  const explanation = explainWaits(readTasks(text));
  return explanation === null ? "" : waitsText(explanation).replace(/\s+/g, " ");
};

describe("hung tasks with all locks held", () => {
  it("are a deadlock that happened, where each waits for a lock that the next one holds", () => {
    expect(said(hung)).toMatch(/^A deadlock that happened/);
    expect(said(hung)).toContain(
      "foo-a/301 holds &a->lock at ffff888100000010 in a_path and waits for &b->lock at ffff888100000020 in b_take, which foo-b/302 holds, taken in b_path.",
    );
    expect(said(hung)).toContain(
      "foo-b/302 holds &b->lock at ffff888100000020 in b_path and waits for &a->lock at ffff888100000010 in a_take, which foo-a/301 holds",
    );
  });

  it("say what may close a circle that is no lock: the suspend of a device", () => {
    const power = readFileSync(
      new URL("small/T2-suspend-of-a-device.txt", import.meta.url),
      "utf8",
    );
    expect(said(power)).toContain(
      "kworker/2:3/117, which waits for it, is in the midst of rpm_suspend: where that is the same device, the two wait for each other.",
    );
    expect(said(power.replace("rpm_suspend", "foo_suspend"))).not.toContain("in the midst of");
  });

  it("are read behind the prefixes of logs", () => {
    const logged = hung.replace(/^/gm, "[  123.456789][   T28] ");
    expect(said(logged)).toBe(said(hung));
  });

  it("are none where the locks are others of the same classes", () => {
    const apart = hung.replace("#1: ffff888100000010", "#1: ffff888100000099");
    expect(circleIn(waitsOf(readTasks(apart)))).toEqual([]);
    expect(said(apart)).toMatch(/^Tasks that are blocked/);
    expect(said(apart)).toContain("no task of the text holds it");
  });

  it("close no circle by addresses that are hidden", () => {
    const hidden = hung.replace(/ffff8881000000\d\d/g, "(____ptrval____)");
    expect(said(hidden)).not.toContain("deadlock that happened");
    expect(said(hidden)).toContain("The addresses of the locks, which are hidden");
  });

  it("lack the list of locks where the kernel did not print it", () => {
    const [stacks = ""] = hung.split("Showing all locks");
    expect(said(stacks)).toContain("The list of all locks held");
    expect(said(stacks)).toContain("foo-a/301 has been blocked for 122 s on a_path > b_take");
  });

  it("are not seen where nobody is blocked", () => {
    const one =
      "1 lock held by foo/1:\n #0: ffff888100000010 (&a->lock){+.+.}-{4:4}, at: a_path+0x1/0x2\n";
    expect(explainWaits(readTasks(one))).toBeNull();
    expect(explainWaits(readTasks("usb 1-1: new device\n"))).toBeNull();
  });

  it("may be a list of all locks in which nobody is seen to wait, which is said", () => {
    const one = (pid: number): string =>
      `1 lock held by foo/${pid}:\n #0: ffff888100000010 (&a->lock){+.+.}-{4:4}, at: a_path+0x1/0x2\n`;
    const list = said(`Showing all locks held in the system:\n${one(1)}${one(2)}`);
    expect(list).toMatch(/^Locks that are held, and nobody is seen to wait/);
    expect(list).toContain("foo/1 has &a->lock at ffff888100000010 in a_path.");
    expect(list).toContain(
      "Whether foo/1 and foo/2 share &a->lock at ffff888100000010 as readers, or one of them holds it and the others wait.",
    );
    expect(list).not.toContain("deadlock");
  });

  const listOf = (lock: string): string =>
    [
      "Showing all locks held in the system:",
      "2 locks held by foo/1:",
      ` #0: ${lock}, at: a_path+0x1/0x2`,
      " #1: ffff888100000030 (&c->lock){+.+.}-{4:4}, at: c_path+0x1/0x2",
      "1 lock held by bar/2:",
      ` #0: ${lock}, at: a_take+0x1/0x2`,
      "",
    ].join("\n");

  it("are told by the list alone where only one can have the lock", () => {
    expect(said(listOf("ffff888100000010 (&a->lock){+.+.}-{4:4}"))).toContain(
      "bar/2 waits for &a->lock at ffff888100000010 in a_take, which foo/1 holds",
    );
  });

  it.each([
    ["a section of RCU", "ffffffff82d4a5e0 (rcu_read_lock){....}-{1:3}"],
    ["a lock with readers", "ffff888100000010 (sb_writers#4){.+.+}-{0:0}"],
    ["a raw spinlock", "ffff888100000010 (&rq->__lock){-.-.}-{2:2}"],
    ["a workqueue", "ffff888100000010 ((wq_completion)events){+.+.}-{0:0}"],
  ])("are not told by the list alone of what several may have at once: %s", (_, lock) => {
    expect(said(listOf(lock))).not.toContain("waits for");
    expect(said(listOf(lock))).toMatch(/^Locks that are held, and nobody is seen to wait/);
  });

  it("run within a workqueue and its item, which they do not hold", () => {
    const worker = [
      "Showing all locks held in the system:",
      "2 locks held by kworker/0:1/9:",
      " #0: ffff888100000040 ((wq_completion)events){+.+.}-{0:0}, at: process_one_work+0x1/0x2",
      " #1: ffffc90000000010 (foo_deferred){+.+.}-{0:0}, at: process_one_work+0x1/0x2",
      "",
    ].join("\n");
    expect(said(worker)).toContain(
      "kworker/0:1/9 runs within (wq_completion)events, foo_deferred.",
    );
  });

  it("close a circle by the list alone, as sysrq-d prints it, which is said to be less sure", () => {
    const [, list = ""] = hung.split("Showing all locks held in the system:");
    expect(said(list)).toMatch(/^A circle of waits, very likely a deadlock/);
    expect(said(list)).toContain("Not all of their stacks are in the text");
    expect(said(list)).not.toContain("happened");
  });

  it("tell what else they wait for, and what they hold the while", () => {
    const frozen = [
      "INFO: task ioctl:11 blocked for more than 143 seconds.",
      "task:ioctl           state:D stack:27000 pid:11    tgid:11    ppid:1",
      "Call Trace:",
      " <TASK>",
      " context_switch kernel/sched/core.c:5382 [inline]",
      " __schedule+0x17ac/0x4850 kernel/sched/core.c:6767",
      " schedule+0x14b/0x320 kernel/sched/core.c:6859",
      " blk_mq_freeze_queue_wait+0xf8/0x170 block/blk-mq.c:190",
      " foo_clr_fd+0x2b0/0x8c0 drivers/block/foo.c:1120",
      "",
      "Showing all locks held in the system:",
      "1 lock held by ioctl/11:",
      " #0: ffff888100000010 (&foo->open_mutex){+.+.}-{4:4}, at: foo_release+0x1/0x2",
      "",
    ].join("\n");
    expect(said(frozen)).toContain(
      "it waits in foo_clr_fd, by blk_mq_freeze_queue_wait, until nobody uses the block queue that it freezes, and for none of the locks that lockdep lists. It holds &foo->open_mutex at ffff888100000010 in foo_release.",
    );
    expect(said(frozen)).not.toContain("context_switch");
  });

  it("are told once where many are at one place", () => {
    const each = (pid: number, seconds: number): string =>
      [
        `INFO: task fsstress:${pid} blocked for more than ${seconds} seconds.`,
        `task:fsstress        state:D stack:0 pid:${pid} tgid:${pid} ppid:1`,
        "Call Trace:",
        " __schedule+0x1/0x2",
        " schedule+0x1/0x2",
        " wb_wait_for_completion+0x1/0x2",
        " sync_filesystem+0x1/0x2",
      ].join("\n");
    const many = [1, 2, 3, 4, 5].map((pid) => each(pid, pid < 3 ? 61 : 122)).join("\n");
    expect(said(many)).toContain(
      "fsstress/1, fsstress/2, fsstress/3 and 2 more have been blocked for 61 to 122 s on",
    );
  });
});

describe("hung tasks of which the kernel names the likely owner", () => {
  const two = (wrapped: boolean): string =>
    [
      "[  369.1] INFO: task vim:21 blocked for more than 122 seconds.",
      `[  369.2] INFO: task vim:21 is blocked on a mutex likely owned by${wrapped ? "\n" : " "}task sync:22.`,
      "[  369.3] INFO: task sync:22 blocked for more than 122 seconds.",
      "[  369.4] INFO: task sync:22 <writer> blocked on an rw-semaphore likely owned by task vim:21 <reader>",
      "",
    ].join("\n");

  it.each([false, true])(
    "close a circle, and it is said whose word that is (wrapped: %s)",
    (cut) => {
      expect(said(two(cut))).toMatch(/^A circle of waits, very likely a deadlock/);
      expect(said(two(cut))).toContain(
        "vim/21 waits for a mutex, which sync/22 likely owns, as the kernel says.",
      );
      expect(said(two(cut))).toContain(
        "sync/22 waits for an rw-semaphore, which vim/21 likely owns, as the kernel says.",
      );
      expect(said(two(cut))).toContain("an owner may have changed since");
    },
  );

  it("may have had a semaphore last, and no more", () => {
    const text = "INFO: task a:1 is blocked on a semaphore likely last held by task b:2.\n";
    expect(said(text)).toContain("a/1 waits for a semaphore, which b/2 had last");
    expect(said(text)).not.toContain("owns");
  });
});

describe("what other tools print", () => {
  it.each([
    ["BUG: sleeping function called from invalid context at mm/slab.h:420", "sleeping functions"],
    ["BUG: spinlock bad magic on CPU#0, swapper/1", "spinlocks"],
    ["watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [a:1]", "lockup detector"],
    ["lock order reversal:", "WITNESS"],
    [
      "WARNING: ThreadSanitizer: lock-order-inversion (potential deadlock) (pid=1)",
      "ThreadSanitizer",
    ],
  ])("is named: %s", (text, what) => {
    expect(otherPastes(`one\n[  1.000000] ${text}\n`)).toMatchObject([
      { line: 2, what: expect.stringContaining(what) as unknown },
    ]);
    expect(otherPastes("nothing of the kind\n")).toEqual([]);
  });
});

describe("lists of locks as they are in logs", () => {
  const stuck = (place: string): readonly string[] => [
    "INFO: task foo/1:5:52 blocked for more than 143 seconds.",
    "task:foo/1:5     state:D stack:22080 pid:52  tgid:52  ppid:2      flags:0x00004000",
    "Call Trace:",
    " schedule+0xe7/0x350",
    " down_write+0x1d8/0x200",
    ` ${place}+0x11c/0x550`,
    " foo_probe+0xdbf/0x1b10",
    "",
  ];

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
      "foo/1:5/52 waits for foo_rwsem#2 at ffffffff8f01fa10 in foo_register; no task of the text holds it",
    );
    expect(said(log)).toContain(
      "The locks of bar/77 (7): of a task that runs lockdep tells only how many.",
    );
    expect(said(log)).toContain("Some of the locks of bar/78 (3, of which 1 are in the text).");
  });

  it("do not tell who of two that have a lock as their last holds it", () => {
    const log = [
      ...stuck("foo_register"),
      "Showing all locks held in the system:",
      "1 lock held by foo/1:5/52:",
      " #0: ffffffff8f01fa10 (foo_rwsem#2){++++}-{3:3}, at: foo_register+0x11c/0x550",
      "1 lock held by bar/77:",
      " #0: ffffffff8f01fa10 (foo_rwsem#2){++++}-{3:3}, at: foo_register+0x11c/0x550",
      "",
    ].join("\n");
    expect(said(log)).toContain(
      "which bar/77 has as its last, too: it holds it, or waits for it as well.",
    );
    expect(said(log)).not.toContain("in the end for bar/77");
  });

  it("have no semaphores, and several tasks at one place wait together", () => {
    const two = (pid: number): readonly string[] => [
      `INFO: task foo:${pid} blocked for more than 143 seconds.`,
      "Call Trace:",
      " schedule+0xe7/0x350",
      " down+0x80/0xd0",
      " foo_begin+0x11c/0x550",
      "",
    ];
    expect(said([...two(5), ...two(6)].join("\n"))).toContain(
      "foo/5 and foo/6 have been blocked for 143 s on foo_begin: they wait for a semaphore, of which lockdep knows no holder.",
    );
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
});
