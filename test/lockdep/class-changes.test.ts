import { describe, expect, it } from "vitest";
import { OneTask } from "./one-task.js";

const AT = ["somewhere"];

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
    expect(nothing.only("debug-locks-warn").condition).toBe("!depth");

    const reader = new OneTask();
    const a = reader.lock("a", "rwsem");
    reader.take(a, 1).lockdep.lock_downgrade(a, AT);
    expect(reader.only("warn").message).toBe("downgrading a read lock");
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
    expect(sleeping.only("wait-context").context).toBe(5);
  });
});
