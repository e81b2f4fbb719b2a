/**
 * The printed text, held to what a real kernel's console showed, line by line: the model is given
 * the kernel's addresses and functions, so that nothing has to be left out of the comparison.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Lockdep, printReport } from "../../../lib/index.js";

const splat = readFileSync(
  new URL("../../oracle/kernel-splats/none.txt", import.meta.url),
  "utf8",
).split("\n");

/** The frames of a `-> #N` entry, from the function on that took the lock. */
function stackOf(step: number, from: string): string[] {
  const start = splat.findIndex((line) => line.startsWith(`-> #${step} `));
  const end = splat.indexOf("", start);
  const frames = splat.slice(start + 1, end).map((line) => line.trim());
  return frames.slice(frames.findIndex((frame) => frame.startsWith(`${from}+`)));
}

describe("the circle of the posted interrupts", () => {
  it("is printed as the kernel printed it", () => {
    const lockdep = new Lockdep();
    lockdep.name_task(0, "swapper/0", 1);
    const lock = (name: string, id: string, waitInner: 2 | 4) =>
      lockdep.lockdep_init_map({ id, name, key: name, waitInner });
    const tty = lock("tty_mutex", "ffffffff81c06ba8", 4);
    const legacy = lock("&tty->legacy_mutex", "ffff8880005a59c0", 4);
    const pi = lock("&p->pi_lock", "ffff8880005aa7c8", 2);
    const rq = lock("&rq->__lock", "ffff88803ed2aad8", 2);
    const wakeup = lock("&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)", "ffff88803ed1c1f8", 2);
    const take = (map: typeof pi, stack: readonly string[]): void => {
      lockdep.lock_acquire(map, 0, false, 0, true, null, stack);
    };
    const both = (outer: typeof pi, inner: typeof pi, stack: readonly string[]): void => {
      take(outer, stack);
      take(inner, stack);
      lockdep.lock_release(inner, stack);
      lockdep.lock_release(outer, stack);
    };
    const boot = ["boot"];
    const fork = stackOf(1, "_raw_spin_lock_nested");
    const out = stackOf(2, "_raw_spin_lock_nested");

    take(tty, ["tty_open+0x57/0x39b"]);
    take(legacy, ["tty_lock+0x24/0x27"]);
    lockdep.lockdep_hardirqs_off(boot);
    lockdep.run_on(0, 1);
    both(pi, rq, fork);
    for (const irq of ["hardirq", "softirq"] as const) {
      lockdep[`lockdep_${irq}_enter`](false, boot);
      both(pi, rq, boot);
      lockdep[`lockdep_${irq}_exit`]();
    }
    both(rq, wakeup, out);
    lockdep.run_on(0, 0);
    lockdep.lockdep_hardirq_enter(false, boot);
    take(wakeup, ["pi_wakeup_handler+0x4d/0xbd"]);
    take(pi, stackOf(0, "try_to_wake_up"));

    const { report } = lockdep;
    const ours = report === null ? [] : printReport(report).split("\n").slice(1);
    const leftOut = ["__lock_acquire", "lock_acquire", "_raw_spin_lock_irqsave"];
    const entry = splat.findIndex((line) => line.startsWith("-> #0"));
    const theirs = splat.filter(
      (line, i) => i <= entry || i > entry + 3 || !leftOut.some((f) => line.trim().startsWith(f)),
    );
    const until = (lines: readonly string[]): string[] =>
      lines
        .slice(0, lines.indexOf("stack backtrace:") + 1)
        .map((line) => (line.endsWith(" Not tainted") ? "RELEASE" : line));
    expect(until(ours)).toEqual(until(theirs));
  });
});
