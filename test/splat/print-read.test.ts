import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { HeldLockView, Report } from "../../lib/lockdep/index.js";
import { Lockdep, parseLockProgram, runLockProgram } from "../../lib/lockdep/index.js";
import { comesBack, toProgram } from "../../lib/splat/program/to-program.js";
import { printReport } from "../../lib/splat/print/index.js";
import { readSplats } from "../../lib/splat/read/read.js";
import type { LockMention } from "../../lib/splat/report/index.js";
import type { ReadReport } from "./read-report.js";

const file = new URL("../oracle/programs.jsonl", import.meta.url);

function answer(line: string): Report | null {
  const parsed = parseLockProgram(line);
  if (!parsed.ok) throw new Error(parsed.error);
  return runLockProgram(parsed.program, new Lockdep())?.report ?? null;
}

const reports = readFileSync(file, "utf8")
  .trimEnd()
  .split("\n")
  .map(answer)
  .filter((report) => report !== null);

const said = ({ class: lock, instance, at }: HeldLockView): Record<string, unknown> => ({
  name: lock.name,
  usage: lock.usage,
  wait: `${lock.waitOuter}:${lock.waitInner}`,
  addr: instance,
  at: at[0] ?? null,
});

const read = (lock: LockMention | null | undefined): Record<string, unknown> | null =>
  lock == null
    ? null
    : {
        name: lock.name,
        usage: lock.usage,
        wait: lock.wait,
        addr: lock.addr,
        at: lock.at?.symbol ?? null,
      };

/** What the value says and what was read, side by side. */
function sides(report: Report, back: ReadReport): readonly (readonly [unknown, unknown])[] {
  const common: readonly (readonly [unknown, unknown])[] = [
    [report.kind, back.kind],
    [
      [report.task.comm, report.task.pid],
      [back.task?.comm, back.task?.pid],
    ],
    // The kernel prints no stack on the way to user space.
    [report.kind === "user-space" ? [] : report.stack, back.backtrace.map(({ symbol }) => symbol)],
    [
      report.stack.length > 0 ? [] : ["the stack backtrace"],
      back.unrecovered.map(({ what }) => what),
    ],
  ];
  switch (report.kind) {
    case "circular":
      return [
        ...common,
        [said(report.acquiring), read(back.acquiring)],
        [said(report.holding), read(back.holding)],
        [
          report.chain.map((step) => [step.class.name, step.class.usage, step.stack]),
          [...(back.chain ?? [])]
            .reverse()
            .map(({ lock, frames }) => [lock.name, lock.usage, frames.map(({ symbol }) => symbol)]),
        ],
        [report.scenario.chain ?? [], back.chainSummary],
        [report.scenario.rows.length, back.scenario?.rows.length],
        [report.held.map(said), back.held?.locks.map(read)],
      ];
    case "recursive":
      return [
        ...common,
        [said(report.acquiring), read(back.acquiring)],
        [said(report.holding), read(back.holding)],
      ];
    case "inconsistent":
      return [
        ...common,
        [said(report.lock), read(back.acquiring)],
        [
          [report.before.state, report.now],
          [back.usageFrom, back.usageTo],
        ],
        [report.before.stack, back.registered?.frames.map(({ symbol }) => symbol)],
      ];
    case "irq-inversion":
      return [
        ...common,
        [said(report.lock), read(back.acquiring)],
        [report.other.name, back.other?.lock.name],
        [report.forwards ? "took" : "taken by", back.other?.direction],
        [
          report.path.map((step) => [step.class.name, step.usages.map(({ state }) => state)]),
          back.usageBlocks?.map(({ lock, states }) => [
            lock.name,
            states.map(({ state }) => state),
          ]),
        ],
      ];
    case "irq-safe-unsafe":
      return [
        ...common,
        [said(report.acquiring), read(back.acquiring)],
        [said(report.holding), read(back.holding)],
        [report.safe.name, back.connectsSafe?.lock.name],
        [report.unsafe.name, back.connectsUnsafe?.lock.name],
        [
          [...report.safePath, ...report.unsafePath].map((step) => step.class.name),
          back.usageBlocks?.map(({ lock }) => lock.name),
        ],
      ];
    case "wait-context":
      return [
        ...common,
        [said(report.acquiring), read(back.acquiring)],
        [`${report.context}:${report.context}`, back.context],
      ];
    case "bad-unlock":
      return [...common, [report.name, back.releasing?.name]];
    case "nested-not-taken":
      return [...common, [report.nestLock, back.nestLock]];
    case "held-freed":
      return [...common, [said(report.lock), read(back.heldInFreed)]];
    default:
      return common;
  }
}

function check(report: Report): void {
  const text = printReport(report);
  const [back, ...more] = readSplats(text);
  expect(more, text).toEqual([]);
  if (back === undefined) throw new Error(`nothing read of\n${text}`);
  for (const [want, got] of sides(report, back)) expect(got, text).toEqual(want);
}

