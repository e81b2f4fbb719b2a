import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  answerLockProgram,
  KERNEL_NAMES,
  type KernelName,
  Lockdep,
  type LockdepOptions,
  parseLockProgram,
} from "../../lib/lockdep/index.js";
import { printReport, programText } from "../../lib/splat/print/index.js";
import { anyExtendedProgram } from "./random-programs.js";

interface Answered {
  readonly lockdep: Lockdep;
  readonly said: unknown;
  readonly steps: readonly number[];
  readonly off: number;
}

function answer(line: string, options: LockdepOptions = {}): Answered {
  const parsed = parseLockProgram(line);
  if (!parsed.ok) throw new Error(parsed.error);
  const lockdep = new Lockdep(options);
  const { reports, says, off } = answerLockProgram(parsed.program, lockdep);
  const texts = reports.map(({ step, report }) => [step, report.kind, ...programText(report)]);
  return { lockdep, said: { texts, says, off }, steps: reports.map(({ step }) => step), off };
}

const kernel = fc.constantFrom<KernelName>(...KERNEL_NAMES);

describe("any extended program whatever", () => {
  it("is answered and printed without an exception, by every kernel", () => {
    fc.assert(
      fc.property(anyExtendedProgram, kernel, (line, name) => {
        const { lockdep } = answer(line, { kernel: name });
        for (const report of lockdep.reports) {
          expect(printReport(report, name)).not.toMatch(/undefined|NaN/);
        }
        lockdep.program_state();
        lockdep.proc_lockdep_stats();
      }),
    );
  });

  it("gets the same answers and leaves the same state with and without the searches spared", () => {
    fc.assert(
      fc.property(anyExtendedProgram, (line) => {
        const [spared, full] = [answer(line), answer(line, { shortcuts: false })];
        expect(spared.said).toEqual(full.said);
        expect(spared.lockdep.program_state()).toEqual(full.lockdep.program_state());
      }),
    );
  });

  it("hears nothing more from a lockdep that is off", () => {
    fc.assert(
      fc.property(anyExtendedProgram, (line) => {
        const { steps, off, lockdep } = answer(line);
        expect(lockdep.debug_locks).toBe(off === -1);
        if (off !== -1) expect(Math.max(...steps)).toBe(off);
      }),
    );
  });

  it("is gone on from, where lockdep is to go on, until the kernel dies", () => {
    fc.assert(
      fc.property(anyExtendedProgram, (line) => {
        const { lockdep } = answer(line, { keepGoing: true });
        const kinds = lockdep.reports.map(({ kind }) => kind);
        expect(lockdep.debug_locks).toBe(!kinds.includes("oops"));
        if (kinds.includes("oops")) expect(kinds.at(-1)).toBe("oops");
      }),
    );
  });

  it("has edges in both directions: as many before as after", () => {
    fc.assert(
      fc.property(anyExtendedProgram, (line) => {
        const { lockdep } = answer(line);
        const direct = /direct dependencies: +(\d+)/.exec(lockdep.proc_lockdep_stats())?.[1];
        if (lockdep.debug_locks) expect(Number(direct)).toBe(2 * lockdep.graph().edges.length);
      }),
    );
  });
});
