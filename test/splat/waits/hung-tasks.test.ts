import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readTasks } from "../../../lib/splat/waits/read.js";
import { circleIn, waitsOf } from "../../../lib/splat/waits/wait-for.js";
import { explainWaits } from "../../../lib/splat/waits/words.js";
import { said } from "./said.js";

const hung = readFileSync(new URL("../small/T-hung-tasks-all-locks.txt", import.meta.url), "utf8");

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

  it("are known by their state, D, also where the kernel fills their numbers up with blanks", () => {
    const older = [
      "task:kworker/7:1     state:D stack:    0 pid:  122 ppid:     2 flags:0x00000008",
      "Workqueue: events foo_rescan_work",
      "Call trace:",
      " __switch_to+0xbc/0x124",
      " __schedule+0x540/0x71c",
      " schedule+0x58/0xa0",
      " io_schedule+0x18/0x34",
      " blk_mq_get_tag+0x138/0x244",
      " foo_inquiry+0x44/0xdc",
      " process_one_work+0x2dc/0x45c",
      "Showing all locks held in the system:",
      "1 lock held by foo-log/636:",
      " #0: ffff0004c5ee86e8 (&f->f_pos_lock){+.+.}-{3:3}, at: __fdget_pos+0x38/0x4c",
    ].join("\n");
    expect(said(older)).toMatch(/^Tasks that are blocked/);
    expect(said(older)).toContain("kworker/7:1/122 is blocked on foo_inquiry > blk_mq_get_tag");
    expect(said(older)).not.toContain("nobody is seen to wait");
  });

  it("have not begun where kthread() itself sleeps", () => {
    const made = [
      "INFO: task foo-sq:52 blocked for more than 120 seconds.",
      "task:foo-sq          state:D stack:0     pid:52    ppid:2      flags:0x00004000",
      "Call Trace:",
      " schedule+0x1c/0x90",
      " schedule_preempt_disabled+0x1c/0x90",
      " kthread+0x1c/0x90",
      " ret_from_fork+0x1c/0x90",
    ].join("\n");
    expect(said(made)).toContain("it has not begun: it waits to be woken for the first time");
    expect(said(made)).not.toContain("waits in kthread");
  });

  it("wait for themselves where the kernel names them as the owner", () => {
    const again = [
      "INFO: task foo:52 blocked for more than 120 seconds.",
      "task:foo             state:D stack:0     pid:52    ppid:1      flags:0x00000002",
      "Call trace:",
      " schedule+0x1c/0x90",
      " rwsem_down_read_slowpath+0x1c/0x90",
      " down_read+0x1c/0x90",
      " foo_put+0x1c/0x90",
      "INFO: task foo:52 <reader> blocked on an rw-semaphore likely owned by task foo:52 <writer>",
    ].join("\n");
    expect(said(again)).toContain(
      "foo/52 waits for an rw-semaphore on foo_put, which it likely owns itself, as the kernel says: then it waits for itself.",
    );
  });

  it("wait for a lock by the functions of PREEMPT_RT as well, also for one that spins elsewhere", () => {
    const onRt = (...frames: readonly string[]): string =>
      [
        "INFO: task foo:52 blocked for more than 61 seconds.",
        "task:foo             state:D stack:0     pid:52    ppid:1      flags:0x00000002",
        "Call Trace:",
        ...[...frames, "foo_rmdir", "vfs_rmdir"].map((name) => ` ${name}+0x1c/0x90`),
      ].join("\n");
    for (const stack of [
      onRt("schedule", "rt_mutex_schedule", "rt_mutex_slowlock_block.constprop.0"),
      onRt("__schedule", "schedule_rtlock", "rtlock_slowlock_locked", "rt_spin_lock"),
      onRt("rt_mutex_schedule", "rt_mutex_slowlock", "__rt_mutex_lock", "rwbase_write_lock"),
    ]) {
      expect(said(stack)).toContain(
        "on vfs_rmdir > foo_rmdir; which lock it waits for, the text does not show.",
      );
      expect(said(stack)).not.toContain("none of the locks");
    }
  });

  it("have no stack of another, whose line has lost its blanks or is not there", () => {
    const owned = (line: string): string =>
      [
        "INFO: task foo-udev:5301 blocked for more than 122 seconds.",
        "INFO: task foo-udev:5301 is blocked on a mutex likely owned by task kworker/u4:1:11.",
        line,
        "Workqueue: events_unbound async_run_entry_fn",
        "Call Trace:",
        " schedule_timeout+0x1c/0x90",
        " io_schedule_timeout+0x1c/0x90",
        " foo_execute_rq+0x1c/0x90",
        " foo_probe+0x1c/0x90",
      ].join("\n");
    const squashed = said(owned("task:kworker/u4:1state:D stack:0 pid:11ppid:2  flags:0x00004000"));
    expect(squashed).toContain("kworker/u4:1/11 is blocked on foo_probe > foo_execute_rq");
    for (const each of [squashed, said(owned(""))]) {
      expect(each).toContain("foo-udev/5301 waits for a mutex, which kworker/u4:1/11 likely owns");
    }
  });

  it("say what may close a circle that is no lock: the suspend of a device", () => {
    const power = readFileSync(
      new URL("../small/T2-suspend-of-a-device.txt", import.meta.url),
      "utf8",
    );
    expect(said(power)).toContain(
      "kworker/2:3/117, which waits for it, is in the midst of rpm_suspend: where that is the same device, the two wait for each other.",
    );
    expect(said(power.replace("rpm_suspend", "foo_suspend"))).not.toContain("in the midst of");
  });

  it.each([
    "[  123.456789][   T28] ",
    "Jul 27 10:15:29 : ",
    "(foo-board, ttyS0) ",
    "002: ",
    "+   ",
  ])("are read behind what logs write before each line: %s", (prefix) => {
    expect(said(hung.replace(/^/gm, prefix))).toBe(said(hung));
  });

  it("are none where the locks are others of the same classes", () => {
    const apart = hung.replace("#1: ffff888100000010", "#1: ffff888100000099");
    expect(circleIn(waitsOf(readTasks(apart)))).toEqual([]);
    expect(said(apart)).toMatch(/^Tasks that are blocked/);
    expect(said(apart)).toContain("who holds it, the text does not show");
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
