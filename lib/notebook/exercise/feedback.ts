/** What a check says about an answer, as a value and as text. */
import { printReplay } from "../../explore/index.js";
import { replay } from "../../machine/index.js";
import { translate } from "../../machine/index.js";
import type { Evidence, Finding } from "./requirement.js";

/** A requirement with what it found. */
export interface Judged {
  readonly says: string;
  readonly finding: Finding;
}

/** All that a check found out. */
export interface Feedback {
  readonly title: string;
  readonly solved: boolean;
  readonly results: readonly Judged[];
  readonly untested: readonly string[];
}

/** Returns the feedback as it is printed below an exercise's cell. */
export function feedbackText({ title, solved, results, untested }: Feedback): string {
  const met = results.filter(({ finding }) => finding.met).length;
  const state = solved ? "solved" : `not yet (${met} of ${results.length})`;
  return [
    `${title}: ${state}`,
    ...results.flatMap((one, at) => linesOf(one, results.slice(0, at))),
    ...(solved && untested.length > 0 ? [`  Not tested: ${untested.join("; ")}.`] : []),
  ].join("\n");
}

/** @param before the lines above: what is wrong with all of them is said once */
function linesOf({ says, finding }: Judged, before: readonly Judged[]): string[] {
  if (finding.met) return [`  ✓ ${says}${finding.seen === "" ? "" : ` (${finding.seen})`}`];
  const { why, counterexample } = finding;
  if (before.some((one) => !one.finding.met && one.finding.why === why)) {
    return [`  ✗ ${says} (as above)`];
  }
  const shown = counterexample === undefined ? [] : stepsOf(counterexample);
  return [`  ✗ ${says}`, ...[...why.split("\n"), ...shown].map((line) => `      ${line}`)];
}

/** Steps of a schedule that one can take in at once; its picture shows the others. */
const most = 10;

const stepsOf = ({ scenario, schedule }: Evidence): string[] =>
  printReplay(replay(translate(scenario), schedule), most);
