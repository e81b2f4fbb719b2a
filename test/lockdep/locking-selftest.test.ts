/**
 * The boot-time tests of the kernel's locking API: each row and column,
 * written from what the row's name says, in the kernel's own terms (lib/locking-selftest.c).
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { OneTask } from "./one-task.js";
import { casesOf } from "./selftest/rows.js";

interface Row {
  readonly name: string;
  /** How many columns the kernel answered. */
  readonly answers: number;
}

const text = readFileSync(new URL("../oracle/locking-selftest.txt", import.meta.url), "utf8");
const table: readonly Row[] = text.split("\n").flatMap((line) => {
  const match = /^ *(\S.*):((?: *\|? *ok *\|?)+)$/.exec(line.trimEnd());
  const [name, answers] = [match?.[1], match?.[2]];
  if (name === undefined || answers === undefined) return [];
  return [{ name, answers: answers.split("ok").length - 1 }];
});
describe("the kernel's locking API test suite", () => {
  it("is read whole, all 394 answers", () => {
    expect(table.reduce((sum, { answers }) => sum + answers, 0)).toBe(394);
  });

  it("is covered, row by row and column by column", () => {
    const differ = table.filter(
      ({ name, answers }) => Object.keys(casesOf(name) ?? {}).length !== answers,
    );
    expect(differ).toEqual([]);
  });

  describe.each(table)("$name", ({ name }) => {
    it.each(Object.entries(casesOf(name) ?? {}))("%s", (_, [answer, test]) => {
      const t = new OneTask();
      test(t);
      expect(t.kinds.length > 0 ? "reports" : "silent").toBe(answer);
    });
  });
});
