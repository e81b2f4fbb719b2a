import { describe, expect, it } from "vitest";
import { contextsOf } from "../../../lib/splat/others/preempt-count.js";
import { otherPastes } from "../../../lib/splat/others/named.js";
import { readOthers } from "../../../lib/splat/others/read-others.js";
import { headline, said, stack, state, text } from "./sleeping-texts.js";

describe("a preempt count", () => {
  it.each([
    [0x1, ["with preemption off"]],
    [0x101, ["in a softirq", "with preemption off"]],
    [0x200, ["with softirqs off"]],
    [0x10000, ["in a hardirq"]],
    [0x100000, ["in an NMI"]],
    [0, []],
  ])("%i says what it is in", (count, contexts) => {
    expect(contextsOf(count)).toEqual(contexts);
  });

  it("is read where a mailer wrapped its lines, and not where it is only named", () => {
    const wrapped = [
      ">> BUG: sleeping function called from invalid context at",
      ">> drivers/base/power/runtime.c:1163",
      ">> in_atomic(): 1, irqs_disabled(): 0, non_block: 0, pid: 46,",
      ">> name: food0",
      ">> preempt_count: 1,",
      ">> expected: 0",
      ">> CPU: 3 UID: 0 PID: 46 Comm: food0 Tainted: G W  OE",
      ">> 6.15.0-rc2 #116 PREEMPT(voluntary)",
      ">> Call trace:",
      ">>  __might_sleep+0x68/0xc0",
      ">>  __pm_runtime_resume+0x9c/0xe0",
      ">>  rpm_get_suppliers+0x68/0x1b0",
      ">>  __pm_runtime_set_status+0x298/0x560",
      ">>  foo_resume+0xb0/0x1c0",
      ">>  kthread+0x11c/0x140",
      "",
    ].join("\n");
    expect(said(wrapped)).toContain(
      "food0/46 called a function that may sleep (drivers/base/power/runtime.c:1163) in foo_resume",
    );
    expect(said(wrapped)).toContain(
      "Find who made the context atomic on this path, and do what sleeps in foo_resume before or after that.",
    );
    const named = 'Fix "BUG: sleeping function called from invalid context" caught by a robot.\n';
    expect(readOthers(named)).toEqual([]);
    expect(otherPastes(named)[0]?.says).toContain("it is only named there");
  });

  it("follows from an oops where that ends the task", () => {
    const log = text(
      headline,
      ...state(1, 0, "1"),
      ...stack("exit_signals", "do_exit", "rewind_stack_do_exit"),
    );
    expect(said(log)).toContain("The task is ended by the kernel, after an oops");
    expect(said(log)).not.toContain("Find who");
  });

  it("tells who allocates to allocate otherwise, and not who calls what does", () => {
    const log = text(
      headline,
      ...state(0, 0, "0"),
      "RCU nest depth: 1, expected: 0",
      ...stack("kmem_cache_alloc_noprof", "getname_kernel", "kern_path", "foo_is_same"),
    );
    expect(said(log)).toContain(
      "Do what sleeps in foo_is_same outside of the RCU read-side section",
    );
    expect(said(log)).not.toContain("GFP_ATOMIC");
  });

  it("has no place of preemption where the kernel prints an address of none", () => {
    for (const place of ["[<0000000000000000>] 0x0", "[<ffff80008001a2b4>] 0x0", "0x0"]) {
      const log = text(
        headline,
        ...state(1, 0, "1"),
        "Preemption disabled at:",
        place,
        ...stack("foo_stats"),
      );
      expect(said(log)).toContain("the kernel had recorded no place for it");
      expect(said(log)).not.toContain("CONFIG_DEBUG_PREEMPT prints it");
    }
  });

  it("is explained by its stack where that is all there is", () => {
    expect(said(text(headline, ...stack("foo_stats")))).toContain("in foo_stats");
    expect(said(text(headline))).toBe("");
  });

  it("tells the interrupt by its stack where no count is printed, and no thread for one", () => {
    const old = "in_atomic(): 1, irqs_disabled(): 128, non_block: 0, pid: 0, name: swapper/0";
    const irq = text(headline, old, ...stack("__kmalloc", "foo_irq", "__handle_irq_event_percpu"));
    expect(said(irq)).toContain("It ran in a hardirq and with interrupts off.");
    expect(said(irq)).toContain("or allocate with GFP_ATOMIC");
    expect(said(irq)).not.toContain("Find who");
    const thread = text(
      headline,
      old,
      ...stack("foo_resume", "handle_threaded_wake_irq", "irq_thread_fn", "irq_thread"),
    );
    expect(said(thread)).not.toContain("in a hardirq");
  });

  it("says of what a worker runs within that it is no lock", () => {
    const log = text(
      headline,
      ...state(1, 0, "1"),
      "2 locks held by foo worker/41:",
      " #0: ffff888101234567 ((wq_completion)events){+.+.}-{0:0}, at: process_one_work+0x40/0x80",
      " #1: ffff888101234568 (&foo->lock){+.+.}-{2:2}, at: foo_begin+0x40/0x80",
      ...stack("foo_sleep", "foo_begin"),
    );
    expect(said(log)).toContain("It holds &foo->lock, taken in foo_begin.");
    expect(said(log)).toContain("It runs within (wq_completion)events, which is no lock.");
  });

  it("has a stack of ARM as commit messages shorten it", () => {
    const log = [
      headline,
      "...",
      "(foo_softreset) from [<c0606894>] (foo_enable+0x48/0x274)",
      "(foo_enable) from [<c0606c5c>] (foo_resume+0x19c/0x1d8)",
      "(foo_resume) from [<c0606cf0>] (foo_open+0x58/0x84)",
      "",
    ].join("\n");
    expect(said(log)).toContain("in foo_softreset, on foo_resume > foo_enable > foo_softreset");
  });

  it("does not hold the spinlock that sleeps on PREEMPT_RT, which is what it is about to take", () => {
    const log = text(
      "BUG: sleeping function called from invalid context at kernel/locking/spinlock_rt.c:48",
      ...state(0, 1, "0"),
      "2 locks held by foo worker/41:",
      " #0: ffff888101234567 (&foo->outer){+.+.}-{3:3}, at: foo_begin+0x40/0x80",
      " #1: ffff888101234568 (&foo->inner){+.+.}-{3:3}, at: foo_complete+0x40/0x80",
      ...stack("rt_spin_lock", "foo_complete", "foo_begin"),
    );
    expect(said(log)).toContain("It holds &foo->outer, taken in foo_begin.");
    expect(said(log)).toContain("It was about to take &foo->inner.");
    expect(said(log)).toContain("Find who switched interrupts off on this path");
    expect(said(log)).not.toContain("Release");
  });

  it("is read where the place of the check is cut off", () => {
    const cut = headline.replace(/mutex.*/, "m");
    const log = text(cut, ...state(1, 0, "1"), ...stack("foo_stats"));
    expect(said(log)).toContain("called a function that may sleep in foo_stats");
  });

  it("is within an RCU reader where nothing else is on, as no kernel before 5.16 prints", () => {
    const log = text(
      headline,
      "in_atomic(): 0, irqs_disabled(): 0, non_block: 0, pid: 41, name: foo",
      ...stack("foo_stats"),
    );
    expect(said(log)).toContain("It ran inside an RCU read-side section.");
    expect(said(log)).not.toContain("made the context atomic");
    const notifier = said(log.replace("non_block: 0", "non_block: 1"));
    expect(notifier).toContain("It ran between non_block_start() and non_block_end().");
    expect(notifier).not.toContain("made the context atomic");
  });

  it("is within an RCU reader that is held, where no lock makes the context atomic", () => {
    const log = text(
      headline,
      "in_atomic(): 1, irqs_disabled(): 0, non_block: 0, pid: 41, name: foo",
      "1 lock held by foo/41:",
      " #0: ffffffff8d64a6a0 (rcu_read_lock){....}, at: foo_reclaim+0x40/0x80",
      ...stack("foo_free", "foo_reclaim"),
    );
    expect(said(log)).toContain("outside of the RCU read-side section");
    expect(said(log)).not.toContain("made the context atomic");
  });

  it("is in no interrupt where the idle task runs what other CPUs have queued", () => {
    const log = text(
      headline,
      "in_atomic(): 1, irqs_disabled(): 1, non_block: 0, pid: 0, name: swapper/6",
      ...stack("foo_done", "flush_smp_call_function_queue", "do_idle"),
    );
    expect(said(log)).not.toContain("hardirq");
    const irq = log.replace("do_idle", "sysvec_call_function_single");
    expect(said(irq)).toContain("It ran in a hardirq");
  });
});
