import { describe, expect, it } from "vitest";
import { factsOf } from "../../../../lib/splat/facts.js";
import { readSplats } from "../../../../lib/splat/read/read.js";

/** Headlines and first lines of every kind, as kernels from 2.6 to 7.x print them. */
const headlines: readonly (readonly [kind: string, text: string])[] = [
  ["circular", "[ INFO: possible circular locking dependency detected ]"],
  ["circular", "WARNING: possible circular locking dependency detected"],
  ["recursive", "[ INFO: possible recursive locking detected ]"],
  ["inconsistent", "[ INFO: inconsistent lock state ]"],
  ["irq-inversion", "WARNING: possible irq lock inversion dependency detected"],
  ["irq-safe-unsafe", "[ INFO: hard-safe -> hard-unsafe lock order detected ]"],
  ["irq-safe-unsafe", "[ INFO: RECLAIM_FS-safe -> RECLAIM_FS-unsafe lock order detected ]"],
  ["wait-context", "[ BUG: Invalid wait context ]"],
  ["bad-unlock", "[ BUG: bad unlock balance detected! ]"],
  ["nested-not-taken", "[ BUG: Nested lock was not taken ]"],
  ["held-freed", "[ BUG: held lock freed! ]"],
  ["user-space", "WARNING: lock held when returning to user space!"],
  ["still-held", "[ BUG: lock held at task exit time! ]"],
  ["still-held", "[ BUG: init/1 still has locks held! ]"],
  ["rcu-usage", "[ INFO: suspicious rcu_dereference_check() usage. ]"],
  ["rcu-usage", "WARNING: suspicious RCU usage"],
  ["non-static-key", "INFO: trying to register non-static key."],
  ["limit", "BUG: MAX_STACK_TRACE_ENTRIES too low!"],
  ["limit", "BUG: MAX_LOCK_DEPTH too low!"],
  ["limit", "BUG: MAX_LOCKDEP_KEYS too low!"],
  ["invalid-subclass", "BUG: looking up invalid subclass: 8"],
  ["wq-leaked-lock", "BUG: workqueue leaked lock or atomic: kworker/0:0/0x00000000/4"],
  ["wq-leaked-lock", "BUG: workqueue leaked atomic, lock or RCU: kworker/u4:3[47]"],
  ["bad-contention", "WARNING: bad contention detected!"],
  ["debug-locks-warn", "BUG: key ffff88810 has not been registered!"],
  ["debug-locks-warn", "DEBUG_LOCKS_WARN_ON(depth <= 0)"],
  ["debug-locks-warn", "WARNING: at kernel/lockdep.c:2398 trace_softirqs_on+0x14/0x20()"],
  [
    "debug-locks-warn",
    "WARNING: CPU: 1 PID: 2 at kernel/locking/lockdep.c:5236 lock_release+0x1/0x2",
  ],
  [
    "debug-locks-warn",
    "WARNING: kernel/locking/lockdep.c:5236 at lock_release+0x1/0x2, CPU#1: a/2",
  ],
  ["warn", "releasing a pinned lock"],
  ["bfs-error", "lockdep bfs error:-1"],
];

describe("a headline", () => {
  it.each(headlines)("tells the kind %s: %s", (kind, text) => {
    expect(readSplats(`${text}\n`).map((report) => report.kind)).toEqual([kind]);
    expect(readSplats(`[    1.234567][    T1] ${text}\n`).map((report) => report.kind)).toEqual([
      kind,
    ]);
  });

  it.each(headlines)("is none in the middle of a sentence: %s", (_, text) => {
    expect(readSplats(`we saw ${text} again`)).toEqual([]);
  });
});

const facts = (text: string): Record<string, unknown> => {
  const [report] = readSplats(text);
  return report === undefined ? {} : factsOf(report);
};

