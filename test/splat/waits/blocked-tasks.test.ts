import { describe, expect, it } from "vitest";
import { said } from "./said.js";

describe("hung tasks in long logs", () => {
  it("are blocked for as long as the last line of each says", () => {
    const text = [120, 241, 483]
      .map(
        (seconds) =>
          `INFO: task foo:7 blocked for more than ${String(seconds)} seconds.\ntask:foo state:D stack:0 pid:7 ppid:2 flags:0x00004000\nCall Trace:\n schedule+0xe7/0x350\n foo_wait+0x11c/0x550\n`,
      )
      .join("\n");
    expect(said(text)).toContain("foo/7 has been blocked for 483 s");
  });

  it("are found where a mailer wrapped their first line behind a prefix that no rule knows", () => {
    const text = `15:52:20,316 ERR kernel:INFO: task foo:7 blocked for more
than 120 seconds.
15:52:20,316 ERR kernel:Call Trace:
15:52:20,316 ERR kernel: schedule+0xe7/0x350
15:52:20,316 ERR kernel: foo_wait+0x11c/0x550
`;
    expect(said(text)).toContain("foo/7 has been blocked for 120 s");
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

describe("blocked tasks without the headline of a hung task", () => {
  const stack = [
    "Call Trace:",
    ...[
      "__schedule",
      "schedule",
      "wait_for_completion",
      "foo_sync_all",
      "foo_thread",
      "kthread",
    ].map((name) => ` ${name}+0x12/0x90`),
    "",
  ].join("\n");
  const blocked =
    "foo_sync/712 is blocked on foo_thread > foo_sync_all (kernel thread): it waits in foo_sync_all, by wait_for_completion, for a completion";

  it.each([
    "task:foo_sync        state:D stack:13240 pid:712   tgid:712   ppid:2      flags:0x00004000",
    "foo_sync        D13240   712      2 0x00004000",
    "foo_sync        D 0000000000000000     0   712      2 0x00000000",
  ])("are told by their state: %s", (line) => {
    expect(said(`${line}\n${stack}`)).toContain(blocked);
    expect(said(`${line}\n${stack}`)).not.toContain(" s on ");
  });

  it("are none where they only sleep, or run", () => {
    for (const state of ["S", "R", "I"])
      expect(said(`task:foo_sync state:${state} stack:0 pid:712 ppid:2 flags:0x0\n${stack}`)).toBe(
        "",
      );
  });
});

describe("the stack of a blocked task", () => {
  const headline = "INFO: task foo:21 blocked for more than 122 seconds.";
  const frames = (mark: string, ...names: readonly string[]): readonly string[] =>
    names.map((name) => ` ${mark}${name}+0x12/0x90`);

  it("ends where its code is entered, or where who writes the mail goes on", () => {
    const mail = (between: string): string =>
      [
        headline,
        "Call Trace:",
        ...frames("", "schedule", "foo_wait", "foo_write"),
        between,
        ...frames("", "bar_inner", "bar_outer"),
      ].join("\n");
    const told = "blocked for 122 s on foo_write > foo_wait: it waits in foo_wait";
    expect(said(mail("Converting the above with a script of the kernel yields this"))).toContain(
      told,
    );
    expect(said(mail(" ret_from_fork+0x1/0x2\nother line"))).toContain("on foo_write > foo_wait");
    expect(said(mail("[drm] hdmi"))).toContain("bar_outer");
  });

  it("is said to be of no use where no frame is vouched for, and still told", () => {
    const unsure = [headline, "Call Trace:", ...frames("? ", "schedule", "foo_wait", "foo_write")];
    expect(said(unsure.join("\n"))).toContain(
      "on a stack of which every frame is marked ?, perhaps foo_write > foo_wait; what it waits for, the text does not show",
    );
  });

  it("does not wait for the item that it runs, nor for what it holds below a semaphore", () => {
    const log = [
      headline.replace("foo:21", "kworker/1:3:21"),
      "Call Trace:",
      ...frames("", "schedule", "schedule_timeout", "__down_common", "down", "foo_lock"),
      ...frames("", "foo_callback", "process_one_work", "worker_thread"),
      "Showing all locks held in the system:",
      "2 locks held by kworker/1:3/21:",
      " #0: ffff888100070d38 ((wq_completion)events){+.+.}-{0:0}, at: process_one_work+0x774/0x15d0",
      " #1: ffffc9000156fd88 (foo_work){+.+.}-{0:0}, at: process_one_work+0x7a7/0x15d0",
    ].join("\n");
    expect(said(log)).toContain("it waits for a semaphore, of which lockdep knows no holder");
    expect(said(log)).not.toContain("waits for foo_work");
    const own = log.replace(
      "foo_work){+.+.}-{0:0}, at: process_one_work",
      "foo_mutex){+.+.}-{4:4}, at: foo_lock",
    );
    expect(said(own)).not.toContain("waits for foo_mutex");
  });

  it("that is lost does not tell whether the last lock is held, or waited for", () => {
    const log = [
      headline,
      "Showing all locks held in the system:",
      "1 lock held by foo/21:",
      " #0: ffffffff892eab20 (foo_mutex){+.+.}-{3:3}, at: foo_sync+0x1/0x2",
    ].join("\n");
    expect(said(log)).toContain("It has foo_mutex at ffffffff892eab20");
    expect(said(log)).toContain("the last is held, or waited for");
  });

  it("of whom others wait for ends in a lock, too", () => {
    const log = [
      "INFO: task bar:20 blocked for more than 122 seconds.",
      "INFO: task bar:20 is blocked on a mutex likely owned by task foo:21.",
      headline,
      "Call Trace:",
      ...frames("", "schedule", "__mutex_lock.constprop.0", "foo_wait", "foo_write"),
    ].join("\n");
    expect(said(log)).toContain("in the end for foo/21");
    expect(said(log)).not.toContain("none of the locks");
  });
});
