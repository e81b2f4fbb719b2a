import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Lockdep, parseLockProgram, runLockProgram } from "../../lib/lockdep/index.js";
import { normalText } from "../../lib/splat/print/index.js";

interface Answer {
  readonly id: string;
  readonly ops: readonly string[];
  readonly report: {
    readonly step: number;
    readonly op: string;
    readonly kind: string;
    readonly text: readonly string[];
  } | null;
}

const isAnswer = (value: unknown): value is Answer =>
  typeof value === "object" && value !== null && "report" in value && "ops" in value;

function answerOf(line: string): Answer {
  const value: unknown = JSON.parse(line);
  if (!isAnswer(value)) throw new Error(`no answer in ${line}`);
  return value;
}

function ask(line: string, shortcuts: boolean): ReturnType<typeof runLockProgram> {
  const parsed = parseLockProgram(line);
  if (!parsed.ok) throw new Error(parsed.error);
  return runLockProgram(parsed.program, new Lockdep({ shortcuts }));
}

const file = new URL("../oracle/programs.jsonl", import.meta.url);
const lines = readFileSync(file, "utf8").trimEnd().split("\n");

describe.each([
  ["with every search", false],
  ["without the searches whose answer is known", true],
])("the programs that a real kernel answered, %s", (_, shortcuts) => {
  const pairs = lines.map((line) => ({ kernel: answerOf(line), ours: ask(line, shortcuts) }));

  it("are all there", () => {
    expect(pairs).toHaveLength(1536);
  });

  it("get the same verdict, at the same step, of the same kind", () => {
    const differ = pairs.filter(
      ({ kernel, ours }) =>
        (kernel.report?.step ?? null) !== (ours?.step ?? null) ||
        (kernel.report?.kind ?? null) !== (ours?.report.kind ?? null),
    );
    expect(differ.map(({ kernel }) => kernel.id)).toEqual([]);
  });

  it("get the same text, line for line", () => {
    const differ = pairs.flatMap(({ kernel, ours }) => {
      const theirs = kernel.report?.text ?? [];
      const mine = ours === null ? [] : normalText(ours.report);
      return theirs.join("\n") === mine.join("\n") ? [] : [{ id: kernel.id, theirs, mine }];
    });
    expect(differ).toEqual([]);
  });
});
