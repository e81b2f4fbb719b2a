/** What an exercise asks of an answer: judged by what the answer does, not by how it is written. */
import type { Scenario } from "../../machine/index.js";

/** A schedule that shows what is wrong. */
export interface Evidence {
  readonly scenario: Scenario;
  /** By `Transition.id`. */
  readonly schedule: readonly number[];
}

/** What a requirement found out about an answer. */
export type Finding =
  | {
      readonly met: true;
      /** What was looked at, with its bounds. */
      readonly seen: string;
    }
  | {
      readonly met: false;
      /** What is wrong, in lines. */
      readonly why: string;
      readonly counterexample?: Evidence;
    };

/** One thing that must be true of an answer. */
export interface Requirement<Answer> {
  /** As a sentence: "lockdep is silent". */
  readonly says: string;
  readonly test: (answer: Answer) => Finding;
}

/**
 * Returns a requirement on what is made of an answer, rather than on the answer itself.
 *
 * @param context what is made of it, in a few words: "with the orders reversed"
 * @param make builds a scenario from the answer
 * @example
 * on("in a table of three", (seat: Seat) => table(3, seat), explorerFindsNothing())
 */
export function on<Answer, Made>(
  context: string,
  make: (answer: Answer) => Made,
  { says, test }: Requirement<Made>,
): Requirement<Answer> {
  return { says: `${context}: ${says}`, test: (answer) => test(make(answer)) };
}

/**
 * Returns a requirement of one's own.
 *
 * @param why what to say if it does not hold, or what makes that of the answer: the report, the bug
 * @example
 * holds("subclasses are 0 to 7", (n: number) => n >= 0 && n < 8, "MAX_LOCKDEP_SUBCLASSES is 8")
 */
export function holds<Answer>(
  says: string,
  test: (answer: Answer) => boolean,
  why: string | ((answer: Answer) => string),
): Requirement<Answer> {
  const said = (answer: Answer): string => (typeof why === "string" ? why : why(answer));
  return {
    says,
    test: (answer) => (test(answer) ? { met: true, seen: "" } : { met: false, why: said(answer) }),
  };
}
