/** What goes wrong in a case of the atlas, as text for a changelog. */
import { type AtlasCase, type CaseSelection, judgeCase, selectionText } from "../../atlas/index.js";
import { changelogTimeline } from "../../explore/index.js";
import type { KernelC } from "../../kernel-c/index.js";
import { translate } from "../../machine/index.js";

/** The timeline of a case, or of it with patches. */
export interface CaseTimeline {
  /** Which code: as it is, or with which patches. */
  readonly code: string;
  readonly lines: readonly string[];
}

/** Returns the timeline of a case; of one that is safe as it is, of what makes it unsafe without a fix, or else with. */
export function caseTimelines(of: AtlasCase, kernelC: KernelC): readonly CaseTimeline[] {
  const bad = of.expected.filter(({ explorer }) => explorer !== "safe");
  const unfixed = bad.filter(({ fix }) => fix === undefined);
  const chosen = [bad.filter(isAsItIs), unfixed, bad].find(({ length }) => length > 0) ?? [];
  const told = chosen.flatMap((selection): CaseTimeline[] => {
    const { scenario, result } = judgeCase(of, kernelC, selection);
    const { verdict, violations } = result;
    const found =
      verdict === "safe" || verdict === "inconclusive" ? undefined : violations[verdict];
    if (found === undefined) return [];
    const lines = changelogTimeline(translate(scenario), found.schedule);
    return [{ code: selectionText(selection), lines }];
  });
  return told.length > 0
    ? told
    : [{ code: selectionText({}), lines: ["Nothing goes wrong: there is no schedule to print."] }];
}

const isAsItIs = ({ fix, mutant, switched = [] }: CaseSelection): boolean =>
  fix === undefined && mutant === undefined && switched.length === 0;
