/** Explains a report from its own facts. */
import type { Evidence } from "../evidence/evidence.js";
import { evidenceOf } from "../evidence/evidence.js";
import type { Aside, SplatReport, Unrecovered } from "../report/index.js";
import type { SplatColumns } from "./words/columns.js";
import { columnsOf } from "./words/columns.js";
import { whatMustMeet } from "./words/deadlock.js";
import { ifReal } from "./remedies/if-real.js";
import { knownOf } from "./remedies/known.js";
import type { SplatQuestion } from "./questions/question.js";
import { questionsFor } from "./questions/questions.js";
import { ruleOf } from "./words/rule.js";
import { linksBeforeCut } from "../evidence/edges/circle.js";
import type { SplatEdge } from "../evidence/edges/edge.js";
import { describeUsage } from "../evidence/usage/usage-characters.js";
import { whoHoldsWhat } from "./words/who.js";
import { arrow, code, listed, noPath, pathOf, placeOf } from "./words/words.js";
import { isMended, suspectsIn, waitsIn, type FoundSuspect } from "./suspects/find.js";

/** A lock's usage characters in words. */
export interface UsageNote {
  readonly name: string;
  readonly usage: string;
  readonly meaning: string;
}

/** A class that is known by name: what it is, why lockdep speaks of it, and the limits of its mend. */
export interface SuspectNote {
  readonly name: string;
  readonly is: string;
  /** Why lockdep speaks of it, where a report of this kind is about that; or empty. */
  readonly why: string;
  /** When the usual mend, which is among those of the report, is the wrong thing; or empty. */
  readonly notWhen: string;
}

/** An explanation; locks and functions are in backquotes. */
export interface Explanation {
  readonly title: string;
  /** The report's own headline, and which kernel printed it. */
  readonly source: string;
  readonly rule: string;
  readonly who: readonly string[];
  /** What is known of this very report; empty for most. */
  readonly known: readonly string[];
  /** What to do about it and where; empty where it is known to be false. */
  readonly ifReal: readonly string[];
  /** What the classes are that every kernel developer meets; empty where none is. */
  readonly suspects: readonly SuspectNote[];
  /** Which code taught lockdep each edge, in the order of the circle or path. */
  readonly learnt: readonly string[];
  readonly usage: readonly UsageNote[];
  readonly mustMeet: readonly string[];
  readonly columns: SplatColumns;
  readonly questions: readonly SplatQuestion[];
  readonly unrecovered: readonly Unrecovered[];
  /** What stood in the text and is no part of the report. */
  readonly asides: readonly Aside[];
}

/**
 * Returns what a report says in plain language: what was broken, by whom, and what to ask before
 * believing it.
 *
 * @param report a report as read
 */
export function explain(report: SplatReport): Explanation {
  const evidence = evidenceOf(report);
  const { title, rule } = ruleOf(evidence);
  const { kernel } = report;
  const known = knownOf(evidence);
  const suspects = suspectsIn(evidence);
  const waits = waitsIn(evidence);
  const mends = known.length > 0 ? [] : ifReal(evidence, suspects);
  const version = kernel === null ? "" : ` (${kernelWords(kernel.version)})`;
  return {
    title,
    source: `${report.headline}${version}`,
    rule,
    who: whoHoldsWhat(evidence, waits),
    known,
    ifReal: mends,
    suspects: known.length > 0 ? [] : suspects.map((each) => suspectNote(report, each, mends)),
    learnt: shownEdges(evidence).map((edge) => learntWords(evidence, edge)),
    usage: usageNotes(evidence),
    mustMeet: whatMustMeet(evidence, waits),
    columns: columnsOf(evidence, waits),
    questions: questionsFor(evidence, suspects),
    unrecovered: report.unrecovered,
    asides: report.asides,
  };
}

/** Some builds have a name in the place of their version. */
const kernelWords = (version: string): string =>
  `${/^\d/.test(version) ? "Linux" : "a kernel that calls itself"} ${version}`;

/** The edges, or those that a chain shows which was cut off before it names the circle. */
const shownEdges = ({ edges, report }: Evidence): readonly SplatEdge[] =>
  edges.length === 0 && report.kind === "circular" ? linksBeforeCut(report) : edges;

/** @param mends those of the report: of one that is not among them nobody has to know when it is wrong */
const suspectNote = (
  report: SplatReport,
  found: FoundSuspect,
  mends: readonly string[],
): SuspectNote => {
  const { name, suspect } = found;
  return {
    name,
    is: `${code(name)} is ${suspect.is}.`,
    why: isMended(report, found) ? suspect.why : "",
    notWhen: mends.includes(found.mend) ? found.notWhen : "",
  };
};

/** Where an edge was learnt; a gap is no edge, and its stack is that of its last step. */
function learntWords({ report, wanted }: Evidence, edge: SplatEdge): string {
  const { learnt, frames, gap } = edge;
  const verb = learnt === "now" ? newEdge(report) : "learnt earlier";
  const shown = frames.length > 0 && pathOf(frames) !== noPath;
  if (gap === null) {
    const place = learnt === "now" && wanted !== null ? placeOf(wanted) : "";
    const isPart = frames.length > 0 || (learnt === "now" && report.backtrace.length > 0);
    const by = shown ? `on ${pathOf(frames)}` : withoutPath(place.trim(), isPart);
    return `${arrow(edge)}: ${verb}, ${by}`;
  }
  const through =
    gap.most === null
      ? throughWords(report, edge)
      : `through ${gap.least === 1 ? "another class" : `${gap.least} others`} that the text has lost`;
  return `${arrow(edge)}: ${verb}, ${through}${shown ? `; its last step on ${pathOf(frames)}` : ""}`;
}

/** What lies in a gap, as far as `Chain exists of:` tells: that leaves classes out, too. */
function throughWords(report: SplatReport, { from, to }: SplatEdge): string {
  const { chain, chainSummary } =
    report.kind === "circular" ? report : { chain: null, chainSummary: null };
  const known = new Set([from, to, ...(chain ?? []).map(({ lock }) => lock.name)]);
  const named = (chainSummary ?? []).filter((name) => !known.has(name));
  return named.length === 0
    ? "directly or through others, which the report does not name"
    : `through others, of which the report names ${listed(named.map(code))} alone`;
}

/** Where an edge was learnt of whose stack no function matters, as of one that is cut off after those of the lock. */
function withoutPath(place: string, isPart: boolean): string {
  const where = place === "" ? "" : `${place}, `;
  if (isPart) return `${where}on a stack of which only functions of locks are shown`;
  return place === ""
    ? "where, the report does not show"
    : `${where}of which the report shows no stack`;
}

/** Returns what the new edge does; lockdep only speaks of it, and the task goes on. */
function newEdge({ kind }: SplatReport): string {
  if (kind === "circular") return "new, and closes the circle";
  return kind === "recursive" ? "new, a class after itself" : "new, and joins the two ends";
}

function usageNotes({ report, mentions }: Evidence): readonly UsageNote[] {
  const version = report.kernel?.version ?? null;
  const known = new Map<string, UsageNote>();
  for (const { name, usage } of mentions) {
    // A scenario alone has names only.
    if (usage === "") continue;
    known.set(name, { name, usage, meaning: describeUsage(usage, version) });
  }
  return [...known.values()];
}