describe("what the lab prints is what it reads", () => {
  it("for every report of the programs that a real kernel answered", () => {
    for (const report of reports) check(report);
    expect(reports.length).toBeGreaterThan(700);
  });

  it("and comes back from a program made of the text alone", () => {
    const kinds = ["circular", "recursive", "inconsistent", "irq-inversion", "irq-safe-unsafe"];
    const ordered = reports.filter(({ kind }) => kinds.includes(kind));
    const back = ordered.filter((report) => {
      const [first] = readSplats(printReport(report));
      const made = first === undefined ? null : toProgram(first);
      return first !== undefined && made?.ok === true && comesBack(first, made.program);
    });
    console.info(
      `programs of the lab's own reports: ${back.length} of ${ordered.length} come back`,
    );
    expect(back.length / ordered.length).toBeGreaterThanOrEqual(0.9);
  });
});

const raw = (
  id: string,
  more: object = {},
): { id: string; name: string; key: string; waitInner: 2 } => ({
  id,
  name: `&${id}->lock`,
  key: id,
  waitInner: 2,
  ...more,
});

/** One way to each kind that no program of the oracle shows. */
const others: Readonly<Record<string, (lockdep: Lockdep) => void>> = {
  "nested-not-taken": (lockdep) => {
    const a = lockdep.lockdep_init_map(raw("a"));
    const b = lockdep.lockdep_init_map(raw("b"));
    lockdep.lock_acquire(a, 0, false, 0, true, b, ["f", "g"]);
  },
  "held-freed": (lockdep) => {
    const a = lockdep.lockdep_init_map(raw("a"));
    lockdep.lock_acquire(a, 0, false, 0, true, null, ["f"]);
    lockdep.debug_check_no_locks_freed(a, ["kfree", "g"]);
  },
  "user-space": (lockdep) => {
    const a = lockdep.lockdep_init_map(raw("a"));
    lockdep.lock_acquire(a, 0, false, 0, true, null, ["f"]);
    lockdep.lockdep_sys_exit(["syscall_exit"]);
  },
  "still-held": (lockdep) => {
    const a = lockdep.lockdep_init_map(raw("a"));
    lockdep.lock_acquire(a, 0, false, 0, true, null, ["f"]);
    lockdep.debug_check_no_locks_held(["do_exit"]);
  },
  limit: (lockdep) => {
    for (let depth = 0; depth <= 48; depth++) {
      const lock = lockdep.lockdep_init_map(raw(`l${depth}`));
      lockdep.lock_acquire(lock, 0, false, 0, true, null, ["f"]);
    }
  },
  "bad-unlock": (lockdep) => {
    lockdep.lock_release(lockdep.lockdep_init_map(raw("a")), ["f", "g"]);
  },
  "invalid-subclass": (lockdep) => {
    const a = lockdep.lockdep_init_map(raw("a"));
    lockdep.lock_acquire(a, 8, false, 0, true, null, ["f"]);
  },
  "non-static-key": (lockdep) => {
    const a = lockdep.lockdep_init_map({ ...raw("a"), keyStorage: "none" });
    lockdep.lock_acquire(a, 0, false, 0, true, null, ["f"]);
  },
  "debug-locks-warn": (lockdep) => {
    const a = lockdep.lockdep_init_map({ ...raw("a"), keyStorage: "dynamic" });
    lockdep.lock_acquire(a, 0, false, 0, true, null, ["f"]);
  },
  warn: (lockdep) => {
    const a = lockdep.lockdep_init_map(raw("a"));
    lockdep.lock_acquire(a, 0, false, 0, true, null, ["f"]);
    lockdep.lock_pin_lock(a, ["f"]);
    lockdep.lock_release(a, ["g"]);
  },
};

describe("what the lab prints is what it reads, kind by kind", () => {
  it.each(Object.entries(others))("%s", (kind, misuse) => {
    const lockdep = new Lockdep();
    lockdep.name_task(0, "CPU 0/KVM", 4263);
    lockdep.run_on(0, 0);
    misuse(lockdep);
    const { report } = lockdep;
    if (report === null) throw new Error("no report");
    expect(report.kind).toBe(kind);
    check(report);
  });

  it("a failed assert", () => {
    const lockdep = new Lockdep();
    lockdep.lockdep_assert_held(lockdep.lockdep_init_map(raw("a")), ["f"]);
    const { report } = lockdep;
    if (report === null) throw new Error("no report");
    check(report);
  });

  it("the breadth-first search out of queue", () => {
    const lockdep = new Lockdep({ limits: { queue: 2 }, shortcuts: false });
    const locks = ["a", "b", "c", "d", "e", "f", "g", "h"].map((id) =>
      lockdep.lockdep_init_map(raw(id)),
    );
    for (const outer of locks) {
      for (const inner of locks.slice(locks.indexOf(outer) + 1)) {
        lockdep.lock_acquire(outer, 0, false, 0, true, null, ["f"]);
        lockdep.lock_acquire(inner, 0, false, 0, true, null, ["g"]);
        lockdep.lock_release(inner, ["g"]);
        lockdep.lock_release(outer, ["f"]);
      }
    }
    const { report } = lockdep;
    if (report === null) throw new Error("no report");
    expect(report.kind).toBe("bfs-error");
    check(report);
  });
});
