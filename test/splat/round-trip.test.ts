import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Lockdep, type LockdepMap } from "../../lib/lockdep/index.js";
import { printReport } from "../../lib/splat/print/index.js";
import { comesBack, toProgram } from "../../lib/splat/program/to-program.js";
import { runSplatProgram } from "../../lib/splat/program/run.js";
import { readSplats } from "../../lib/splat/read/read.js";
import type { SplatReport } from "../../lib/splat/report/index.js";
import { corpus, hasCorpus } from "./corpus.js";

const returns = (report: SplatReport): boolean => {
  const made = toProgram(report);
  return made.ok && comesBack(report, made.program);
};

const ordered = ["circular", "recursive", "inconsistent", "irq-inversion", "irq-safe-unsafe"];

describe.skipIf(!hasCorpus)("real reports, as programs", () => {
  const first = corpus.flatMap(({ text }) => readSplats(text).slice(0, 1));
  const kinds = [...new Set(first.map(({ kind }) => kind))].sort();
  const shares = kinds.map((kind) => {
    const all = first.filter((report) => report.kind === kind);
    return { kind, reports: all.length, back: all.filter(returns).length };
  });

  it("come back equal from the lab's lockdep, nine in ten of the kinds about order", () => {
    const counted = shares.filter(({ kind }) => ordered.includes(kind));
    const reports = counted.reduce((sum, share) => sum + share.reports, 0);
    const back = counted.reduce((sum, share) => sum + share.back, 0);
    console.info(
      [
        `round trip: ${back} of ${reports} (circular, recursive, inconsistent, irq kinds)`,
        ...shares.map((share) => `  ${share.kind}: ${share.back} of ${share.reports}`),
      ].join("\n"),
    );
    expect(back / reports).toBeGreaterThanOrEqual(0.9);
    expect(counted).toHaveLength(ordered.length);
  });

  it("give a reason where they do not tell enough", () => {
    for (const report of first) {
      const made = toProgram(report);
      if (!made.ok) expect(made.reason.length).toBeGreaterThan(10);
    }
  });
});

const folder = new URL("../oracle/kernel-splats/", import.meta.url);
const printed = readdirSync(folder).map((name) => ({
  name,
  reports: readSplats(readFileSync(new URL(name, folder), "utf8")),
}));

describe("reports of a kernel of our own", () => {
  it("come back equal, every one", () => {
    const reports = printed.flatMap((file) => file.reports);
    expect(reports.map(({ kind }) => kind)).toEqual(["circular", "circular", "wait-context"]);
    expect(reports.filter((report) => !returns(report))).toEqual([]);
  });

  it("come back with usage bits, wait types and readers", () => {
    const [none] = printed.find(({ name }) => name === "none.txt")?.reports ?? [];
    if (none === undefined) throw new Error("none.txt has no report");
    const made = toProgram(none);
    if (!made.ok) throw new Error(made.reason);
    expect(made.program.fidelity).toEqual({ usage: true, waits: true, readers: true });
    const { report } = runSplatProgram(made.program);
    const classes = report?.kind === "circular" ? report.chain.map((step) => step.class) : [];
    expect(classes.map(({ name, usage }) => `${name} ${usage}`)).toEqual([
      "&p->pi_lock -.-.",
      "&rq->__lock -.-.",
      "&per_cpu(wakeup_vcpus_on_cpu_lock, cpu) -...",
    ]);
  });

  it("do not come back when an edge is left out", () => {
    const [none] = printed.find(({ name }) => name === "none.txt")?.reports ?? [];
    if (none === undefined) throw new Error("none.txt has no report");
    const made = toProgram(none);
    if (!made.ok) throw new Error(made.reason);
    const taught = made.program.paths.filter(({ title }) => !title.startsWith("&rq->__lock, then"));
    expect(taught.length).toBeLessThan(made.program.paths.length);
    expect(comesBack(none, { ...made.program, paths: taught })).toBe(false);
  });
});

describe("a report of a kernel without PROVE_RAW_LOCK_NESTING", () => {
  it("comes back from that kernel's lockdep, context and all", () => {
    const kernel = "6.12-no-raw-nesting";
    const lockdep = new Lockdep({ kernel });
    const lock = (name: string, waitInner: 2 | 4): LockdepMap =>
      lockdep.lockdep_init_map({ id: name, name, key: name, waitInner });
    const [raw, mutex] = [lock("raw", 2), lock("mutex", 4)];
    lockdep.lock_acquire(raw, 0, false, 0, true, null, ["f"]);
    lockdep.lock_acquire(mutex, 0, false, 0, true, null, ["g"]);
    const [printed] = lockdep.reports;
    const report = printed && readSplats(printReport(printed, kernel))[0];
    const made = report && toProgram(report);
    if (made?.ok !== true) throw new Error("no program");
    expect(made.program.kernel).toBe(kernel);
    expect(made.program.fidelity.waits).toBe(true);
    expect(runSplatProgram(made.program).report).toMatchObject({
      kind: "wait-context",
      context: 4,
      acquiring: { class: { waitInner: 3 } },
    });
  });
});
