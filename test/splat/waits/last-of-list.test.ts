import { describe, expect, it } from "vitest";
import { said, stuck } from "./said.js";

describe("the last lock of a list, which its task may hold or wait for", () => {
  it("does not tell who of two tasks holds it", () => {
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

  it("is no semaphore, and several tasks at one place wait together", () => {
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

  it("is held for sure where its task waits for something else", () => {
    const log = [
      "INFO: task foo:17:4974 blocked for more than 143 seconds.",
      "Call Trace:",
      " __schedule+0x2a2/0x870",
      " schedule+0x2c/0x70",
      " foo_start_wait+0x72/0xa0",
      " foo_read+0x2fd/0x6b0",
      " do_syscall_64+0x40/0x90",
      "Showing all locks held in the system:",
      "1 lock held by foo:17/4974:",
      " #0: ffff88811d6230d8 (&data->io_mutex){+.+.}-{4:4}, at: foo_read+0x12/0x6b0",
      "1 lock held by bar/5430:",
      " #0: ffff88811d6230d8 (&data->io_mutex){+.+.}-{4:4}, at: foo_open+0x32/0x90",
      "",
    ].join("\n");
    expect(said(log)).toContain(
      "bar/5430 waits for &data->io_mutex at ffff88811d6230d8 in foo_open, which foo:17/4974 holds",
    );
  });

  it("does not tell what a task waits for whose stack is cut off at its inner end", () => {
    const log = [
      "INFO: task foo:17:5995 blocked for more than 143 seconds.",
      "Call Trace:",
      " inode_lock_nested include/linux/fs.h:1073 [inline]",
      " foo_start fs/foo/namei.c:2923 [inline]",
      " foo_rmdir+0x2d/0x90 fs/foo/namei.c:2934",
      " do_syscall_64+0x40/0x90",
      "",
    ].join("\n");
    expect(said(log)).toContain("what it waits for, the text does not show");
    expect(said(log)).not.toContain("none of the locks");
  });

  it("is waited for where the kernel names its owner", () => {
    const list = (at: string): string =>
      `1 lock held by ${at}:\n #0: ffffffffa738e508 (foo_mutex){+.+.}-{4:4}, at: foo_write+0x94/0x160`;
    const log = [
      "INFO: task bash:2644 blocked for more than 147 seconds.",
      "INFO: task bash:2644 is blocked on a mutex likely owned by task foo.d:2761.",
      "INFO: task foo.d:2761 blocked for more than 147 seconds.",
      "Showing all locks held in the system:",
      list("bash/2644"),
      list("foo.d/2761"),
      "",
    ].join("\n");
    expect(said(log)).toContain(
      "bash/2644 waits for foo_mutex at ffffffffa738e508 in foo_write, which foo.d/2761 likely owns",
    );
    expect(said(log)).not.toContain("bash/2644 holds");
  });

  it("may be held where the owner does not list it", () => {
    const log = [
      "INFO: task bash:2644 blocked for more than 147 seconds.",
      "INFO: task bash:2644 is blocked on a mutex likely owned by task foo.d:2761.",
      "Showing all locks held in the system:",
      "2 locks held by bash/2644:",
      " #0: ffff88810e204400 (sb_writers#12){.+.+}-{0:0}, at: ksys_write+0xc9/0x160",
      " #1: ffffffffa738e508 (foo_mutex){+.+.}-{4:4}, at: foo_write+0x94/0x160",
      "",
    ].join("\n");
    expect(said(log)).toContain(
      "has foo_mutex at ffffffffa738e508 in foo_write, which it holds or waits for, and waits for a mutex",
    );
  });
});
