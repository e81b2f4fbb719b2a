import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Lockdep, printReport } from "../../../lib/index.js";

const splat = readFileSync(
  new URL("../../oracle/kernel-splats/novalidate.txt", import.meta.url),
  "utf8",
).split("\n");

it("turning validation off for the wakeup lock trades the circle for a wait context, as printed", () => {
  const lockdep = new Lockdep();
  lockdep.name_task(0, "CPU 0/KVM", 33);
  // Every lock that is not validated is of one class, with the name of the first one: a device's.
  const dev = lockdep.lockdep_init_map({
    id: "dev",
    name: "&dev->mutex",
    key: "dev",
    waitInner: 4,
  });
  lockdep.lockdep_set_novalidate_class(dev);
  const at = ["device_lock"];
  lockdep.lock_acquire(dev, 0, false, 0, true, null, at);
  lockdep.lock_release(dev, at);

  const rq = lockdep.lockdep_init_map({
    id: "ffff88803ed2aad8",
    name: "&rq->__lock",
    key: "rq",
    waitInner: 2,
  });
  const wakeup = lockdep.lockdep_init_map({
    id: "ffff88803ed1c1f8",
    name: "&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)",
    key: "wakeup",
    waitInner: 2,
  });
  lockdep.lockdep_set_novalidate_class(wakeup);
  lockdep.lockdep_hardirqs_off(at);
  for (const irq of ["hardirq", "softirq"] as const) {
    lockdep[`lockdep_${irq}_enter`](false, at);
    lockdep.lock_acquire(rq, 0, false, 0, true, null, at);
    lockdep.lock_release(rq, at);
    lockdep[`lockdep_${irq}_exit`]();
  }
  lockdep.lock_acquire(rq, 0, false, 0, true, null, ["raw_spin_rq_lock_nested+0x14/0x1d"]);
  lockdep.lock_acquire(wakeup, 0, false, 0, true, null, ["pi_enable_wakeup_handler+0x62/0xa0"]);

  const until = (lines: readonly string[]): string[] =>
    lines
      .slice(0, lines.indexOf("stack backtrace:") + 1)
      .map((line) => (line.endsWith(" Not tainted") ? "RELEASE" : line));
  const { report } = lockdep;
  expect(report === null ? [] : until(printReport(report).split("\n").slice(1))).toEqual(
    until(splat),
  );
});
