/** Explains a report from its own facts. */
import type { LockMention, SplatReport, Unrecovered } from "../report.js";
import type { SplatColumns } from "./columns.js";
import { columnsOf } from "./columns.js";
import { whatMustMeet } from "./deadlock.js";
import { edgesOf } from "./edges.js";
import { ifReal } from "./if-real.js";
import { knownOf } from "./known.js";
import type { SplatQuestion } from "./question.js";
import { questionsFor } from "./questions.js";
import { ruleOf } from "./rule.js";
import { describeUsage } from "./usage.js";
import { whoHoldsWhat } from "./who.js";
import { code, pathOf } from "./words.js";

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
 * Explains a report in plain language.
 *
 * @param report a report as read
 * @returns what was broken, by whom, and what to ask before believing it
 */
export function explain(report: SplatReport): Explanation {
  const { title, rule } = ruleOf(report);
  const { kernel } = report;
  const known = knownOf(report);
  const version = kernel === null ? "" : ` (Linux ${kernel.version})`;
  return {
    title,
    source: `${report.headline}${version}`,
    rule,
    who: whoHoldsWhat(report),
    known,
    ifReal: known.length > 0 ? [] : ifReal(report),
    learnt: edgesOf(report).map(({ from, to, learnt, frames }) => {
      const what = `${code(from)} -> ${code(to)}`;
      const verb = learnt === "now" ? newEdge(report) : "learnt earlier";
      const by = frames.length === 0 ? "where, the report does not show" : `on ${pathOf(frames)}`;
      return `${what}: ${verb}, ${by}`;
    }),
    usage: usageNotes(report),
    mustMeet: whatMustMeet(report),
    columns: columnsOf(report),
    questions: questionsFor(report),
    unrecovered: report.unrecovered,
  };
}

/** What the new edge does; lockdep only speaks of it, and the task goes on. */
function newEdge({ kind }: SplatReport): string {
  if (kind === "circular") return "new, and closes the circle";
  return kind === "recursive" ? "new, a class after itself" : "new, and joins the two ends";
}

function usageNotes(report: SplatReport): readonly UsageNote[] {
  const { acquiring, holding, chain, other, connectsSafe, connectsUnsafe } = report;
  const mentions: readonly (LockMention | null | undefined)[] = [
    holding,
    ...chain.map(({ lock }) => lock),
    connectsSafe?.lock,
    connectsUnsafe?.lock,
    other?.lock,
    acquiring,
  ];
  const known = new Map<string, UsageNote>();
  for (const lock of mentions) {
    if (lock === null || lock === undefined) continue;
    const { name, usage } = lock;
    known.set(name, { name, usage, meaning: describeUsage(usage, report.kernel?.version ?? null) });
  }
  return [...known.values()];
}
