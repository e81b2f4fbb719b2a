/** A prediction: the reader commits to an answer before the lab computes it. */
import { inspected, sameValue } from "../plain-value.js";

/** What a prediction is compared with. */
export interface PredictOptions<Answer> {
  /** Computes the true answer, when the reader has made a prediction. */
  readonly actual: () => Answer;
  /** What shows that it is true; printed after any prediction. */
  readonly because: () => string;
  /** The answers to choose from, where there are few. */
  readonly choices?: readonly Answer[];
}

/** A question that waits for a prediction. */
export interface Prediction<Answer> {
  /** Returns whether a guess is right. */
  readonly judge: (guess: Answer) => boolean;
  /** Prints whether a guess is right, and why; with null, that a guess is wanted. */
  readonly check: (guess: Answer | null) => void;
  /** Does nothing when a checked guess was right. @throws Error otherwise, for a grader to see */
  readonly assertSolved: () => void;
}

/**
 * Returns a question to be answered before it is computed.
 *
 * @example
 * const steps = predict("After how many steps can three philosophers hang?", {
 *   actual: () => explore(dining(3)).violations.deadlock?.schedule.length,
 *   because: () => "each needs one step to take one fork",
 * });
 * steps.check(null);
 */
export function predict<Answer>(
  question: string,
  { actual, because, choices = [] }: PredictOptions<Answer>,
): Prediction<Answer> {
  let solved = false;
  return {
    assertSolved: () => {
      if (!solved) throw new Error(`${question}: no right prediction was checked`);
    },
    judge: (guess) => sameValue(guess, actual()),
    check: (guess) => {
      const known = choices.map(inspected);
      const offer = known.length > 0 ? `\n  Choose one of: ${known.join(", ")}.` : "";
      if (guess === null) {
        console.log(`${question}\n  No prediction yet: put yours in the cell.${offer}`);
      } else if (known.length > 0 && !known.includes(inspected(guess))) {
        console.log(`${question}\n  ${inspected(guess)} is none of the answers.${offer}`);
      } else {
        const computed = actual();
        const right = sameValue(guess, computed);
        solved ||= right;
        const says = right
          ? `✓ as you predicted: ${inspected(computed)}`
          : `✗ you predicted ${inspected(guess)}; the lab computed ${inspected(computed)}`;
        console.log(`${question}\n  ${says}\n${because().replace(/^/gm, "    ")}`);
      }
    },
  };
}
