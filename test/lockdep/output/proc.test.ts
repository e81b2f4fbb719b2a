import { describe, expect, it } from "vitest";
import { OneTask } from "../one-task.js";

/** a over b over c, b once in a hardirq, and a reader of c. */
function learnt(): OneTask {
  const t = new OneTask();
  const [a, b, c] = [t.lock("a", "spin"), t.lock("b", "spin"), t.lock("c", "rwlock")];
  t.irqsOff(() => t.nest(a, b));
  t.inHardirq(() => t.nest(b));
  t.irqsOff(() => t.take(b, 0, 1).take(c, 2).drop(c, b));
  expect(t.kinds).toEqual([]);
  return t;
}

describe("/proc/lockdep", () => {
  it("lists classes with their counts, usage and neighbours", () => {
    expect(learnt().lockdep.proc_lockdep()).toBe(
      [
        "all lock classes:",
        "a FD:    2 BD:    1 ....: a",
        " -> [b] b",
        "",
        "b FD:    1 BD:    2 -...: b",
        "",
        "b+0x1 FD:    2 BD:    1 ....: b/1",
        " -> [c] c",
        "",
        "c FD:    1 BD:    2 ....: c",
        "",
        "",
      ].join("\n"),
    );
  });

  it("is empty before the first lock", () => {
    expect(new OneTask().lockdep.proc_lockdep()).toBe("");
  });

  it("leaves out what is not a neighbour", () => {
    const t = new OneTask();
    const [a, b, c] = [t.lock("a"), t.lock("b"), t.lock("c")];
    t.take(a).trylock(b).take(c).drop(c, b, a);
    expect(t.lockdep.graph().edges.map(({ distance }) => distance)).toEqual([2, 1]);
    expect(t.lockdep.proc_lockdep()).not.toContain("a FD:    2 BD:    1 +.+.: a\n -> ");
    expect(t.lockdep.proc_lockdep()).toContain(": b\n -> [c] c\n");
  });
});

describe("/proc/lockdep_chains", () => {
  it("lists every chain with its context", () => {
    expect(learnt().lockdep.proc_lockdep_chains()).toBe(
      [
        "all lock chains:",
        ...["irq_context: 0", "[a] a", ""],
        ...["irq_context: 0", "[a] a", "[b] b", ""],
        ...["irq_context: hardirq", "[b] b", ""],
        ...["irq_context: 0", "[b+0x1] b/1", ""],
        ...["irq_context: 0", "[b+0x1] b/1", "[c] c", ""],
        "",
      ].join("\n"),
    );
  });
});

describe("/proc/lockdep_stats", () => {
  it("counts what is known", () => {
    const rows = learnt().lockdep.proc_lockdep_stats().split("\n");
    const value = (label: string): string | undefined =>
      rows
        .find((row) => row.startsWith(` ${label}:`))
        ?.slice(31)
        .trim();
    expect(rows[0]).toBe(" lock-classes:                            4 [max: 8192]");
    expect(
      [
        "direct dependencies",
        "indirect dependencies",
        "all direct dependencies",
        "dependency chains",
        "dependency chain hlocks used",
        "in-hardirq chains",
        "in-softirq chains",
        "in-process chains",
        "combined max dependencies",
        "hardirq-safe locks",
        "hardirq-unsafe locks",
        "uncategorized locks",
        "max locking depth",
        "debug_locks",
      ].map((label) => [label, value(label)]),
    ).toEqual([
      ["direct dependencies", "4 [max: 32768]"],
      ["indirect dependencies", "6"],
      ["all direct dependencies", "4"],
      ["dependency chains", "5 [max: 65536]"],
      ["dependency chain hlocks used", "10 [max: 327680]"],
      ["in-hardirq chains", "1"],
      ["in-softirq chains", "0"],
      ["in-process chains", "4"],
      ["combined max dependencies", "10"],
      ["hardirq-safe locks", "1"],
      ["hardirq-unsafe locks", "0"],
      ["uncategorized locks", "2"],
      ["max locking depth", "2"],
      ["debug_locks", "1"],
    ]);
  });

  it("says when lockdep is off", () => {
    const t = new OneTask();
    t.drop(t.lock("a"));
    expect(t.lockdep.proc_lockdep_stats()).toMatch(/ debug_locks: +0\n/);
  });
});
