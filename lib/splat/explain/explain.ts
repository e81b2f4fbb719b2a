/** Explains a report from its own facts. */
import type { Evidence } from "../evidence/evidence.js";
import { evidenceOf } from "../evidence/evidence.js";
import type { SplatReport, Unrecovered } from "../report/index.js";
import type { SplatColumns } from "./words/columns.js";
import { columnsOf } from "./words/columns.js";
import { whatMustMeet } from "./words/deadlock.js";
import { ifReal } from "./remedies/if-real.js";
import { knownOf } from "./remedies/known.js";
import type { SplatQuestion } from "./questions/question.js";
import { questionsFor } from "./questions/questions.js";
import { ruleOf } from "./words/rule.js";
import { describeUsage } from "../evidence/usage-characters.js";
import { whoHoldsWhat } from "./words/who.js";
import { code, pathOf } from "./words/words.js";

/** A lock's usage characters in words. */
export interface UsageNote {
  readonly name: string;
  readonly usage: string;
  readonly meaning: string;
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
  /** Which code taught lockdep each edge, in the order of the circle or path. */
  readonly learnt: readonly string[];
  readonly usage: readonly UsageNote[];
  readonly mustMeet: readonly string[];
  readonly columns: SplatColumns;
  readonly questions: readonly SplatQuestion[];
  readonly unrecovered: readonly Unrecovered[];
}

/**
 * Returns what a report says in plain language: what was broken, by whom, and what to ask before
 * believing it.
 *
 * @param report a report as read
 */
export function explain(report: SplatReport): Explanation {
  const evidence = evidenceOf(report);
  const { title, rule } = ruleOf(report);
  const { kernel } = report;
  const known = knownOf(evidence);
  const version = kernel === null ? "" : ` (Linux ${kernel.version})`;
  return {
    title,
    source: `${report.headline}${version}`,
    rule,
    who: whoHoldsWhat(evidence),
    known,
    ifReal: known.length > 0 ? [] : ifReal(evidence),
    learnt: evidence.edges.map(({ from, to, learnt, frames }) => {
      const what = `${code(from)} -> ${code(to)}`;
      const verb = learnt === "now" ? newEdge(report) : "learnt earlier";
      const by = frames.length === 0 ? "where, the report does not show" : `on ${pathOf(frames)}`;
      return `${what}: ${verb}, ${by}`;
    }),
    usage: usageNotes(evidence),
    mustMeet: whatMustMeet(evidence),
    columns: columnsOf(evidence),
    questions: questionsFor(evidence),
    unrecovered: report.unrecovered,
  };
}

/** What the new edge does; lockdep only speaks of it, and the task goes on. */
function newEdge({ kind }: SplatReport): string {
  if (kind === "circular") return "new, and closes the circle";
  return kind === "recursive" ? "new, a class after itself" : "new, and joins the two ends";
}

function usageNotes({ report, mentions }: Evidence): readonly UsageNote[] {
  const version = report.kernel?.version ?? null;
  const known = new Map<string, UsageNote>();
  for (const { name, usage } of mentions) {
    known.set(name, { name, usage, meaning: describeUsage(usage, version) });
  }
  return [...known.values()];
}
