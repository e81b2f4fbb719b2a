/** What a check says about an answer, as a value and as text. */
import { type Model, takeStep, evaluate, initialState, translate } from "../../machine/index.js";
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
    ...results.flatMap(linesOf),
    ...(solved && untested.length > 0 ? [`  Not tested: ${untested.join("; ")}.`] : []),
  ].join("\n");
}

function linesOf({ says, finding }: Judged): string[] {
  if (finding.met) return [`  ✓ ${says}${finding.seen === "" ? "" : ` (${finding.seen})`}`];
  const { why, counterexample } = finding;
  return [
    `  ✗ ${says}`,
    ...indented(why, "      "),
    ...(counterexample === undefined ? [] : indented(scheduleText(counterexample), "      ")),
  ];
}

const indented = (text: string, by: string): string[] =>
  text.split("\n").map((line) => `${by}${line}`);

/** Returns a schedule as numbered lines: which CPU, which process, which step. */
export function scheduleText({ scenario, schedule }: Evidence): string {
  const model: Model = translate(scenario);
  let state = initialState(model);
  const lines = schedule.flatMap((id, at) => {
    const transition = model.transitions[id];
    const process = transition === undefined ? undefined : model.processes[transition.process];
    if (transition === undefined || process === undefined) return [];
    const cpu = process.cpu === null ? "" : `cpu${evaluate(process.cpu, state)}`;
    state = takeStep(model, state, transition).state;
    const inside = transition.stack.length > 0 ? `  in ${transition.stack.join(" < ")}` : "";
    const number = String(at + 1).padStart(3);
    return [`${number}  ${cpu.padEnd(5)} ${process.name}: ${transition.label}${inside}`];
  });
  return lines.join("\n");
}
