/**
 * What the recorded texts do with `#N`. The kernel numbers classes of one name, and where a
 * subclass is used before its base class, the base class is the second of its name
 * (`count_matching_names()`). The recorded texts keep that `#2` where the name ends in `)` and lack
 * it where the name ends in a letter: the recording took it away together with the numbers that come
 * from the running kernel's own `&p->pi_lock` and `&rq->__lock`. This is a gap of the data, not of
 * the kernel; `normalText()` leaves the same gap, `printReport()` does not.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Lockdep, parseLockProgram, type Report, runLockProgram } from "../../lib/lockdep/index.js";
import { normalText, printReport } from "../../lib/splat/print/index.js";

const lines = readFileSync(new URL("../oracle/programs.jsonl", import.meta.url), "utf8")
  .trimEnd()
  .split("\n");

interface Case {
  readonly report: Report;
  readonly recorded: string;
  /** Names with their numbers, as the kernel's counting makes them. */
  readonly numbered: readonly string[];
}

const cases: readonly Case[] = lines.flatMap((line): Case[] => {
  const parsed = parseLockProgram(line);
  const found = parsed.ok ? runLockProgram(parsed.program, new Lockdep()) : null;
  if (found === null) return [];
  const names = printReport(found.report).matchAll(/\((&.*#\d+)(?:\/\d+)?\)\{/g);
  const numbered = [...new Set([...names].map((match) => match[1] ?? ""))];
  return numbered.length === 0 ? [] : [{ report: found.report, recorded: line, numbered }];
});

describe("the number of a name", () => {
  it("is in the records where the name ends in a bracket, and missing where it ends in a letter", () => {
    const kept = cases.filter(({ numbered }) => numbered.some((name) => name.includes(")#")));
    const dropped = cases.filter(({ numbered }) => numbered.some((name) => /\w#/.test(name)));
    expect([kept.length, dropped.length]).toEqual([26, 29]);
    for (const { recorded, numbered } of kept) {
      for (const name of numbered) expect(recorded).toContain(name);
    }
    for (const { recorded, numbered } of dropped) {
      for (const name of numbered) expect(recorded).not.toContain(name);
    }
  });

  it("is left out of the normal form in the same way, and printed in full otherwise", () => {
    for (const { report, numbered } of cases) {
      const normal = normalText(report).join("\n");
      for (const name of numbered) {
        expect(printReport(report)).toContain(name);
        expect(normal.includes(name)).toBe(name.includes(")#"));
      }
    }
  });
});
