import { describe, expect, it } from "vitest";
import { circlesIn } from "../../../lib/splat/order/circles.js";
import { readOrder } from "../../../lib/splat/read-order.js";
import { instancesOf } from "../../../lib/splat/trace/instances.js";
import { orderOfTrace } from "../../../lib/splat/trace/of-trace.js";
import { isLockTrace, readLockTrace } from "../../../lib/splat/trace/read-trace.js";
import { replayTrace, type TraceReplay } from "../../../lib/splat/trace/replay-trace.js";
import { traceText } from "../../../lib/splat/trace/text.js";

let clock = 0;
const stamp = (): string => `100.${String(clock++).padStart(6, "0")}`;

/** An event as `perf script` prints it, with its stack. */
const perf = (who: string, cpu: number, event: string, ...stack: readonly string[]): string =>
  [
    `${who.padStart(16)} [${String(cpu).padStart(3, "0")}] ${stamp()}: ${event}`,
    ...stack.map((name) => `\tffffffff8110abcd ${name}+0x1d ([kernel.kallsyms])`),
    "",
  ].join("\n");

const take = (who: string, cpu: number, lock: string, ...stack: readonly string[]): string =>
  perf(
    who,
    cpu,
    `lock:lock_acquire: 0xffff8881${lock}`,
    "lock_acquire",
    "_raw_spin_lock",
    ...stack,
  );
const drop = (who: string, cpu: number, lock: string): string =>
  perf(who, cpu, `lock:lock_release: 0xffff8881${lock}`);

const replayed = (...lines: readonly string[]): TraceReplay =>
  replayTrace(readLockTrace(lines.join("\n")));

const abba = [
  take("my comm 1 10", 0, "0000aaaa &a->lock", "first", "one"),
  take("my comm 1 10", 0, "0000bbbb &b->lock", "second", "one"),
  drop("my comm 1 10", 0, "0000bbbb &b->lock"),
  drop("my comm 1 10", 0, "0000aaaa &a->lock"),
  take("other 11/12", 1, "0000bbbb &b->lock", "third", "two"),
  take("other 11/12", 1, "0000aaaa &a->lock", "fourth", "two"),
  drop("other 11/12", 1, "0000aaaa &a->lock"),
  drop("other 11/12", 1, "0000bbbb &b->lock"),
];

