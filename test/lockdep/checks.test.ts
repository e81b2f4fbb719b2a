import { describe, expect, it } from "vitest";
import type { Report } from "../../lib/index.js";
import { OneTask } from "./one-task.js";

const AT = ["somewhere"];

/** A report of one kind, or a failure that shows what came instead. */
function only<K extends Report["kind"]>(t: OneTask, kind: K): Extract<Report, { kind: K }> {
  expect(t.kinds).toEqual([kind]);
  const found = t.lockdep.reports.find((r): r is Extract<Report, { kind: K }> => r.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
}

describe("recursion", () => {
  it("is reported for two locks of a class, and silent for two subclasses", () => {
    const wrong = new OneTask();
    const pair = (t: OneTask): readonly ReturnType<OneTask["lock"]>[] =>
      ["a", "b"].map((id) => t.lock(id, "raw", { name: "&x->lock", key: "x" }));
    for (const map of pair(wrong)) wrong.take(map);
    expect(only(wrong, "recursive").holding.instance).toBe("a");

    const right = new OneTask();
    for (const [subclass, map] of pair(right).entries()) right.take(map, 0, subclass);
    expect(right.kinds).toEqual([]);
  });

  it("is silent under a nest lock that is held, and reported under one taken too late", () => {
    const held = new OneTask();
    const [outer, a, b] = [
      held.lock("outer"),
      held.lock("a", "raw", { key: "x", name: "x" }),
      held.lock("b", "raw", { key: "x", name: "x" }),
    ];
    held.take(outer).takeUnder(outer, a).takeUnder(outer, b);
    expect(held.lockdep.held_locks().map(({ references }) => references)).toEqual([0, 2]);
    held.drop(a, b, outer);
    expect(held.kinds).toEqual([]);

    const late = new OneTask();
    const [m, c, d] = [
      late.lock("outer"),
      late.lock("c", "raw", { key: "x", name: "x" }),
      late.lock("d", "raw", { key: "x", name: "x" }),
    ];
    late.take(c).take(m).takeUnder(m, d);
    expect(late.kinds).toEqual(["recursive"]);
  });
});

describe("a circle", () => {
  it("names the shortest way round and where each step was learnt", () => {
    const t = new OneTask();
    const [a, b, c] = [t.lock("a"), t.lock("b"), t.lock("c")];
    t.nest(a, b).nest(b, c).nest(a, c).nest(c, a);
    const { chain, acquiring, holding, scenario } = only(t, "circular");
    expect(chain.map((step) => step.class.name)).toEqual(["a", "c"]);
    expect([acquiring.class.name, holding.class.name]).toEqual(["a", "c"]);
    expect(chain.map(({ stack }) => stack[0])).toEqual(["call_14", "call_10"]);
    expect(scenario.chain).toBeNull();
  });

  it("is silent where a trylock makes the second order", () => {
    const t = new OneTask();
    const [a, b] = [t.lock("a"), t.lock("b")];
    t.nest(a, b).take(b).trylock(a).drop(a, b);
    expect(t.kinds).toEqual([]);
  });
});

describe("releases", () => {
  it("may come in any order", () => {
    const t = new OneTask();
    const [a, b, c] = [t.lock("a"), t.lock("b"), t.lock("c")];
    t.take(a).take(b).take(c).drop(a, c, b);
    expect([t.kinds, t.lockdep.held_locks()]).toEqual([[], []]);
  });

  it("of what is not held are reported", () => {
    const t = new OneTask();
    const [a, b] = [t.lock("a"), t.lock("b")];
    t.take(a).drop(b);
    expect(only(t, "bad-unlock").name).toBe("b");
  });

  it("do not reach through an interrupt", () => {
    const t = new OneTask();
    const [a, b] = [t.lock("a"), t.lock("b")];
    t.take(a).inHardirq(() => t.take(b).drop(a));
    expect(t.kinds).toEqual(["bad-unlock"]);
  });
});

describe("a nest lock", () => {
  it("that is not held is reported, with its name", () => {
    const t = new OneTask();
    t.takeUnder(t.lock("outer"), t.lock("a"));
    expect(only(t, "nested-not-taken").nestLock).toBe("outer");
  });
});

describe("lifetime", () => {
  it("a held lock that is freed or initialised again is reported, one that is not held is not", () => {
    const freed = new OneTask();
    const [a, b] = [freed.lock("a"), freed.lock("b")];
    freed.take(a);
    freed.lockdep.debug_check_no_locks_freed(b, AT);
    expect(freed.kinds).toEqual([]);
    freed.lockdep.debug_check_no_locks_freed(a, AT);
    expect(only(freed, "held-freed").lock.instance).toBe("a");

    const map = { id: "l", name: "l", key: "l", waitInner: 2 } as const;
    const again = new OneTask();
    const place = { cpu: 0, task: 0, stack: AT };
    const acquire = {
      kind: "acquire",
      map,
      subclass: 0,
      trylock: false,
      read: 0,
      check: true,
    } as const;
    again.lockdep.feed({ ...place, kind: "init", map });
    again.lockdep.feed({ ...place, ...acquire, nestLock: null });
    expect(again.kinds).toEqual([]);
    expect(again.lockdep.feed({ ...place, kind: "init", map })?.kind).toBe("held-freed");
  });

  it("returning to user space or ending with a lock is reported, without one it is not", () => {
    for (const [leave, kind] of [
      ["lockdep_sys_exit", "user-space"],
      ["debug_check_no_locks_held", "still-held"],
    ] as const) {
      const t = new OneTask();
      const a = t.lock("a");
      t.lockdep[leave](AT);
      expect(t.kinds).toEqual([]);
      t.take(a).lockdep[leave](AT);
      expect(only(t, kind).held.map(({ instance }) => instance)).toEqual(["a"]);
    }
  });
});

describe("downgrading", () => {
  it("lets readers in: a second reader of the class may follow", () => {
    const t = new OneTask();
    const [a, b] = [t.lock("a", "rwsem"), t.lock("b", "rwsem")];
    t.take(a).take(b);
    t.lockdep.lock_downgrade(a, AT);
    expect(t.lockdep.held_locks().map(({ read }) => read)).toEqual([1, 0]);
    expect(t.lockdep.lock_is_held(a, "writer")).toBe(false);
    t.drop(b, a);
    expect(t.kinds).toEqual([]);
  });

  it("what is not held is reported, and so is what is held by a reader", () => {
    const none = new OneTask();
    none.take(none.lock("b")).lockdep.lock_downgrade(none.lock("a", "rwsem"), AT);
    expect(none.kinds).toEqual(["bad-unlock"]);

    const nothing = new OneTask();
    nothing.lockdep.lock_downgrade(nothing.lock("a", "rwsem"), AT);
    expect(only(nothing, "debug-locks-warn").condition).toBe("!depth");

    const reader = new OneTask();
    const a = reader.lock("a", "rwsem");
    reader.take(a, 1).lockdep.lock_downgrade(a, AT);
    expect(only(reader, "warn").message).toBe("downgrading a read lock");
    expect(reader.lockdep.debug_locks).toBe(true);
  });
});

describe("changing the class of a lock", () => {
  it("held: its dependencies are learnt again", () => {
    const t = new OneTask();
    const [a, b] = [t.lock("a"), t.lock("b")];
    t.take(a).take(b);
    t.lockdep.lock_set_class(a, "other", "other", 0, AT);
    t.drop(b, a);
    const { classes, edges } = t.lockdep.graph();
    const name = (index: number): string | undefined =>
      classes.find((c) => c.index === index)?.name;
    expect(edges.map(({ from, to }) => [name(from), name(to)])).toEqual([
      ["a", "b"],
      ["other", "b"],
    ]);
    t.nest(b, a);
    expect(t.kinds).toEqual(["circular"]);
  });

  it("held: a subclass makes room for a second lock of the class", () => {
    const t = new OneTask();
    const [a, b] = ["a", "b"].map((id) => t.lock(id, "raw", { name: "x", key: "x" }));
    if (a === undefined || b === undefined) throw new Error();
    t.take(a).lockdep.lock_set_subclass(a, 1, AT);
    t.take(b).drop(b, a);
    expect(t.kinds).toEqual([]);
  });

  it("not held: a bad unlock", () => {
    const t = new OneTask();
    t.take(t.lock("b")).lockdep.lock_set_subclass(t.lock("a"), 1, AT);
    expect(t.kinds).toEqual(["bad-unlock"]);
  });

  it("before use: another key makes another class, of the same name as #2", () => {
    const t = new OneTask();
    const [a, b] = ["a", "b"].map((id) => t.lock(id, "raw", { name: "x", key: "x" }));
    if (a === undefined || b === undefined) throw new Error();
    t.lockdep.lockdep_set_class(b, "y");
    t.nest(a, b);
    expect(t.kinds).toEqual([]);
    expect(t.lockdep.graph().classes.map(({ name }) => name)).toEqual(["x", "x#2"]);
  });

  it("before use: a subclass is what subclass 0 means from then on", () => {
    const t = new OneTask();
    const [a, b] = ["a", "b"].map((id) => t.lock(id, "raw", { name: "x", key: "x" }));
    if (a === undefined || b === undefined) throw new Error();
    t.lockdep.lockdep_set_subclass(b, 1);
    t.nest(a, b);
    expect(t.kinds).toEqual([]);
    // The kernel counts names, and the class of subclass 1 came first.
    expect(t.lockdep.graph().classes.map(({ name }) => name)).toEqual(["x/1", "x#2"]);
  });

  it("to novalidate: no order is learnt and none reported, but waits are checked", () => {
    const t = new OneTask();
    const [a, b] = [t.lock("a"), t.lock("b")];
    t.lockdep.lockdep_set_novalidate_class(a);
    t.nest(a, b).nest(b, a);
    expect([t.kinds, t.lockdep.graph().edges]).toEqual([[], []]);
    const sleeping = new OneTask();
    const dev = sleeping.lock("dev", "mutex");
    sleeping.lockdep.lockdep_set_novalidate_class(dev);
    sleeping.take(sleeping.lock("rq")).take(dev);
    expect(only(sleeping, "wait-context").context).toBe(5);
  });
});

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

describe("waiting without taking", () => {
  it("lock_sync() reports a circle as a taken lock would, and holds nothing", () => {
    const t = new OneTask();
    const [a, b] = [t.lock("a"), t.lock("b")];
    t.take(a);
    t.lockdep.lock_sync(b, 0, 0, true, AT);
    expect(t.lockdep.held_locks()).toHaveLength(1);
    t.drop(a).take(b);
    expect(t.kinds).toEqual([]);
    t.lockdep.lock_sync(a, 0, 0, true, AT);
    expect(only(t, "circular").scenario.rows.at(-1)).toEqual({ cpu: 0, op: "sync", lock: "a" });
  });
});

describe("interrupts", () => {
  it("may not be enabled in a hardirq", () => {
    const t = new OneTask();
    t.lockdep.lockdep_hardirq_enter();
    t.lockdep.lockdep_hardirqs_on(AT);
    expect(only(t, "debug-locks-warn").condition).toBe("lockdep_hardirq_context()");
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
    const report = only(t, "bad-unlock");
    expect([report.task.id, report.task.cpu, report.held]).toEqual([1, 1, []]);
  });

  it("are named as reports print them", () => {
    const t = new OneTask();
    t.lockdep.name_task(0, "CPU 0/KVM", 4263);
    t.drop(t.lock("a"));
    expect(only(t, "bad-unlock").task).toMatchObject({ comm: "CPU 0/KVM", pid: 4263 });
  });
});
