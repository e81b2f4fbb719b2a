/** The full text of each kind that has parts of its own, as a kernel with these functions prints it. */
import { describe, expect, it } from "vitest";
import { Lockdep, type LockdepMap, printReport } from "../../../lib/index.js";

const RULE = (character: string, width: number): string => character.repeat(width);

class Scene {
  readonly lockdep = new Lockdep();

  constructor() {
    this.lockdep.name_task(0, "CPU 0/KVM", 4263);
  }

  lock(name: string, waitInner: 2 | 3 | 4 = 2): LockdepMap {
    return this.lockdep.lockdep_init_map({ id: `0x${name}`, name, key: `${name}_key`, waitInner });
  }

  take(map: LockdepMap, ...stack: string[]): this {
    this.lockdep.lock_acquire(map, 0, false, 0, true, null, stack);
    return this;
  }

  drop(map: LockdepMap, ...stack: string[]): this {
    this.lockdep.lock_release(map, stack);
    return this;
  }

  get text(): string[] {
    const { report } = this.lockdep;
    return report === null ? [] : printReport(report).split("\n");
  }
}

const backtrace = (...stack: string[]): string[] => [
  "stack backtrace:",
  "CPU: 0 UID: 0 PID: 4263 Comm: CPU 0/KVM Not tainted 6.12.0-lab #1",
  "Call Trace:",
  " <TASK>",
  ...stack.map((frame) => ` ${frame}`),
  " </TASK>",
  "",
];

