import { describe, expect, it } from "vitest";
import { bothOn, type Verdicts } from "../../lib/verdict/index.js";
import {
  CPU,
  bool,
  device,
  forever,
  local_bh_disable,
  local_bh_enable,
  scenario,
  send_ipi,
  softirq,
  spin_lock,
  spin_unlock,
  spinlock,
  thread,
  variable,
  type Statement,
} from "../../lib/machine/index.js";

const queue = spinlock("queue->lock");
const critical = [spin_lock(queue), spin_unlock(queue)];

/** A softirq that takes the lock, and a task. */
function beside(task: readonly Statement[]): Verdicts {
  const pending = variable("NET_RX", bool, { per: [CPU] });
  return bothOn(
    scenario("a softirq", {
      sizes: { cpu: 1 },
      processes: [
        thread("task", 0, [forever(task)]),
        softirq("net_rx_action", pending, () => critical),
        device("nic", [forever([send_ipi(pending, 0)])]),
      ],
    }),
  );
}

describe("a softirq", () => {
  it("that takes a lock which a task holds with bottom halves on: both judges see it", () => {
    const { report, quadrant, result } = beside(critical);
    expect([quadrant, report?.kind]).toEqual(["both find it", "inconsistent"]);
    expect(result.violations.deadlock).not.toBeNull();
  });

  it("is kept out by local_bh_disable(), and lockdep knows: it serves with bottom halves off", () => {
    const { report, quadrant } = beside([local_bh_disable(), ...critical, local_bh_enable()]);
    expect([quadrant, report]).toEqual(["both find nothing", null]);
  });
});
