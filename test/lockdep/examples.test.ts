/** The examples of the doc comments, as they stand there. */
import { expect, it } from "vitest";
import { Lockdep, printReport } from "../../lib/index.js";
import { usageChars } from "../../lib/lockdep/index.js";

it("a lock taken twice", () => {
  const lockdep = new Lockdep();
  const a = lockdep.lockdep_init_map({ id: "a", name: "a", key: "a", waitInner: 2 });
  lockdep.lock_acquire(a, 0, false, 0, true, null, ["f"]);
  lockdep.lock_acquire(a, 0, false, 0, true, null, ["g"]);
  expect(lockdep.report?.kind).toBe("recursive");
  const text = lockdep.report === null ? "" : printReport(lockdep.report);
  expect(
    text.startsWith(`\n${"=".repeat(44)}\nWARNING: possible recursive locking detected\n`),
  ).toBe(true);
});

it("usage bits as the kernel prints them", () => {
  expect(usageChars(0b01_0000_0001)).toBe("-...");
  expect([0, 0b100, 0b101, 0b1].map((mask) => usageChars(mask)[0])).toEqual([".", "+", "?", "-"]);
  expect([0b10, 0b1_0000, 0b10_0000].map(usageChars)).toEqual([".-..", "..-.", "...-"]);
});