describe("a trace of locks", () => {
  it("is read from perf script, trace-cmd report and ftrace's file alike", () => {
    const forms = [
      " my comm-10 [001] 5.000001: lock:lock_acquire: 0xffff888100001234 try read &a->lock\n\tffffffff81 f+0x1 (k)\n",
      "          my comm-10    [001]     5.000001: lock_acquire:         ffff888100001234 try read &a->lock\n my comm-10 [001] 5.000001: kernel_stack: <stack trace >\n=> f (ffffffff81)\n",
      "         my comm-10    [001] d..2.     5.000001: lock_acquire: ffff888100001234 try read &a->lock\n my comm-10 [001] d..2. 5.000001: <stack trace>\n => f\n",
    ];
    for (const text of forms) {
      expect(isLockTrace(text)).toBe(true);
      const { events, unread } = readLockTrace(text);
      expect(unread).toEqual([]);
      expect(events).toMatchObject([
        {
          kind: "acquire",
          comm: "my comm",
          pid: 10,
          cpu: 1,
          time: "5.000001",
          trylock: true,
          read: true,
        },
      ]);
      expect(events[0]?.frames.map(({ symbol }) => symbol)).toEqual(["f"]);
      expect(events[0]).toMatchObject({ address: "ffff888100001234", name: "&a->lock" });
    }
    expect(isLockTrace("WARNING: possible recursive locking detected\n")).toBe(false);
  });

  it("gives every edge the stacks of both locks, and the pairs of locks", () => {
    const { edges, report } = replayed(...abba);
    expect(edges.map(({ from, to, count }) => [from, to, count])).toEqual([
      ["&a->lock", "&b->lock", 1],
      ["&b->lock", "&a->lock", 1],
    ]);
    const [witness] = edges[0]?.witnesses ?? [];
    expect(witness?.heldBy.map(({ symbol }) => symbol)).toContain("first");
    expect(witness?.frames.map(({ symbol }) => symbol)).toContain("second");
    expect(witness).toMatchObject({ comm: "my comm 1", pid: 10, held: ["&a->lock"] });
    expect(edges[1]?.pairs).toEqual([["ffff88810000bbbb", "ffff88810000aaaa"]]);
    expect(report?.kind).toBe("circular");
  });

  it("says whether the locks that were seen close a circle of classes", () => {
    const same = replayed(...abba);
    const apart = replayed(
      ...abba.map((line, at) => (at < 4 ? line : line.replace("0000aaaa", "0000cccc"))),
    );
    const way = (replay: TraceReplay): readonly string[] | null => {
      const [circle] = circlesIn(orderOfTrace(replay, "t")).circles;
      return circle === undefined ? [] : instancesOf(circle, replay.edges);
    };
    expect(way(same)?.toSorted()).toEqual([
      "ffff88810000aaaa",
      "ffff88810000bbbb",
      "ffff88810000bbbb",
    ]);
    expect(way(apart)).toBeNull();
    expect(traceText(same, false)).toContain("The locks that were seen close it");
    expect(traceText(apart, false)).toContain("the classes meet in different locks only");
    expect(traceText(same, false)).toMatch(/held by one > first[^]*taken by one > second/);
  });

  it("counts occasions, and keeps those with other stacks apart", () => {
    const again = [
      ...abba.slice(0, 4),
      ...abba.slice(0, 4),
      ...abba.slice(0, 4).map((line) => line.replace("second", "elsewhere")),
    ];
    const [edge] = replayed(...again).edges;
    expect(edge?.count).toBe(3);
    expect(edge?.witnesses.map(({ count }) => count)).toEqual([2, 1]);
  });

  it("makes no edge into a trylock, and none between an interrupt and what it interrupted", () => {
    const tried = replayed(
      take("x 1", 0, "00000001 &a->lock"),
      perf("x 1", 0, "lock:lock_acquire: 0xffff888100000002 try &b->lock"),
      take("x 1", 0, "00000003 &c->lock"),
    );
    expect(tried.edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
      "&b->lock &c->lock",
      "&a->lock &c->lock",
    ]);
    const interrupted = replayed(
      take("x 1", 0, "00000001 &a->lock"),
      perf("x 1", 0, "irq:irq_handler_entry: irq=9 name=foo"),
      take("x 1", 0, "00000002 &b->lock"),
      drop("x 1", 0, "00000002 &b->lock"),
      perf("x 1", 0, "irq:irq_handler_exit: irq=9 ret=handled"),
      take("x 1", 0, "00000003 &c->lock"),
    );
    expect(interrupted.edges.map(({ from, to }) => `${from} ${to}`)).toEqual(["&a->lock &c->lock"]);
  });

  it("tells a lock that is taken in an interrupt and held with it on, by ftrace's flags", () => {
    const line = (flags: string, event: string): string =>
      `  foo-7 [000] ${flags} ${stamp()}: ${event}: ffff888100000001 &a->lock`;
    const { report } = replayed(
      line("d.h2.", "lock_acquire"),
      line("d.h2.", "lock_release"),
      line("...1.", "lock_acquire"),
      line("...1.", "lock_release"),
    );
    expect(report?.kind).toBe("inconsistent");
    const off = replayed(
      line("d.h2.", "lock_acquire"),
      line("d.h2.", "lock_release"),
      line("d..1.", "lock_acquire"),
      line("d..1.", "lock_release"),
    );
    expect(off.report).toBeNull();
  });

  it("reports no recursion that the trace cannot know to be one", () => {
    const { report, edges } = replayed(
      take("x 1", 0, "00000001 &rq->__lock"),
      take("x 1", 0, "00000002 &rq->__lock"),
    );
    expect(report).toBeNull();
    expect(edges.map(({ from, to }) => `${from} ${to}`)).toEqual(["&rq->__lock &rq->__lock/1"]);
  });

  it("forgets what was held before events were lost, and says what it does not know", () => {
    const gap = replayed(
      take("x 1", 0, "00000001 &a->lock"),
      "CPU:0 [LOST 12 EVENTS]",
      take("x 1", 0, "00000002 &b->lock"),
      drop("x 1", 0, "00000009 &z->lock"),
      " x-1 [000] 7.000000: lock_acquire: gibberish",
    );
    expect(gap.edges).toEqual([]);
    expect(gap.notes.join("\n")).toMatch(
      /lost events \(12\)[^]*1 releases are of locks[^]*were not understood; line \d+: x-1/,
    );
    expect(gap.notes.join("\n")).toContain("does not say what runs in interrupts");
  });

  it("answers what-if questions with all its witnesses", () => {
    const { graph } = readOrder([{ name: "trace.txt", text: abba.join("\n") }]);
    expect(graph.edges[0]?.witnesses[0]).toMatchObject({
      source: "trace.txt, my comm 1/10",
      held: ["&a->lock"],
    });
    expect(circlesIn(graph).circles).toHaveLength(1);
  });

  it("is replayed quickly: a hundred thousand events", () => {
    const lines = Array.from({ length: 25_000 }, (_, at) => [
      `x-1 [000] 1.0: lock_acquire: ffff8881${String(at % 512).padStart(8, "0")} &a->lock`,
      `x-1 [000] 1.0: lock_acquire: ffff8882${String(at % 512).padStart(8, "0")} &b->lock`,
      `x-1 [000] 1.0: lock_release: ffff8882${String(at % 512).padStart(8, "0")} &b->lock`,
      `x-1 [000] 1.0: lock_release: ffff8881${String(at % 512).padStart(8, "0")} &a->lock`,
    ]).flat();
    expect(replayed(...lines).edges).toMatchObject([{ count: 25_000 }]);
  });
});
