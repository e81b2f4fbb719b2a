import { describe, expect, it } from "vitest";
import { OneTask } from "./one-task.js";

const AT = ["somewhere"];

describe("recursion", () => {
  it("is reported for two locks of a class, and silent for two subclasses", () => {
    const wrong = new OneTask();
    const pair = (t: OneTask): readonly ReturnType<OneTask["lock"]>[] =>
      ["a", "b"].map((id) => t.lock(id, "raw", { name: "&x->lock", key: "x" }));
    for (const map of pair(wrong)) wrong.take(map);
    expect(wrong.only("recursive").holding.instance).toBe("a");

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
    const { chain, acquiring, holding, scenario } = t.only("circular");
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
    expect(t.only("bad-unlock").name).toBe("b");
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
    expect(t.only("nested-not-taken").nestLock).toBe("outer");
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
    expect(freed.only("held-freed").lock.instance).toBe("a");

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
      expect(t.only(kind).held.map(({ instance }) => instance)).toEqual(["a"]);
    }
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
    expect(t.only("circular").scenario.rows.at(-1)).toEqual({ cpu: 0, op: "sync", lock: "a" });
  });
});
