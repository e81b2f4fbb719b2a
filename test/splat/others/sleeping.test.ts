import { describe, expect, it } from "vitest";
import { contextsOf } from "../../../lib/splat/others/preempt-count.js";
import { otherPastes } from "../../../lib/splat/others/named.js";
import { readOthers } from "../../../lib/splat/others/read-others.js";
import { otherText } from "../../../lib/splat/others/text.js";

const said = (text: string): string =>
  readOthers(text)
    .map((other) => otherText(other).replace(/\s+/g, " "))
    .join("\n");

const state = (atomic: number, off: number, count: string): readonly string[] => [
  `in_atomic(): ${atomic}, irqs_disabled(): ${off}, non_block: 0, pid: 41, name: foo worker`,
  `preempt_count: ${count}, expected: 0`,
];
const headline = "BUG: sleeping function called from invalid context at kernel/locking/mutex.c:577";
const stack = (...names: readonly string[]): readonly string[] => [
  "CPU: 1 UID: 0 PID: 41 Comm: foo worker Not tainted 6.16.0 #1 PREEMPT(full)",
  "Call Trace:",
  " <TASK>",
  ...["dump_stack_lvl", "__might_resched", ...names].map((name) => ` ${name}+0x1c/0x90`),
  " entry_SYSCALL_64_after_hwframe+0x77/0x7f",
  " </TASK>",
];
const held = (lock: string, at: string): readonly string[] => [
  "1 lock held by foo worker/41:",
  ` #0: ffff888101234567 (${lock}){+.+.}-{3:3}, at: ${at}+0x40/0x80`,
];
const text = (...lines: readonly string[]): string =>
  lines.map((line) => `[   12.345678][   T41] ${line}\n`).join("");

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
