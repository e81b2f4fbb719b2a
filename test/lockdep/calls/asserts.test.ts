import { describe, expect, it } from "vitest";
import { OneTask } from "../one-task.js";

const AT = ["somewhere"];

describe("pins", () => {
  it("are silent where they are undone first", () => {
    const t = new OneTask();
    const a = t.lock("a");
    t.take(a);
    const cookie = t.lockdep.lock_pin_lock(a, AT);
    t.lockdep.lock_unpin_lock(a, cookie, AT);
    t.lockdep.lock_repin_lock(a, cookie, AT);
    t.lockdep.lock_unpin_lock(a, cookie, AT);
    t.drop(a);
    expect(t.kinds).toEqual([]);
  });

  it("warn of what they are for, and leave lockdep on", () => {
    const t = new OneTask();
    const [a, b] = [t.lock("a"), t.lock("b")];
    t.take(a);
    t.lockdep.lock_pin_lock(b, AT);
    t.lockdep.lock_unpin_lock(b, 1, AT);
    t.lockdep.lock_unpin_lock(a, 1, AT);
    t.lockdep.lock_pin_lock(a, AT);
    t.lockdep.lock_unpin_lock(a, 2, AT);
    t.lockdep.lock_pin_lock(a, AT);
    t.drop(a);
    expect(t.lockdep.reports.map((r) => (r.kind === "warn" ? r.message : r.kind))).toEqual([
      "pinning an unheld lock",
      "unpinning an unheld lock",
      "unpinning an unpinned lock",
      "pin count corrupted",
      "releasing a pinned lock",
    ]);
    expect(t.lockdep.debug_locks).toBe(true);
  });
});

describe("asserts", () => {
  const messages = (t: OneTask): string[] =>
    t.lockdep.reports.map((r) => (r.kind === "warn" ? r.message : r.kind));

  it("are silent where they hold", () => {
    const t = new OneTask();
    const [a, b] = [t.lock("a", "rwlock"), t.lock("b")];
    t.lockdep.lockdep_assert_irqs_enabled(AT);
    t.lockdep.lockdep_assert_none_held(AT);
    t.take(a, 1);
    t.lockdep.lockdep_assert_held(a, AT);
    t.lockdep.lockdep_assert_held(a, AT, "reader");
    t.lockdep.lockdep_assert_not_held(b, AT);
    t.drop(a);
    t.irqsOff(() => {
      t.lockdep.lockdep_assert_irqs_disabled(AT);
    });
    t.bhOff(() => {
      t.lockdep.lockdep_assert_in_softirq(AT);
    });
    t.inHardirq(() => {
      t.lockdep.lockdep_assert_in_irq(AT);
    });
    expect(messages(t)).toEqual([]);
  });

  it("warn where they do not, and leave lockdep on", () => {
    const t = new OneTask();
    const [a, b] = [t.lock("a", "rwlock"), t.lock("b")];
    t.lockdep.lockdep_assert_irqs_disabled(AT);
    t.lockdep.lockdep_assert_in_irq(AT);
    t.lockdep.lockdep_assert_in_softirq(AT);
    t.take(a, 1);
    t.lockdep.lockdep_assert_none_held(AT);
    t.lockdep.lockdep_assert_held(a, AT, "writer");
    t.lockdep.lockdep_assert_held(b, AT);
    t.lockdep.lockdep_assert_not_held(a, AT);
    t.drop(a);
    t.irqsOff(() => {
      t.lockdep.lockdep_assert_irqs_enabled(AT);
    });
    expect(messages(t)).toEqual([
      "lockdep_assert_irqs_disabled()",
      "lockdep_assert_in_irq()",
      "lockdep_assert_in_softirq()",
      "lockdep_assert_none_held_once()",
      "lockdep_assert_held_write()",
      "lockdep_assert_held()",
      "lockdep_assert_not_held()",
      "lockdep_assert_irqs_enabled()",
    ]);
    expect(t.lockdep.debug_locks).toBe(true);
  });
});
