/** What a verdict depends on: the premises that, turned round, make the explorer say otherwise. */
import type { AtlasCase, CaseJudge, CaseVerdict } from "../../atlas/index.js";

/** Whether something goes wrong, as far as the explorer saw. */
export const goesWrong = ({ explorer }: CaseVerdict): boolean =>
  explorer !== "safe" && explorer !== "inconclusive";

/**
 * Returns the smallest sets of premises that decide a case: with all of a set turned round, the
 * explorer says otherwise, and with fewer of them it does not. None where the code alone decides.
 */
export function hingesOf(of: AtlasCase, judge: CaseJudge): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  for (const switched of subsetsOf(of.premises.map(({ name }) => name))) {
    if (found.some((smaller) => smaller.every((name) => switched.includes(name)))) continue;
    if (decides(switched, judge)) found.push(switched);
  }
  return found;
}

/** Returns what is to be said of premises of which only several together decide: a line each. */
export function saidTogether(of: AtlasCase, judge: CaseJudge): readonly string[] {
  return hingesOf(of, judge)
    .filter(({ length }) => length > 1)
    .map((set) => `${set.join(" and ")} together: ${turned(judge, set)}`);
}

/** Returns what is to be said of a reader's choice, a mark first. */
export function saidOfChoice(
  of: AtlasCase,
  judge: CaseJudge,
  choice: readonly string[],
): readonly string[] {
  const unknown = choice.filter((name) => !of.premises.some((premise) => premise.name === name));
  if (unknown.length > 0) return [`  no premise is called ${unknown.join(", ")}`];
  if (isHinge(of, judge, choice)) {
    if (choice.length === 0) return ["  ✓ on no premise: none of them changes the verdict"];
    return [`  ✓ on ${choice.join(" and ")}: ${turned(judge, choice)}`];
  }
  if (choice.length === 0) return ["  ✗ it depends on something: turn the premises round"];
  const enough = hingesOf(of, judge).find((set) => set.every((name) => choice.includes(name)));
  return enough === undefined
    ? [`  ✗ not on ${choice.join(" and ")}: ${turned(judge, choice)}`]
    : [`  ✗ less is enough: ${enough.join(" and ")} alone; ${turned(judge, enough)}`];
}

/** Returns whether a reader's choice is one of the smallest sets that decide. */
export function isHinge(of: AtlasCase, judge: CaseJudge, choice: readonly string[]): boolean {
  const hinges = hingesOf(of, judge);
  if (choice.length === 0) return hinges.length === 0;
  return hinges.some((set) => set.length === choice.length && set.every((n) => choice.includes(n)));
}

const decides = (switched: readonly string[], judge: CaseJudge): boolean =>
  goesWrong(judge({ switched })) !== goesWrong(judge());

const turned = (judge: CaseJudge, switched: readonly string[]): string =>
  `turned round, ${judge({ switched }).result.summary}`;

/** Every set of at least one name, smaller sets first. */
function subsetsOf(names: readonly string[]): readonly (readonly string[])[] {
  const all = names.reduce<readonly (readonly string[])[]>(
    (sets, name) => [...sets, ...sets.map((set) => [...set, name])],
    [[]],
  );
  return all.filter((set) => set.length > 0).sort((a, b) => a.length - b.length);
}
