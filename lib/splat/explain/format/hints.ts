/** The annotations of several questions, each told in full once. */
import type { SplatAnnotation } from "../questions/annotations.js";
import type { SplatQuestion } from "../questions/question.js";

/** A question with what is new of its annotations, and the names of those told before. */
export interface HintedQuestion {
  readonly ask: string;
  readonly why: string;
  readonly told: readonly SplatAnnotation[];
  readonly above: readonly string[];
}

/** Splits each question's annotations into those that come for the first time and the others. */
export function hinted(questions: readonly SplatQuestion[]): readonly HintedQuestion[] {
  const known = new Set<SplatAnnotation>();
  return questions.map(({ ask, why, ifFalse }) => {
    const told = ifFalse.filter((each) => !known.has(each));
    const above = ifFalse.filter((each) => known.has(each)).map(({ name }) => name);
    for (const each of told) known.add(each);
    return { ask, why, told, above };
  });
}