describe("parts that only some kernels print", () => {
  it("the condition of lockdep's own warning and its place are one report", () => {
    const text = [
      "------------[ cut here ]------------",
      "DEBUG_LOCKS_WARN_ON(depth <= 0)",
      "WARNING: CPU: 1 PID: 123 at kernel/locking/lockdep.c:5236 lock_release+0x27f/0x390",
      "Modules linked in: a b c",
      "CPU: 1 PID: 123 Comm: foo Tainted: G        W          6.1.0 #1",
      "Call Trace:",
      " lock_release+0x27f/0x390",
      " up_read+0x1b/0x40",
    ].join("\n");
    expect(readSplats(text)).toHaveLength(1);
    expect(facts(text)).toMatchObject({
      kind: "debug-locks-warn",
      warn_at: "kernel/locking/lockdep.c:5236",
      task: { comm: "foo", pid: 123 },
      kernel_version: "6.1.0",
      unrecovered: [],
    });
  });

  it("the worker of a leaking work item, in the form of 6.10", () => {
    const text = [
      "BUG: workqueue leaked atomic, lock or RCU: kworker/u4:3[47]",
      "     preempt=0x00000000 lock=0->1 RCU=0->0 workfn=leaky_work",
      "1 lock held by kworker/u4:3/47:",
      " #0: ffffffff81c06ba8 (leaked){+.+.}-{4:4}, at: leaky_work+0x10/0x20",
    ].join("\n");
    expect(facts(text)).toMatchObject({
      task: { comm: "kworker/u4:3", pid: 47, action: "leaked" },
      last_function: "leaky_work",
      held: [{ name: "leaked", n: 0 }],
    });
  });

  it("hashed pointers before there is entropy", () => {
    const text = [
      "WARNING: possible recursive locking detected",
      "4.20.0 #1 Not tainted",
      "a/1 is trying to acquire lock:",
      "(____ptrval____) (&b->lock){+.+.}, at: f+0x1/0x2",
      "",
      "but task is already holding lock:",
      "(____ptrval____) (&b->lock){+.+.}, at: g+0x1/0x2",
    ].join("\n");
    expect(facts(text)).toMatchObject({
      acquiring: { name: "&b->lock", addr: "(____ptrval____)", at_sym: "f" },
      holding: { at_sym: "g" },
    });
  });

  it("the depth of the stack of held locks", () => {
    const text = [
      "BUG: MAX_LOCK_DEPTH too low!",
      "turning off the locking correctness validator.",
      "depth: 48  max: 48!",
      "2 locks held by a/1:",
      " #0: ffffffff81c06ba8 (a){+.+.}-{4:4}, at: f+0x1/0x2",
      " #1: ffffffff81c06bb0 (b){+.+.}-{4:4}, at: g+0x1/0x2",
      "CPU: 0 PID: 1 Comm: a Not tainted 6.1.0 #1",
      "Call Trace:",
      " dump_stack+0x1/0x2",
    ].join("\n");
    expect(facts(text)).toMatchObject({ kind: "limit", held_count: 2, unrecovered: [] });
  });

  it("names that hold parentheses, blanks, arrows and numbers", () => {
    const name = "dev->qdisc_tx_busylock ?: &qdisc_tx_busylock) -> (x, y)#3/1";
    const text = [
      "WARNING: possible recursive locking detected",
      "a/1 is trying to acquire lock:",
      `ffff88803ed1c1f8 (${name}){+...}-{2:2}, at: f+0x1/0x2 [mod 0123456789abcdef0123456789abcdef01234567]`,
    ].join("\n");
    expect(facts(text)).toMatchObject({ acquiring: { name, at_module: "mod", at_off: "0x1/0x2" } });
  });

  it.each([
    "instead use\n\nlockdep_assert_held()\n\nwhich will just yell at us\n",
    "+\tDEBUG_LOCKS_WARN_ON(entry->class->wait_type_inner < LD_WAIT_CONFIG)\n \treturn 0;\n }\n",
    "> that was caused by\n>   releasing a pinned lock\n> and nothing else\n",
  ])("no warning where its condition stands in prose or code: %j", (text) => {
    expect(readSplats(text)).toEqual([]);
  });
});
