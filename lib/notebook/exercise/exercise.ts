/** An exercise: requirements, hints, and what nobody tests. */
import { timeline, traceOf } from "../../views/index.js";
import { show } from "../show.js";
import { feedbackText, type Feedback, type Judged } from "./feedback.js";
import type { Requirement } from "./requirement.js";

/** What an exercise is made of. */
export interface ExerciseOptions<Answer> {
  readonly expect: readonly Requirement<Answer>[];
  /** From the gentlest to the plainest. */
  readonly hints: readonly string[];
  /** What a right answer has not been tested for, each in a few words. */
  readonly untested: readonly string[];
}

/** An exercise that answers can be checked with. */
export interface Exercise<Answer> {
  /** Returns what is right and wrong about an answer; never throws. */
  readonly judge: (answer: Answer) => Feedback;
  /** Prints what is right and wrong about an answer. */
  readonly check: (answer: Answer) => void;
  /** Does nothing when a checked answer was right. @throws Error otherwise, for a grader to see */
  readonly assertSolved: () => void;
  /** Prints the next hint. */
  readonly hint: () => void;
}

/**
 * Returns an exercise.
 *
 * An answer is judged by what it does, so that any right one passes; what is wrong with another is
 * shown by its counterexample. From the second failed check on, a hint comes along.
 *
 * @example
 * const order = exercise("One order for everybody", {
 *   expect: [holdsTogether(["&a", "&b"], ["T0", "T1"]), lockdepIsSilent(), explorerFindsNothing()],
 *   hints: ["Which lock does each thread take first?"],
 *   untested: ["more than two threads"],
 * });
 * order.check(abba({ fixed: true }));
 */
export function exercise<Answer>(
  title: string,
  { expect, hints, untested }: ExerciseOptions<Answer>,
): Exercise<Answer> {
  let attempts = 0;
  let given = 0;
  let solved = false;
  const judge = (answer: Answer): Feedback => {
    const results = expect.map((requirement) => judged(requirement, answer));
    return { title, results, solved: results.every(({ finding }) => finding.met), untested };
  };
  const nextHint = (): string | null => {
    const hint = hints[given];
    if (hint === undefined) return null;
    given += 1;
    return `Hint ${given} of ${hints.length}: ${hint}`;
  };
  return {
    judge,
    check: (answer) => {
      const feedback = judge(answer);
      console.log(feedbackText(feedback));
      solved ||= feedback.solved;
      if (feedback.solved) return;
      showCounterexample(feedback);
      attempts += 1;
      const left = given < hints.length;
      const hint = attempts > 1 ? nextHint() : null;
      if (hint !== null) console.log(hint);
      else if (left) console.log("Change the answer and check again; .hint() gives a hint.");
    },
    assertSolved: () => {
      if (!solved) throw new Error(`${title}: no right answer was checked`);
    },
    hint: () => {
      console.log(nextHint() ?? "There are no more hints.");
    },
  };
}

/** One picture is enough: that of the first requirement that has one. */
function showCounterexample({ title, results }: Feedback): void {
  const [first] = results.flatMap(({ finding }) =>
    finding.met ? [] : (finding.counterexample ?? []),
  );
  if (first === undefined) return;
  show(timeline(traceOf(first.scenario, first.schedule, `${title}: how your answer fails`)));
}

/** What an answer throws is the reader's to see, not the kernel's to die of. */
function judged<Answer>({ says, test }: Requirement<Answer>, answer: Answer): Judged {
  try {
    return { says, finding: test(answer) };
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { says, finding: { met: false, why: `your answer could not be run: ${why}` } };
  }
}
