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

  it("ask first whether it is one lock, where a class is taken under itself and the report does not say", () => {
    const read = (name: string) =>
      readFileSync(new URL(`../small/${name}.txt`, import.meta.url), "utf8");
    for (const name of ["K2-single-lock-by-its-name", "A-hidden-address-ptrval1"]) {
      const [bare, one, ...two] = table(read(name));
      expect(bare?.explorer).toBe("deadlock");
      expect(one?.premise?.question).toBe("same instance");
      expect(one?.premise?.says).toMatch(
        /^Both are one `.*`: who takes it twice waits for itself.$/,
      );
      expect(one?.explorer).toBe("deadlock");
      expect(two.map(({ premise }) => premise?.says)).toSatisfy((all: string[]) =>
        all.every((says) => says.startsWith("There are two `")),
      );
      expect(two.every(({ explorer }) => explorer === "safe")).toBe(true);
    }
    // Two addresses: nothing is left to ask but the order.
    const [, ...known] = table(read("L3-frames-of-old-arm-wrapped"));
    expect(known.some(({ premise }) => /one `|There are/.test(premise?.says ?? ""))).toBe(false);
  });

  it("are told in pairs where one is not enough", () => {
    const row = (explorer: string, says: string, and: string | null) => ({
      premise: says === "" ? null : { question: "can meet" as const, says },
      and: and === null ? null : { question: "same instance" as const, says: and },
      explorer,
      complete: true,
      states: 10,
      lockdep: "circular",
    });
    const bare = row("deadlock", "", null);
    const singles = [row("deadlock", "One.", null), row("deadlock", "Two.", null)];
    const both = premiseText([bare, ...singles, row("safe", "One.", "Two.")]).replace(/\s+/g, " ");
    expect(both).toContain("No premise is enough by itself: the mail has to argue two together.");
    expect(both).toContain("Enough together - One. And: Two. (10 states; lockdep circular)");
    const none = premiseText([bare, ...singles, row("deadlock", "One.", "Two.")]);
    expect(none.replace(/\s+/g, " ")).toContain("either the report is true, or it rests on more");
    expect(premiseText(rows)).not.toContain("by itself");
  });

  it("are said as what is enough to argue, and what is not", () => {
    const text = premiseText(rows);
    expect(text).toMatch(/^One lock a class .*: deadlock/);
    expect(text).toContain("Enough to argue: no deadlock is left");
    expect(premiseText([])).toContain("tells no paths");
  });
});
