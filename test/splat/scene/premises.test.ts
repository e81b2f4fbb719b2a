import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSplats } from "../../../lib/splat/read/read.js";
import { kernelSplats } from "../../../lib/splat/samples/index.js";
import { premiseTable, premiseText } from "../../../lib/splat/scene/premise-table.js";
import { timerAndOpen } from "../written-reports.js";

const table = (text: string) => {
  const [report] = readSplats(text);
  if (report === undefined) throw new Error("not read");
  return premiseTable(report);
};

describe("premises of a report", () => {
  const rows = table(kernelSplats.none);

  it("begin with the worst case, which deadlocks, and lockdep says so", () => {
    expect(rows[0]).toMatchObject({ premise: null, explorer: "deadlock", lockdep: "circular" });
  });

  it("show that one path with a lock of its own is enough, and that lockdep still reports", () => {
    const own = rows.filter(({ premise }) => premise?.question === "same instance");
    expect(own).toHaveLength(6);
    expect(own.every(({ explorer, complete }) => explorer === "safe" && complete)).toBe(true);
    expect(own.every(({ lockdep }) => lockdep === "circular")).toBe(true);
  });

  it("show that two paths that never meet, or one outer lock, are enough", () => {
    const others = rows.filter(({ premise }) => /meet|outer/.test(premise?.question ?? ""));
    expect(others).toHaveLength(4);
    expect(others.map(({ explorer }) => explorer)).toEqual(["safe", "safe", "safe", "safe"]);
  });

  it("tell of an interrupt that cannot come, and of reclaim that leaves alone what is in use", () => {
    const irq = table(timerAndOpen(["lock_acquire", "_raw_spin_lock", "dev_open"]));
    const off = irq.find(({ premise }) => premise?.says.includes("softirqs are off"));
    expect(off?.explorer).toBe("safe");
    const file = new URL("../small/E4-reclaim-of-the-debugging.txt", import.meta.url);
    const reclaim = table(readFileSync(file, "utf8"));
    expect(reclaim.find(({ premise }) => premise?.question === "referenced")?.explorer).toBe(
      "safe",
    );
  });

  it("are said as what is enough to argue, and what is not", () => {
    const text = premiseText(rows);
    expect(text).toMatch(/^One lock a class .*: deadlock/);
    expect(text).toContain("Enough to argue: no deadlock is left");
    expect(premiseText([])).toContain("tells no paths");
  });
});
