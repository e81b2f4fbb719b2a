import { describe, expect, it } from "vitest";
import { OneTask } from "./one-task.js";

const AT = ["somewhere"];

describe("interrupts", () => {
  it("may not be enabled in a hardirq", () => {
    const t = new OneTask();
    t.lockdep.lockdep_hardirq_enter();
    t.lockdep.lockdep_hardirqs_on(AT);
    expect(t.only("debug-locks-warn").condition).toBe("lockdep_hardirq_context()");
  });

  it("give a class the bits that its users had", () => {
    const t = new OneTask();
    const usage = (name: string): string | undefined =>
      t.lockdep.graph().classes.find((c) => c.name === name)?.usage;
    const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => t.lock(name, "spin"));
    if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error();
    t.inHardirq(() => t.nest(a)).inSoftirq(() => t.nest(a));
    t.nest(b);
    t.bhOff(() => t.nest(c));
    t.take(d, 2).drop(d);
    expect(["a", "b", "c", "d"].map(usage)).toEqual(["-.-.", "+.+.", "+...", ".+.+"]);
  });

  it("separate chains: what an interrupt takes does not depend on what it interrupted", () => {
    const t = new OneTask();
    const [a, b] = [t.lock("a"), t.lock("b")];
    t.take(a)
      .inHardirq(() => t.nest(b))
      .drop(a);
    expect(t.lockdep.graph().edges).toEqual([]);
  });
});

describe("turning lockdep off", () => {
  it("happens at the first report", () => {
    const t = new OneTask();
    const a = t.lock("a");
    t.take(a).take(a).drop(a, a, a);
    expect([t.kinds, t.lockdep.debug_locks]).toEqual([["recursive"], false]);
    expect(t.lockdep.lock_is_held(a)).toBeNull();
  });

  it("does not happen in the mode that goes on, which says everything once", () => {
    const t = new OneTask({ keepGoing: true });
    const [a, b] = [t.lock("a"), t.lock("b")];
    for (let i = 0; i < 3; i++) {
      t.take(a).take(a).drop(a, a);
      t.nest(a, b).nest(b, a);
      t.drop(a);
    }
    expect(new Set(t.kinds)).toEqual(new Set(["recursive", "circular", "bad-unlock"]));
    expect(t.kinds.filter((kind) => kind !== "bad-unlock")).toEqual(["recursive", "circular"]);
    expect([t.lockdep.held_locks(), t.lockdep.debug_locks]).toEqual([[], true]);
  });

  it("lockdep_off() hides a task's locks until the matching lockdep_on()", () => {
    const t = new OneTask();
    const a = t.lock("a");
    t.lockdep.lockdep_off();
    t.lockdep.lockdep_off();
    t.take(a).take(a).drop(a, a);
    t.lockdep.lockdep_on();
    t.take(a);
    t.lockdep.lockdep_on();
    expect([t.kinds, t.lockdep.graph().classes]).toEqual([[], []]);
    t.take(a).take(a);
    expect(t.kinds).toEqual(["recursive"]);
  });
});

describe("while lockdep_off() is on", () => {
  it("bottom halves are counted all the same, so that they are on again afterwards", () => {
    const t = new OneTask();
    const a = t.lock("a", "spin");
    t.lockdep.local_bh_disable(AT);
    t.lockdep.lockdep_off();
    t.lockdep.local_bh_enable(AT);
    t.lockdep.lockdep_on();
    t.bhOff(() => {
      expect(t.kinds).toEqual([]);
    });
    t.nest(a).inSoftirq(() => t.nest(a));
    expect(t.kinds).toEqual(["inconsistent"]);
  });

  it("switching IRQs on marks the locks that are held all the same", () => {
    const t = new OneTask();
    const a = t.lock("a");
    t.lockdep.lockdep_hardirqs_off(AT);
    t.take(a);
    t.lockdep.lockdep_off();
    t.lockdep.lockdep_hardirqs_on(AT);
    t.lockdep.lockdep_on();
    t.drop(a).inHardirq(() => t.nest(a));
    expect(t.kinds).toEqual(["inconsistent"]);
  });
});

describe("an annotation on a map alone", () => {
  it("teaches what a lock would", () => {
    const t = new OneTask();
    const [a, b] = [t.lock("a"), t.lock("b")];
    t.nest(a, b).take(b);
    t.lockdep.spin_release(b, AT);
    t.take(a);
    t.lockdep.spin_acquire(b, 1, false, AT);
    t.lockdep.spin_release(b, AT);
    t.drop(a);
    expect([t.kinds, t.lockdep.graph().edges.length]).toEqual([[], 2]);
  });
});

describe("tasks", () => {
  it("hold locks of their own, on whatever CPU", () => {
    const t = new OneTask();
    const a = t.lock("a");
    t.take(a);
    t.lockdep.run_on(1, 1);
    t.drop(a);
    const report = t.only("bad-unlock");
    expect([report.task.id, report.task.cpu, report.held]).toEqual([1, 1, []]);
  });

  it("are named as reports print them", () => {
    const t = new OneTask();
    t.lockdep.name_task(0, "CPU 0/KVM", 4263);
    t.drop(t.lock("a"));
    expect(t.only("bad-unlock").task).toMatchObject({ comm: "CPU 0/KVM", pid: 4263 });
  });
});
