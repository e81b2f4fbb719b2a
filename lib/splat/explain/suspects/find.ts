/** Finds the usual suspects among the classes of a report. */
import type { SplatEdge } from "../../evidence/edge.js";
import type { Evidence } from "../../evidence/evidence.js";
import type { SplatReport } from "../../report/index.js";
import { sureNames } from "../../stacks/fold-stack.js";
import { plainName } from "../../stacks/functions.js";
import { ownerOf } from "../../stacks/owner.js";
import { code } from "../words/words.js";
import { memorySuspects } from "./memory.js";
import type { Suspect } from "./suspect.js";
import { systemSuspects } from "./system.js";
import { waitingSuspects } from "./waiting.js";

const table: readonly Suspect[] = [...memorySuspects, ...waitingSuspects, ...systemSuspects];

/** A suspect in a report. */
export interface FoundSuspect {
  /** The name of the class as the report has it. */
  readonly name: string;
  readonly suspect: Suspect;
  /** The usual mend, with the report's own locks and functions. */
  readonly mend: string;
  readonly notWhen: string;
}

/** Returns the suspects that a report names, those that stand for waiting first. */
export function suspectsIn(evidence: Evidence): readonly FoundSuspect[] {
  const names = new Set([
    ...evidence.edges.flatMap(({ from, to }) => [from, to]),
    ...evidence.mentions.map(({ name }) => name),
  ]);
  const stacks = [
    ...evidence.report.backtrace,
    ...evidence.edges.flatMap(({ frames }) => frames),
    ...(evidence.ends === null
      ? []
      : [...evidence.ends.safe.frames, ...evidence.ends.unsafe.frames]),
  ];
  const called = [...new Set(stacks.flatMap(({ symbol }) => (symbol === null ? [] : [symbol])))];
  const found = [...names].flatMap((name) => {
    const suspect = table.find(
      ({ classes, calls }) =>
        classes.test(name) && (calls === undefined || called.some((each) => calls.test(each))),
    );
    return suspect === undefined ? [] : [told(name, suspect, evidence.edges)];
  });
  const unique = found.filter(
    ({ suspect }, at) => found.findIndex((other) => other.suspect === suspect) === at,
  );
  const alone = unique.filter(({ suspect }) => suspect.alone === true);
  const kept = alone.length > 0 && entered(alone[0], evidence.edges) ? alone : unique;
  return kept.sort((a, b) => Number(isWait(b)) - Number(isWait(a)));
}

const entered = (one: FoundSuspect | undefined, edges: readonly SplatEdge[]): boolean =>
  edges.some(({ to }) => to === one?.name);

/** Returns the mends that say something of a report of this kind. */
export function mendsFor(
  report: SplatReport,
  suspects: readonly FoundSuspect[],
): readonly string[] {
  return suspects.filter((each) => isMended(report, each)).map(({ mend }) => mend);
}

/** Whether the usual mend of a suspect is one of a report of this kind. */
export function isMended(
  { kind }: SplatReport,
  { suspect: { mends = "circles" } }: FoundSuspect,
): boolean {
  if (mends === "all") return true;
  return kind === (mends === "circles" ? "circular" : "recursive");
}

/** Whether nobody takes a lock by that name. */
export const isWait = ({ suspect }: FoundSuspect): boolean => suspect.stands === "wait";

function told(name: string, suspect: Suspect, edges: readonly SplatEdge[]): FoundSuspect {
  const into = edges.find(({ to, from }) => to === name && from !== name);
  const out = edges.find(({ from, to }) => from === name && to !== name);
  const fill = (template: string): string =>
    template
      .replace(/\{outer\}/g, into === undefined ? "the other lock" : code(into.from))
      .replace(/\{outerIn\}/g, placed(into))
      .replace(/\{inner\}/g, out === undefined ? "the other lock" : code(out.to))
      .replace(/\{innerIn\}/g, placed(out) + calledFrom(out, suspect.runs));
  return { name, suspect, mend: fill(suspect.mend), notWhen: fill(suspect.notWhen) };
}

/** ``, called from `f` ``: the function that runs within, as a shrinker within reclaim. */
function calledFrom(edge: SplatEdge | undefined, runs: RegExp | undefined): string {
  if (edge === undefined || runs === undefined) return "";
  const names = sureNames(edge.frames).map(plainName);
  const caller = names.findIndex((name) => runs.test(name));
  const name = caller < 1 ? undefined : names[caller - 1];
  const owner = ownerOf(edge.frames)?.name;
  return name === undefined || name === owner ? "" : `, called from ${code(name)}`;
}

/** `` in `f` `` of the developer's own function that taught an edge, or nothing. */
function placed(edge: SplatEdge | undefined): string {
  const owner = edge === undefined ? null : ownerOf(edge.frames);
  return owner === null ? "" : ` in ${code(owner.name)}`;
}
