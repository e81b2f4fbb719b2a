import { describe, expect, it } from "vitest";
import {
  CPU,
  type LockRef,
  assign,
  bool,
  device,
  eq,
  explore,
  fn,
  forever,
  hardirq,
  int,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  send_ipi,
  step,
  thread,
  variable,
} from "../../lib/index.js";

const a = raw_spinlock("a");
const b = raw_spinlock("b");
const c = raw_spinlock("c");
const take = (first: LockRef, second: LockRef) => [
  forever([
    raw_spin_lock(first),
    raw_spin_lock(second),
    raw_spin_unlock(second),
    raw_spin_unlock(first),
  ]),
];

describe("explore", () => {
  it("finds AB/BA in two steps", () => {
    const result = explore(
      scenario("AB/BA", {
        sizes: { cpu: 2 },
        processes: [thread("T0", 0, take(a, b)), thread("T1", 1, take(b, a))],
      }),
    );
    expect(result).toMatchObject({ verdict: "deadlock", states: 10, complete: true });
    expect(result.violations.deadlock?.schedule).toHaveLength(2);
  });

  it("finds two threads stuck while a third goes on", () => {
    const result = explore(
      scenario("AB/BA and a bystander", {
        sizes: { cpu: 3 },
        processes: [
          thread("T0", 0, take(a, b)),
          thread("T1", 1, take(b, a)),
          thread("T2", 2, [forever([raw_spin_lock(c), raw_spin_unlock(c)])]),
        ],
      }),
    );
    expect(result).toMatchObject({ verdict: "deadlock", states: 20 });
    expect(result.violations.deadlock?.schedule).toHaveLength(2);
  });

  it("finds who is stuck among so many that one number does not hold them, and nobody if all go on", () => {
    const turn = variable("turn", int(0, 60));
    const relay = (last: number) =>
      scenario("relay", {
        sizes: { cpu: 60 },
        processes: Array.from({ length: 60 }, (_, me) =>
          thread(`T${String(me)}`, me, [
            step("my turn", {
              when: eq(turn, me),
              then: [assign(turn, me === last ? 60 : me + 1)],
            }),
          ]),
        ),
      });
    const result = explore(relay(55));
    expect(result).toMatchObject({ verdict: "deadlock", states: 57 });
    expect(result.violations.deadlock?.message).toContain("T56 waits forever");
    expect(result.violations.deadlock?.message).not.toContain("T55 waits forever");
    expect(explore(relay(59)).verdict).toBe("safe");
  });

  it("finds an IRQ that takes the lock it interrupted, and none with IRQs off", () => {
    const vector = variable("vector", bool, { per: [CPU] });
    const story = (irqsOn: boolean) =>
      scenario("irq", {
        sizes: { cpu: 1 },
        processes: [
          thread("T", 0, irqsOn ? [raw_spin_lock(a), raw_spin_unlock(a)] : []),
          hardirq("handler", vector, () => [fn("handler", [raw_spin_lock(a), raw_spin_unlock(a)])]),
          device("device", [forever([send_ipi(vector, 0)])]),
        ],
      });
    expect(explore(story(true)).verdict).toBe("deadlock");
    expect(explore(story(false)).verdict).toBe("safe");
  });
});
