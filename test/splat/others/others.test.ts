import { describe, expect, it } from "vitest";
import { besideOf } from "../../../lib/splat/others/beside.js";
import { readOthers } from "../../../lib/splat/others/read-others.js";
import { otherText } from "../../../lib/splat/others/text.js";
import { kernelSplats } from "../../../lib/splat/samples/index.js";
import { readSplats } from "../../../lib/splat/read/read.js";

const said = (text: string): string =>
  readOthers(text)
    .map((other) => otherText(other).replace(/\s+/g, " "))
    .join("\n");

const spin = (what: string, fields: string): string =>
  [
    `[  100.500000] BUG: spinlock ${what} on CPU#2, reader/77`,
    `[  100.500000]  lock: foo_lock+0x0/0x40, ${fields}`,
    "[  100.500000] CPU: 2 PID: 77 Comm: reader Not tainted 6.16.0 #1",
    "[  100.500000] Call Trace:",
    "[  100.500000]  dump_stack_lvl+0x1/0x2",
    "[  100.500000]  do_raw_spin_lock+0x1/0x2",
    "[  100.500000]  foo_read+0x1/0x2",
    "[  100.500000]  kthread+0x1/0x2",
    "",
  ].join("\n");

describe("the debugging of spinlocks", () => {
  it("says who has the lock that a CPU spins for: somebody waits now", () => {
    const text = spin("lockup suspected", ".magic: dead4ead, .owner: writer/78, .owner_cpu: 1");
    expect(said(text)).toContain(
      "reader/77 on CPU 2 spins for foo_lock+0x0/0x40 in foo_read; writer/78 has it, taken on CPU 1, on foo_read",
    );
    expect(said(text)).toContain("somebody waits now");
    expect(said(text)).toContain("The stack of the owner");
  });

  it("does not take another task on the same CPU for the one that spins", () => {
    const text = spin("cpu recursion", ".magic: dead4ead, .owner: writer/78, .owner_cpu: 2");
    expect(said(text)).toContain(
      "reader/77 on CPU 2 takes foo_lock+0x0/0x40 in foo_read, which writer/78 took on the same CPU",
    );
    expect(said(text)).not.toContain("waits for itself");
  });

  it("knows that nobody spins on a kernel for one CPU", () => {
    const text = spin(
      "trylock failure on UP",
      ".magic: dead4ead, .owner: writer/78, .owner_cpu: 0",
    );
    expect(said(text)).toContain("reader/77 tries foo_lock+0x0/0x40 in foo_read, which is taken");
    expect(said(text)).not.toContain("waits for itself");
  });

  it("says so as well where a mailer moved the owner to the next line", () => {
    const text = spin("lockup suspected", ".magic: dead4ead, .owner:\nwriter/78, .owner_cpu: 1");
    expect(said(text)).toContain("writer/78 has it, taken on CPU 1");
    expect(said(text)).not.toContain("The line with .magic");
  });

  it("knows the owner that was interrupted or slept on the same CPU", () => {
    const text = spin("lockup suspected", ".magic: dead4ead, .owner: writer/78, .owner_cpu: 2");
    expect(said(text)).toContain("The owner took it on the very CPU that now wants it");
  });

  it("knows the task that waits for itself", () => {
    const same = ".magic: dead4ead, .owner: reader/77, .owner_cpu: 2";
    for (const what of ["lockup suspected", "recursion"]) {
      expect(said(spin(what, same))).toContain("which it has already: it waits for itself");
    }
  });

  it.each([
    ["00000000", "never initialised"],
    ["6b6b6b6b", "its memory was freed"],
    ["5a5a5a5a", "never written"],
    ["12345678", "overwritten"],
  ])("says what a magic of %s means", (magic, means) => {
    const text = spin("bad magic", `.magic: ${magic}, .owner: <none>/-1, .owner_cpu: 0`);
    expect(said(text)).toContain(means);
    expect(
      said(spin("bad magic", ".magic: dead4ead, .owner: <none>/-1, .owner_cpu: -1")),
    ).not.toContain(means);
  });
});

