/** Every call that lockdep has, against the answers of real kernels: texts, state and all. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  answerLockProgram,
  type KernelName,
  Lockdep,
  parseLockProgram,
  type ProgramState,
} from "../../lib/lockdep/index.js";
import { programText } from "../../lib/splat/print/index.js";

interface Said {
  readonly step: number;
  readonly kind: string;
  readonly text: readonly string[];
}

interface Answer {
  readonly reports: readonly Said[];
  readonly says: readonly (readonly [number, number])[];
  readonly off: number;
  readonly state: ProgramState;
}

/** FD and BD say nothing where an edge leads to a lock of the kernel's own. */
function comparable(state: ProgramState): ProgramState {
  const open = state.classes.some((line) => line.includes("?"));
  if (!open) return state;
  return { ...state, classes: state.classes.map((line) => line.replace(/ f=\d+ b=\d+/, "")) };
}

function kernelAnswer(line: string): { readonly id: string; readonly answer: Answer } {
  const { id, answer } = JSON.parse(line) as { id: string; answer: Answer };
  const reports = answer.reports.map(({ step, kind, text }) => ({ step, kind, text }));
  return { id, answer: { ...answer, reports, state: comparable(answer.state) } };
}

function labAnswer(line: string, kernel: KernelName, shortcuts: boolean): Answer {
  const parsed = parseLockProgram(line);
  if (!parsed.ok) throw new Error(parsed.error);
  const lockdep = new Lockdep({ kernel, shortcuts });
  const { reports, says, off } = answerLockProgram(parsed.program, lockdep);
  return {
    reports: reports.map(({ step, report }) => ({
      step,
      kind: report.kind,
      text: programText(report),
    })),
    says,
    off,
    state: comparable(lockdep.program_state()),
  };
}

const linesOf = (file: string): string[] =>
  readFileSync(new URL(`../oracle/${file}`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n");

describe.each([
  ["extended-programs.jsonl", "6.12", 1353],
  ["no-raw-nesting.jsonl", "6.12-no-raw-nesting", 381],
  ["subclass-6.16.jsonl", "6.16", 125],
] as const)("the programs of %s, on %s", (file, kernel, count) => {
  const lines = linesOf(file);

  it("are all there", () => {
    expect(lines).toHaveLength(count);
  });

  it.each([
    ["with every search", false],
    ["without the searches whose answer is known", true],
  ])("get the kernel's reports, texts and answers, %s", (_, shortcuts) => {
    const differ = lines.flatMap((line) => {
      const { id, answer } = kernelAnswer(line);
      const { reports, says, off } = labAnswer(line, kernel, shortcuts);
      const [theirs, ours] = [
        { reports: answer.reports, says: answer.says, off: answer.off },
        { reports, says, off },
      ];
      return JSON.stringify(theirs) === JSON.stringify(ours) ? [] : [{ id, theirs, ours }];
    });
    expect(differ).toEqual([]);
  });

  it("leave lockdep, where it stays on, in the kernel's state", () => {
    for (const line of lines) {
      const { id, answer } = kernelAnswer(line);
      if (answer.off !== -1) continue;
      expect({ id, state: labAnswer(line, kernel, true).state }).toEqual({
        id,
        state: answer.state,
      });
    }
  });
});

describe("a program that the kernel does not survive", () => {
  const died = (ops: readonly string[]): Answer =>
    labAnswer(
      JSON.stringify({
        id: "held",
        locks: [
          { name: "&laba->lk", type: "r", class: "D0" },
          { name: "&labb->lk", type: "r", class: 1 },
        ],
        ops,
      }),
      "6.12",
      true,
    );

  it("ends in the warning of hlock_class() and in an oops", () => {
    const { reports, off } = died(["rkey:0", "init:0", "a0.0", "ukey:0", "a1.0", "u1", "u0"]);
    expect(reports.map(({ step, kind }) => [step, kind])).toEqual([
      [4, "debug-locks-warn"],
      [4, "oops"],
    ]);
    expect(reports[0]?.text).toEqual([
      "------------[ cut here ]------------",
      "DEBUG_LOCKS_WARN_ON(1)",
    ]);
    expect(off).toBe(4);
  });

  it.each([
    [["d", "e"], 5],
    [["t1.0"], 4],
    [["sync:1:0:0:1"], 4],
    [["down:0"], 4],
  ])("dies of %s under a lock whose key is gone", (ops, at) => {
    const { reports } = died(["rkey:0", "init:0", "a0.0", "ukey:0", ...ops]);
    expect(reports.map(({ step, kind }) => [step, kind])).toEqual([
      [at, "debug-locks-warn"],
      [at, "oops"],
    ]);
  });

  it("survives where the lock is only dropped", () => {
    expect(died(["rkey:0", "init:0", "a0.0", "ukey:0", "u0", "a1.0", "u1"]).reports).toEqual([]);
  });
});
