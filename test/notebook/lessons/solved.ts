import { expect } from "vitest";
import type { Exercise } from "../../../lib/notebook/exercise/index.js";

/** Returns what is not met of an answer, each requirement by its sentence. */
export const failedBy = <Answer>({ judge }: Exercise<Answer>, answer: Answer): readonly string[] =>
  judge(answer).results.flatMap(({ says, finding }) => (finding.met ? [] : [says]));

/** Expects an answer to be right, and says what is not met where it is not. */
export const expectSolved = <Answer>(exercise: Exercise<Answer>, answer: Answer): void => {
  expect(failedBy(exercise, answer)).toEqual([]);
};

/** Expects an answer to be refused. */
export const expectRefused = <Answer>(exercise: Exercise<Answer>, answer: Answer): void => {
  expect(exercise.judge(answer).solved).toBe(false);
};