describe("trackers of other systems", () => {
  it("DEPT: each context, by what it waits for and what does not come", () => {
    const text = [
      "DEPT: Circular dependency has been detected.",
      "6.15.0-rc6 #5 Not tainted",
      "context A",
      "   [S] lock(foo:0)",
      "   [W] wait_for_page(bar:0)",
      "   [E] unlock(foo:0)",
      "context B",
      "   [S] (unknown)(bar:0)",
      "   [W] lock(foo:0)",
      "   [E] clear_page(bar:0)",
      "",
    ].join("\n");
    expect(said(text)).toContain(
      "Context A: from lock(foo:0) on it waits in wait_for_page(bar:0), so that unlock(foo:0) does not come.",
    );
    expect(said(text)).toContain("Context B: from (unknown)(bar:0) on it waits in lock(foo:0)");
  });

  it.each([
    [
      "FreeBSD",
      "lock order reversal:",
      " 1st 0xfffff80003a0b5f0 foo (foo, sleep mutex) @ /sys/kern/foo.c:12",
      " 2nd 0xfffff80003a0b777 bar (bar, rw) @ /sys/kern/bar.c:34",
      "foo at 0xfffff80003a0b5f0 (/sys/kern/foo.c:12)",
    ],
    [
      "OpenBSD",
      "witness: lock order reversal:",
      " 1st 0xfffffd8008716188 foo (&map->lock)",
      " 2nd 0xfffffd806f67fa38 bar (&ip->i_lock)",
      "foo at 0xfffffd8008716188",
    ],
  ])(
    "WITNESS of %s: the two locks, and that the other order is missing",
    (_, head, one, two, first) => {
      const text = [head, one, two, "stack backtrace:", ""].join("\n");
      expect(said(text)).toContain(`is taken while ${first} is held, and elsewhere`);
      expect(said(text)).toContain("Where the other order was taken");
    },
  );

  it("ThreadSanitizer: the circle and each of its edges, by the program's own functions", () => {
    const text = [
      "WARNING: ThreadSanitizer: lock-order-inversion (potential deadlock) (pid=4557)",
      "  Cycle in lock order graph: M0 (0x7b10) => M1 (0x7b20) => M0",
      "",
      "  Mutex M1 acquired here while holding mutex M0 in thread T1:",
      "    #0 pthread_mutex_lock <null> (prog+0x4a1)",
      "    #1 foo_take foo.cc:21:3 (prog+0x4b2)",
      "",
      "  Mutex M0 acquired here while holding mutex M1 in main thread:",
      "    #0 pthread_mutex_lock <null> (prog+0x4a1)",
      "    #1 main foo.cc:44:3 (prog+0x4b2)",
      "",
    ].join("\n");
    expect(said(text)).toContain(
      "M1 is taken while M0 is held, in thread T1, in foo_take (foo.cc:21",
    );
    expect(said(text)).toContain(
      "M0 is taken while M1 is held, in main thread, in main (foo.cc:44",
    );
  });

  it("are none in prose, nor where the headline stands alone", () => {
    for (const prose of [
      "Take them early to avoid lock order reversal with disk->open_mutex.\n  1st step\n",
      "lock order reversal:\n",
      "DEPT: Circular dependency has been detected.\n",
    ]) {
      expect(readOthers(prose)).toEqual([]);
    }
  });
});

describe("what stands beside a report", () => {
  it("tells of the same task, and of who spins for its lock", () => {
    const [report] = readSplats(kernelSplats.none);
    if (report?.task == null) throw new Error("no task was read");
    const name = `${report.task.comm}/${String(report.task.pid)}`;
    const after = (text: string): readonly string[] =>
      besideOf(report, readOthers(`${kernelSplats.none}\n${text}`));
    const owned = spin("lockup suspected", `.magic: dead4ead, .owner: ${name}, .owner_cpu: 1`);
    expect(after(owned)[0]).toContain(`reader/77 spins for a lock that ${name} has`);
    const others = spin("lockup suspected", ".magic: dead4ead, .owner: writer/78, .owner_cpu: 1");
    expect(after(others)).toEqual([]);
  });
});
