/** The question of every report, of a case of the atlas: real, false, or depends, and on what? */
import {
  type AtlasCase,
  type CaseSelection,
  type CaseTruth,
  caseJudge,
} from "../../atlas/index.js";
import type { KernelC } from "../../kernel-c/index.js";
import { caseText, counterexample } from "../../views/index.js";
import { show } from "../show.js";
import { goesWrong, hingesOf, isHinge, saidOfChoice, saidTogether } from "./hinges.js";
import { predict } from "./predict.js";

/** A case that a reader judges before the judges do. */
export interface RealOrFalse {
  /** Returns whether a guess is right: the truth, and the premises on which it depends. */
  readonly judge: (guess: CaseTruth, premises: readonly string[]) => boolean;
  /**
   * Prints whether a guess is right, with what the judges say of it, and the schedule that a wrong one has
   * missed; with null, what is wanted.
   *
   * @param premises the names of those that decide when they are turned round, `[]` for none
   */
  readonly check: (guess: CaseTruth | null, premises: readonly string[] | null) => void;
  /** Prints the report and then the code. */
  readonly read: () => void;
  /** Returns what both judges say of the code, or of another selection: `"circular, deadlock"`. */
  readonly answer: (selection?: CaseSelection) => string;
  /**
   * Prints each premise, and what both judges say where it is the other way; then shows the shortest
   * schedule that goes wrong: of the code itself, or else with the first premises turned round that decide.
   */
  readonly premises: () => void;
  /** Prints that schedule as text for a changelog: the steps that matter, and which waits for which. */
  readonly timeline: () => void;
  /** Prints what was done about the report, and which bugs each fix would hide. */
  readonly fixes: () => void;
}

/**
 * Returns a case as a question: what the judges say is computed when a guess is checked.
 *
 * @example
 * const asked = realOrFalse(atlasCase("btrfs-subpage"), await loadKernelC());
 * asked.judge("real", ["clear-last"]) // true
 */
export function realOrFalse(of: AtlasCase, kernelC: KernelC): RealOrFalse {
  const judge = caseJudge(of, kernelC);
  const text = caseText(of, judge);
  const print = (...parts: readonly (readonly string[])[]): void => {
    console.log(parts.map((lines) => lines.join("\n")).join("\n\n"));
  };
  const question = predict<CaseTruth>(of.question, {
    actual: () => of.truth,
    because: () => text.verdicts().join("\n"),
    choices: ["real", "false", "depends"],
  });
  const choices =
    of.premises.length === 0
      ? ["  It has no premises, so the second answer is []."]
      : [
          "  On which of these premises does it depend? Their names, or [] for none:",
          ...of.premises.map(({ name, summary }) => `    ${name}: ${summary}`),
        ];
  /** The code itself, or else the smallest set of premises turned round, that goes wrong. */
  const firstWrong = (): CaseSelection | null => {
    const hinges = hingesOf(of, judge).map((switched) => ({ switched }));
    return [{}, ...hinges].find((selection) => goesWrong(judge(selection))) ?? null;
  };
  /** What a wrong answer has missed: a schedule that goes wrong where the code alone has none. */
  const missed = (): readonly string[] => {
    const [hinge] = hingesOf(of, judge);
    if (goesWrong(judge()) || hinge === undefined) return [];
    const schedule = text.schedule({ switched: hinge });
    return [
      `  With ${hinge.join(" and ")} turned round:`,
      ...schedule.map((line) => `    ${line}`),
    ];
  };
  return {
    judge: (guess, premises) => question.judge(guess) && isHinge(of, judge, premises),
    check: (guess, premises) => {
      question.check(guess);
      if (guess === null || premises === null) {
        print(choices);
        return;
      }
      const said = saidOfChoice(of, judge, premises);
      const isRight = question.judge(guess) && isHinge(of, judge, premises);
      print(isRight ? said : [...said, ...missed()]);
    },
    read: () => {
      const report = text.report();
      const stack = report.findIndex((line) => line.startsWith("stack backtrace"));
      print(stack < 0 ? report : report.slice(0, stack), text.code());
    },
    answer: (selection) => {
      const { lockdep, explorer } = judge(selection);
      return `${lockdep.join(" or ")}, ${explorer}`;
    },
    premises: () => {
      const premises = [...text.premises(), ...saidTogether(of, judge)];
      if (premises.length > 0) print(premises);
      const wrong = firstWrong();
      if (wrong !== null) show(counterexample(judge(wrong).result));
    },
    timeline: () => {
      const wrong = firstWrong();
      if (wrong !== null) print(text.changelog(wrong));
    },
    fixes: () => {
      print(text.fixes());
    },
  };
}