describe("the printed text", () => {
  it("of an inconsistent state has the event stamps and both places", () => {
    const s = new Scene();
    const a = s.lock("a");
    s.take(a, "open", "main").drop(a, "open");
    s.lockdep.lockdep_hardirq_enter(false, ["irq_entry"]);
    s.take(a, "handler", "irq");
    expect(s.text).toEqual([
      "",
      RULE("=", 32),
      "WARNING: inconsistent lock state",
      "6.12.0-lab #1 Not tainted",
      RULE("-", 32),
      "inconsistent {HARDIRQ-ON-W} -> {IN-HARDIRQ-W} usage.",
      "CPU 0/KVM/4263 [HC1[1]:SC0[0]:HE0:SE1] takes:",
      "0xa (a){?.+.}-{2:2}, at: handler",
      "{HARDIRQ-ON-W} state was registered at:",
      "  open",
      "  main",
      "irq event stamp: 1",
      "hardirqs last  enabled at (0): [<0x0>] 0x0",
      "hardirqs last disabled at (1): [<irq_entry>] irq_entry",
      "softirqs last  enabled at (0): [<0x0>] 0x0",
      "softirqs last disabled at (0): [<0x0>] 0x0",
      "",
      "other info that might help us debug this:",
      " Possible unsafe locking scenario:",
      "",
      "       CPU0",
      "       ----",
      "  lock(a);",
      "  <Interrupt>",
      "    lock(a);",
      "",
      " *** DEADLOCK ***",
      "",
      "no locks held by CPU 0/KVM/4263.",
      "",
      ...backtrace("handler", "irq"),
    ]);
  });

  it("of a safe to unsafe order has both paths, each place indented as the kernel does", () => {
    const s = new Scene();
    const [a, b] = [s.lock("a"), s.lock("b")];
    s.take(b, "plain").drop(b, "plain");
    s.lockdep.lockdep_hardirq_enter(false, ["irq_entry"]);
    s.take(a, "handler").drop(a, "handler");
    s.lockdep.lockdep_hardirq_exit();
    s.take(a, "outer").take(b, "inner", "outer");
    expect(s.text.slice(5)).toEqual([
      "CPU 0/KVM/4263 [HC0[0]:SC0[0]:HE0:SE1] is trying to acquire:",
      "0xb (b){+.+.}-{2:2}, at: inner",
      "",
      "and this task is already holding:",
      "0xa (a){-...}-{2:2}, at: outer",
      "which would create a new lock dependency:",
      " (a){-...}-{2:2} -> (b){+.+.}-{2:2}",
      "",
      "but this new dependency connects a HARDIRQ-irq-safe lock:",
      " (a){-...}-{2:2}",
      "",
      "... which became HARDIRQ-irq-safe at:",
      "  handler",
      "",
      "to a HARDIRQ-irq-unsafe lock:",
      " (b){+.+.}-{2:2}",
      "",
      "... which became HARDIRQ-irq-unsafe at:",
      "...",
      "  plain",
      "",
      "other info that might help us debug this:",
      "",
      " Possible interrupt unsafe locking scenario:",
      "",
      "       CPU0                    CPU1",
      "       ----                    ----",
      "  lock(b);",
      "                               local_irq_disable();",
      "                               lock(a);",
      "                               lock(b);",
      "  <Interrupt>",
      "    lock(a);",
      "",
      " *** DEADLOCK ***",
      "",
      "1 lock held by CPU 0/KVM/4263:",
      " #0: 0xa (a){-...}-{2:2}, at: outer",
      "",
      "the dependencies between HARDIRQ-irq-safe lock and the holding lock:",
      "-> (a){-...}-{2:2} {",
      "   IN-HARDIRQ-W at:",
      "                    handler",
      "   INITIAL USE at:",
      "                   handler",
      " }",
      " ... key      at: [<a_key>] a_key",
      "",
      "the dependencies between the lock to be acquired",
      " and HARDIRQ-irq-unsafe lock:",
      "-> (b){+.+.}-{2:2} {",
      "   HARDIRQ-ON-W at:",
      "                    plain",
      "   SOFTIRQ-ON-W at:",
      "                    plain",
      "   INITIAL USE at:",
      "                   plain",
      " }",
      " ... key      at: [<b_key>] b_key",
      " ... acquired at:",
      "   inner",
      "   outer",
      "",
      "",
      ...backtrace("inner", "outer"),
    ]);
  });

  it("of an inversion indents the further lock by its distance", () => {
    const s = new Scene();
    const [a, b] = [s.lock("a"), s.lock("b")];
    s.take(b, "plain").drop(b, "plain");
    s.lockdep.lockdep_hardirqs_off(["off"]);
    s.take(a, "outer").take(b, "inner").drop(b, "inner").drop(a, "outer");
    s.lockdep.lockdep_hardirq_enter(false, ["irq_entry"]);
    s.take(a, "handler");
    const start = s.text.indexOf("the shortest dependencies between 2nd lock and 1st lock:");
    expect(s.text.slice(0, 9)).toEqual([
      "",
      RULE("=", 56),
      "WARNING: possible irq lock inversion dependency detected",
      "6.12.0-lab #1 Not tainted",
      RULE("-", 56),
      "CPU 0/KVM/4263 just changed the state of lock:",
      "0xa (a){-...}-{2:2}, at: handler",
      "but this lock took another, HARDIRQ-unsafe lock in the past:",
      " (b){+.+.}-{2:2}",
    ]);
    expect(s.text.slice(start + 1)).toEqual([
      " -> (b){+.+.}-{2:2} {",
      "    HARDIRQ-ON-W at:",
      "                      plain",
      "    SOFTIRQ-ON-W at:",
      "                      plain",
      "    INITIAL USE at:",
      "                     plain",
      "  }",
      "  ... key      at: [<b_key>] b_key",
      "  ... acquired at:",
      "   inner",
      "",
      "-> (a){-...}-{2:2} {",
      "   IN-HARDIRQ-W at:",
      "                    handler",
      "   INITIAL USE at:",
      "                   outer",
      " }",
      " ... key      at: [<a_key>] a_key",
      " ... acquired at:",
      "   handler",
      "",
      "",
      ...backtrace("handler"),
    ]);
  });

  it("of a bad unlock has the place of the release", () => {
    const s = new Scene();
    s.drop(s.lock("a"), "close", "main");
    expect(s.text.slice(5)).toEqual([
      "CPU 0/KVM/4263 is trying to release lock (a) at:",
      "[<close>] close",
      "but there are no more locks to release!",
      "",
      "other info that might help us debug this:",
      "no locks held by CPU 0/KVM/4263.",
      "",
      ...backtrace("close", "main"),
    ]);
  });

  it("of a wait context has no blank line around its stack", () => {
    const s = new Scene();
    s.take(s.lock("rq"), "schedule").take(s.lock("m", 4), "sleep");
    expect(s.text.slice(2)).toEqual([
      "[ BUG: Invalid wait context ]",
      "6.12.0-lab #1 Not tainted",
      RULE("-", 29),
      "CPU 0/KVM/4263 is trying to lock:",
      "0xm (m){....}-{4:4}, at: sleep",
      "other info that might help us debug this:",
      "context-{5:5}",
      "1 lock held by CPU 0/KVM/4263:",
      " #0: 0xrq (rq){+.+.}-{2:2}, at: schedule",
      ...backtrace("sleep"),
    ]);
  });

  it("of a warning is that of a WARN(), and of a condition that of its source", () => {
    const s = new Scene();
    s.lockdep.lockdep_assert_held(s.lock("a"), ["vcpu_load", "ioctl"]);
    expect(s.text.slice(0, 3)).toEqual([
      "------------[ cut here ]------------",
      "lockdep_assert_held()",
      "WARNING: CPU: 0 PID: 4263 at vcpu_load",
    ]);
    const t = new Scene();
    t.lockdep.lock_downgrade(t.lock("a"), ["f"]);
    expect(t.text.slice(0, 3)).toEqual([
      "------------[ cut here ]------------",
      "DEBUG_LOCKS_WARN_ON(!depth)",
      "WARNING: CPU: 0 PID: 4263 at __lock_downgrade",
    ]);
  });
});
