import { describe, expect, it } from "vitest";
import { readOthers } from "../../../lib/splat/others/read-others.js";
import { headline, held, said, stack, state, text } from "./sleeping-texts.js";

describe("a sleeping function in an invalid context", () => {
  it("names the caller, the lock that lets nobody sleep, and the mend", () => {
    const log = text(
      headline,
      ...state(1, 0, "1"),
      "RCU nest depth: 0, expected: 0",
      ...held("&foo->lock", "foo_begin"),
      "Preemption disabled at:",
      "[<ffffffff81234567>] foo_begin+0x40/0x80",
      ...stack("mutex_lock", "foo_take", "foo_begin", "foo_write"),
    );
    expect(said(log)).toContain(
      "foo worker/41 called a function that may sleep (kernel/locking/mutex.c:577) in foo_take, on foo_write > foo_begin > foo_take",
    );
    expect(said(log)).toContain(
      "It ran with preemption off. - Preemption was switched off in foo_begin.",
    );
    expect(said(log)).toContain("It holds &foo->lock, taken in foo_begin.");
    expect(said(log)).toContain("Release &foo->lock before foo_take sleeps");
    expect(said(log)).not.toContain("not on the stack");
  });

  it("names the function itself where preemption went off, and not what was inlined there", () => {
    const log = text(
      headline,
      ...state(1, 0, "1"),
      "no locks held by foo worker/41.",
      "Preemption disabled at:",
      "[<ffffffff81234567>] local_bh_disable include/linux/bottom_half.h:19 [inline]",
      "[<ffffffff81234567>] rcu_read_lock_bh include/linux/rcupdate.h:727 [inline]",
      "[<ffffffff81234567>] foo_verify+0x40/0x80 net/foo.c:4461",
      ...stack("mutex_lock", "foo_leave", "foo_verify", "foo_write"),
    );
    expect(said(log)).toContain("Preemption was switched off in foo_verify.");
    expect(said(log)).not.toContain("local_bh_disable.");
  });

  it("is no consequence of an oops where panic() itself calls what sleeps", () => {
    const log = text(
      headline,
      ...state(1, 1, "2"),
      ...stack(
        "foo_delay",
        "foo_panic",
        "notifier_call_chain",
        "panic",
        "do_exit",
        "make_task_dead",
      ),
    );
    expect(said(log)).toContain(
      "panic() runs with preemption off, and nothing that it calls may sleep, as happens in foo_delay",
    );
    expect(said(log)).not.toContain("only follows from that");
  });

  it("names no function further out than where preemption went off", () => {
    const log = text(
      headline,
      ...state(1, 0, "1"),
      "no locks held by foo worker/41.",
      "Preemption disabled at:",
      "[<ffffffff81234567>] apply_to_pte_range+0x40/0x80",
      ...stack(
        "__alloc_pages",
        "get_free_pages",
        "kasan_populate_foo",
        "apply_to_pte_range",
        "foo_map",
      ),
    );
    expect(said(log)).toContain("(kernel/locking/mutex.c:577) in kasan_populate_foo, on");
    expect(said(log)).toContain("do what sleeps in kasan_populate_foo before or after that");
  });

  it("says of no function that it is not on a stack that is not there", () => {
    const log = [
      headline,
      ...state(1, 0, "1"),
      "Preemption disabled at:",
      "[<ffffffff81234567>] foo_copy_atomic+0x40/0x80",
    ].join("\n");
    expect(said(log)).toContain("Preemption was switched off in foo_copy_atomic.");
    expect(said(log)).not.toContain("is not on the stack");
  });

  it("is within a timer, which is no lock, also where a symboliser tells of inlined functions", () => {
    const log = [
      headline,
      "in_atomic(): 1, irqs_disabled(): 0, pid: 0, name: swapper/1",
      "1 lock held by swapper/1/0:",
      " #0: 000000004ff5b49f ((&foo->timer)){+.-.}, at: lockdep_copy_map include/linux/lockdep.h:170 [inline]",
      " #0: 000000004ff5b49f ((&foo->timer)){+.-.}, at: call_timer_fn+0xce/0x5f0 kernel/time/timer.c:1315",
      ...stack("mutex_lock", "foo_expire"),
    ].join("\n");
    expect(said(log)).toContain("It runs within (&foo->timer), which is no lock.");
    expect(said(log)).not.toContain("It holds (&foo->timer)");
  });

  it("reads the place of a held lock where a mailer moved it down, and names no bare address", () => {
    const log = [
      headline,
      ...state(1, 0, "1"),
      "2 locks held by foo worker/41:",
      " #0:  (rcu_read_lock){....}, at: [<00000000cbb798c7>]",
      "foo_run_queue+0xf1/0x1e0",
      " #1:  (&foo->eh_lock){+.+.}, at: [<00000000cbb79910>]",
      "Preemption disabled at:",
      "[<00000000d0fd1f7d>] foo_delay_queue+0x77/0x110",
      ...stack("mutex_lock", "foo_take", "foo_write"),
    ]
      .map((line) => `> ${line}\n`)
      .join("");
    expect(said(log)).toContain(
      "It holds rcu_read_lock, taken in foo_run_queue and &foo->eh_lock.",
    );
    expect(said(log)).toContain("&foo->eh_lock");
    expect(said(log)).not.toContain("cbb79");
  });

  it("reads ARM's stack where a mailer broke the names off, and knows where preemption went off", () => {
    const log = text(
      headline,
      "in_atomic(): 1, irqs_disabled(): 0, pid: 41, name: foo worker",
      "Preemption disabled at:",
      "[<c0627a33>] foo_begin+0x40/0x80",
      "CPU: 1 PID: 41 Comm: foo worker Not tainted 5.6.0 #1",
      "[<c013e77f>] (___might_sleep) from [<c052fa1d>]",
      "esume+0x75/0x78)",
      "[<c052fa1d>] (foo_resume) from [<c0627a33>]",
      "0x23/0x74)",
      "[<c0627a33>] (foo_begin) from [<c062fb93>]",
      "ite+0x2b/0xcc)",
      "[<c062fb93>] (foo_write) from [<c010bd01>]",
      "(ret_fast_syscall+0x1/0x28)",
    );
    expect(said(log)).toContain("in foo_resume, on foo_write > foo_begin > foo_resume");
    expect(said(log)).not.toContain("esume, ite");
    expect(said(log)).not.toMatch(/\b(?:esume|ite)\b/);
    expect(said(log)).toContain("foo_begin is where preemption went off: do what sleeps");
    expect(said(log)).toContain("kernels before 5.16 print none");
  });

  it("names all spinlocks that are held, and a timer that runs from a softirq", () => {
    const log = text(
      headline,
      "in_atomic(): 1, irqs_disabled(): 1, non_block: 0, pid: 41, name: foo worker",
      "2 locks held by foo worker/41:",
      " #0: ffff888101234567 (&foo->lock){....}-{2:2}, at: foo_stop+0x40/0x80",
      " #1: ffff888101234568 (&bar->lock){....}-{2:2}, at: foo_stop+0x50/0x80",
      ...stack(
        "mutex_lock",
        "foo_stop",
        "__hrtimer_run_queues",
        "hrtimer_run_softirq",
        "handle_softirqs",
      ),
    );
    expect(said(log)).toContain(
      "Release &foo->lock and &bar->lock before foo_stop sleeps, or do what sleeps before they are taken.",
    );
    expect(said(log)).toContain("(softirq)");
  });

  it("is in an RCU read-side section by its nesting, and allocates with GFP_ATOMIC there", () => {
    const log = text(
      headline,
      ...state(0, 0, "0"),
      "RCU nest depth: 1, expected: 0",
      ...held("rcu_read_lock", "foo_walk"),
      ...stack("__kmalloc_noprof", "foo_copy", "foo_walk"),
    );
    expect(said(log)).toContain("It ran inside an RCU read-side section.");
    expect(said(log)).toContain("Do what sleeps in foo_copy outside of the RCU read-side section");
    expect(said(log)).toContain("allocate with GFP_ATOMIC");
  });

  it("is in a softirq by the preempt count, with no lock named that it does not hold", () => {
    const log = text(
      headline,
      ...state(1, 0, "101"),
      "no locks held by foo worker/41.",
      ...stack("mutex_lock", "foo_timer"),
    );
    expect(said(log)).toContain("It ran in a softirq and with preemption off.");
    expect(said(log)).toContain("A softirq never sleeps: leave it in foo_timer");
    expect(said(log)).not.toContain("Release");
  });

  it("leaked its preemption where who switched it off is not on the stack", () => {
    const log = text(
      headline,
      ...state(1, 0, "1"),
      "no locks held by foo worker/41.",
      "Preemption disabled at:",
      "[<ffffffff81234567>] foo_peek+0x40/0x80",
      ...stack("mutex_lock", "foo_next", "foo_write"),
    );
    expect(said(log)).toContain("foo_peek switched preemption off and is not on the stack");
  });

  it("says what is missing where the log was cut", () => {
    expect(said(text(headline, ...state(1, 1, "0")))).toContain("with interrupts off");
    expect(said(text(headline, ...state(1, 1, "0")))).toContain("The stack below the headline");
    expect(readOthers(text(headline))).toEqual([]);
  });

  it("ends where another report begins", () => {
    const log = text(
      headline,
      ...state(0, 1, "0"),
      "BUG: unable to handle page fault",
      ...stack("mutex_lock", "other_one"),
    );
    expect(said(log)).not.toContain("other_one");
  });
});
