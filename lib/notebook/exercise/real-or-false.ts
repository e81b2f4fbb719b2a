/** The question of every report, of a case of the atlas: real, false, or depends? */
import type { AtlasCase, CaseTruth } from "../../atlas/index.js";
import type { KernelC } from "../../kernel-c/index.js";
import { caseText } from "../../views/index.js";
import { type Prediction, predict } from "./predict.js";

/** A case that a reader judges before the judges do. */
export interface RealOrFalse extends Prediction<CaseTruth> {
  /** Prints the report and then the code. */
  readonly read: () => void;
  /** Prints each premise, and what both judges say where it is the other way. */
  readonly premises: () => void;
  /** Prints what was done about the report, and which bugs each fix would hide. */
  readonly fixes: () => void;
}

/**
 * Returns a case as a question: what the judges say is computed when a guess is checked.
 */
export function realOrFalse(of: AtlasCase, kernelC: KernelC): RealOrFalse {
  const text = caseText(of, kernelC);
  const print = (...parts: readonly (readonly string[])[]): void => {
    console.log(parts.map((lines) => lines.join("\n")).join("\n\n"));
  };
  const question = predict<CaseTruth>(of.question, {
    actual: () => of.truth,
    because: () => text.verdicts().join("\n"),
    choices: ["real", "false", "depends"],
  });
  return {
    ...question,
    read: () => {
      const report = text.report();
      const stack = report.findIndex((line) => line.startsWith("stack backtrace"));
      print(stack < 0 ? report : report.slice(0, stack), text.code());
    },
    premises: () => {
      print(text.premises());
    },
    fixes: () => {
      print(text.fixes());
    },
  };
}
