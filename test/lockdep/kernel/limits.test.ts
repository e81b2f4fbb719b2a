import { describe, expect, it } from "vitest";
import { KERNEL_LIMITS, type LockdepMap, printReport, type Report } from "../../../lib/index.js";
import { OneTask } from "../one-task.js";

const locks = (t: OneTask, count: number): LockdepMap[] =>
  Array.from({ length: count }, (_, i) => t.lock(`l${i}`));

const firstLine = (t: OneTask): string | undefined => {
  const { report } = t.lockdep;
  return report === null ? undefined : printReport(report).split("\n")[0];
};

/** What is done with so many locks. */
type Work = (t: OneTask, all: readonly LockdepMap[]) => void;

const eachAlone: Work = (t, all) => {
  for (const map of all) t.nest(map);
};
const allNested: Work = (t, all) => {
  t.nest(...all);
};
const pairs: Work = (t, all) => {
  const [first, ...others] = all;
  if (first !== undefined) for (const map of others) t.nest(first, map);
};

describe.each([
  ["MAX_LOCKDEP_KEYS", { keys: 3 }, 3, 4, eachAlone],
  ["MAX_LOCK_DEPTH", { depth: 4 }, 3, 4, allNested],
  ["MAX_LOCKDEP_ENTRIES", { entries: 4 }, 3, 4, pairs],
  ["MAX_LOCKDEP_CHAINS", { chains: 3 }, 3, 4, eachAlone],
  ["MAX_LOCKDEP_CHAIN_HLOCKS", { chainHlocks: 6 }, 3, 4, eachAlone],
  ["MAX_STACK_TRACE_ENTRIES", { stackTraceEntries: 5 }, 1, 2, eachAlone],
] as const)("%s", (limit, limits, fits, tooMany, work) => {
  it("is silent up to the limit", () => {
    const t = new OneTask({ limits });
    work(t, locks(t, fits));
    expect(t.kinds).toEqual([]);
  });

  it("is reported with the kernel's own message, and turns lockdep off", () => {
    const t = new OneTask({ limits });
    work(t, locks(t, tooMany));
    expect(firstLine(t)).toBe(`BUG: ${limit} too low!`);
    expect(t.lockdep.debug_locks).toBe(false);
  });
});

it("the depth that was too low is said with the locks that fill it", () => {
  const t = new OneTask({ limits: { depth: 2 } });
  allNested(t, locks(t, 2));
  const report: Report | null = t.lockdep.report;
  expect(report === null ? [] : printReport(report).split("\n").slice(1, 4)).toEqual([
    "turning off the locking correctness validator.",
    "depth: 2  max: 2!",
    "2 locks held by task/0:",
  ]);
});

it("locks under one nest lock are counted in 11 bits: 2,047 fit, one more is warned of", () => {
  const t = new OneTask();
  const [outer, inner] = [t.lock("outer"), t.lock("inner")];
  t.take(outer);
  for (let count = 0; count < 2047; count++) t.takeUnder(outer, inner);
  expect(t.kinds).toEqual([]);
  t.takeUnder(outer, inner);
  expect(t.only("debug-locks-warn").condition).toBe("hlock->references < references");
});

it("the limits are the kernel's unless they are set", () => {
  const t = new OneTask();
  allNested(t, locks(t, KERNEL_LIMITS.depth - 1));
  expect(t.kinds).toEqual([]);
  allNested(t, locks(t, KERNEL_LIMITS.depth));
  expect(t.kinds).toEqual(["limit"]);
});

describe("the queue of the search", () => {
  /** From one lock to `width` others, and from each of those on: that many lists wait at once. */
  const fan = (t: OneTask, width: number): void => {
    const [top, ...rest] = locks(t, 2 * width + 1);
    if (top === undefined) return;
    const left = rest.slice(0, width);
    for (const [i, map] of left.entries()) t.nest(top, map, rest[width + i] ?? map);
    t.nest(t.lock("new"), top);
  };

  it("is silent while it suffices, and an error where it does not", () => {
    const wide = new OneTask({ limits: { queue: 64 } });
    fan(wide, 8);
    expect(wide.kinds).toEqual([]);
    const narrow = new OneTask({ limits: { queue: 4 } });
    fan(narrow, 8);
    expect(narrow.kinds).toEqual(["bfs-error"]);
    const { report } = narrow.lockdep;
    expect(report === null ? "" : printReport(report)).toContain("\nlockdep bfs error:-1\n");
  });
});

describe("subclasses", () => {
  it("go up to 7 and no further", () => {
    const t = new OneTask();
    const a = t.lock("a");
    for (let subclass = 0; subclass < 8; subclass++) t.take(a, 0, subclass);
    expect(t.kinds).toEqual([]);
    t.take(a, 0, 8);
    expect(firstLine(t)).toBe("BUG: looking up invalid subclass: 8");
  });
});

describe("keys", () => {
  const dynamic = { key: "heap", keyStorage: "dynamic" } as const;

  it("of the heap count while they are registered, and all is forgotten afterwards", () => {
    const t = new OneTask();
    t.lockdep.lockdep_register_key("heap");
    const [a, b] = [t.lock("a", "raw", dynamic), t.lock("b")];
    t.nest(a, b);
    expect(t.lockdep.graph().edges).toHaveLength(1);
    t.lockdep.lockdep_unregister_key("heap");
    const { classes, edges, chains } = t.lockdep.graph();
    expect([classes.map(({ name }) => name), edges, chains.length]).toEqual([["b"], [], 0]);
    t.lockdep.lockdep_register_key("heap");
    t.nest(b, a);
    expect(t.kinds).toEqual([]);
    expect(t.lockdep.proc_lockdep_stats()).toContain(
      " zapped classes:                          1\n",
    );
  });

  it("of the heap that were never registered are refused", () => {
    const t = new OneTask();
    t.lock("a", "raw", dynamic);
    expect(t.kinds).toEqual(["debug-locks-warn"]);
    expect(firstLine(t)).toBe("BUG: key heap has not been registered!");
  });

  it("are warned of when registered twice, or unregistered without", () => {
    const t = new OneTask();
    t.lockdep.lockdep_register_key("heap");
    t.lockdep.lockdep_register_key("heap");
    t.lockdep.lockdep_unregister_key("other");
    expect(t.kinds).toEqual(["warn", "warn"]);
  });

  it("may not be missing", () => {
    const t = new OneTask();
    t.take(t.lock("a", "raw", { keyStorage: "none" }));
    expect(firstLine(t)).toBe("INFO: trying to register non-static key.");
  });

  it("have one name: another name under a used key is warned of", () => {
    const t = new OneTask();
    t.nest(t.lock("a", "raw", { key: "k", name: "one" }));
    t.nest(t.lock("b", "raw", { key: "k", name: "two" }));
    expect(t.kinds).toEqual(["warn"]);
  });
});
