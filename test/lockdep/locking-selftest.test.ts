/**
 * The boot-time tests of the kernel's locking API: each row and column that the model covers,
 * written from what the row's name says, in the kernel's own terms (lib/locking-selftest.c).
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { OneTask } from "./one-task.js";
import { ALL } from "./selftest/columns.js";
import { casesOf } from "./selftest/rows.js";

/** Rows that are not modelled, and why. */
const notModelled: readonly (readonly [why: string, rows: readonly RegExp[]])[] = [
  [
    "wound/wait mutexes",
    [
      /^ww api failures$/,
      /^ww contexts mixing$/,
      /^finishing ww context$/,
      /^locking mismatches$/,
      /^EDEADLK handling$/,
      /^context$/,
      /^try$/,
      /^block$/,
      /^spinlock$/,
    ],
  ],
  ["memory allocation", [/^correct nesting$/, /^wrong nesting$/, /^protected nesting$/]],
  ["local_lock", [/^local_lock inversion/, /^hardirq_unsafe_softirq_safe$/]],
];
/** Columns that are not modelled in rows that otherwise are. */
const notModelledColumns = ["rtmutex"];

const listed = (name: string): boolean =>
  notModelled.some(([, patterns]) => patterns.some((pattern) => pattern.test(name)));

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
const covered = table.filter(({ name }) => casesOf(name) !== undefined);

describe("the kernel's locking API test suite", () => {
  it("is read whole, all 394 answers", () => {
    expect(table.reduce((sum, { answers }) => sum + answers, 0)).toBe(394);
  });

  it("is covered or listed as not modelled, row by row, and nothing is both", () => {
    const neither = table.filter(({ name }) => !listed(name) && casesOf(name) === undefined);
    const twice = table.filter(({ name }) => listed(name) && casesOf(name) !== undefined);
    expect([neither, twice]).toEqual([[], []]);
    const patterns = notModelled.flatMap(([, all]) => all);
    const idle = patterns.filter((pattern) => !table.some(({ name }) => pattern.test(name)));
    expect(idle).toEqual([]);
  });

  it("has a test for every column of a covered row that is modelled", () => {
    const wrong = covered.filter(({ name, answers }) => {
      const tests = Object.keys(casesOf(name) ?? {}).length;
      const left = tests === ALL.length ? notModelledColumns.length : 0;
      return tests + left !== answers;
    });
    expect(wrong).toEqual([]);
  });

  describe.each(covered)("$name", ({ name }) => {
    it.each(Object.entries(casesOf(name) ?? {}))("%s", (_, [answer, test]) => {
      const t = new OneTask();
      test(t);
      expect(t.kinds.length > 0 ? "reports" : "silent").toBe(answer);
    });
  });
});
