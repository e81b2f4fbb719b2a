/** A case of the atlas as text: its report, its code, both verdicts, what they hang on, what each fix hides. */
import type { AtlasCase, CaseJudge, CaseSelection, CaseVerdict } from "../../atlas/index.js";
import { changelogTimeline, printReplay } from "../../explore/index.js";
import { replay, translate } from "../../machine/index.js";
import { counted } from "../../primitives/counted.js";
import { paragraph } from "../../primitives/paragraph.js";
import { printReport } from "../../splat/print/index.js";

/** Letters of a line: what a notebook shows in a window of 900 pixels. */
const width = 88;

/** A case of which a reader sees one part after another. */
export interface CaseText {
  /** The report that lockdep prints first, as the kernel would. */
  readonly report: () => readonly string[];
  /** The C, with numbers of lines. */
  readonly code: () => readonly string[];
  /** What both judges say, with a counterexample step by step if there is one. */
  readonly verdicts: () => readonly string[];
  /** The shortest schedule that goes wrong of a selection, step by step; empty if there is none. */
  readonly schedule: (selection: CaseSelection) => readonly string[];
  /** The same as text for a changelog: only the steps that matter. */
  readonly changelog: (selection: CaseSelection) => readonly string[];
  /** Each premise, and what both judges say where it is the other way. */
  readonly premises: () => readonly string[];
  /** Each fix, alone and with each mutant; what it would hide is marked. */
  readonly fixes: () => readonly string[];
  readonly sources: () => readonly string[];
}

/** Returns the parts of a case; each is computed when it is asked for. */
export function caseText(of: AtlasCase, judge: CaseJudge): CaseText {
  return {
    report: () => reportLines(judge({})),
    code: () => numbered(of.texts.code),
    verdicts: () => verdictLines(judge({})),
    schedule: (selection) => steps(judge(selection)),
    changelog: (selection) => changelogOf(judge(selection)),
    premises: () =>
      inColumns(
        of.premises.map(({ name, summary, holds, by }) => ({
          text: `${name}: ${summary}. ${holds ? "It holds" : "It does not hold"} (${by}).`,
          rows: [[holds ? "if it did not" : "if it did", judge({ switched: [name] })]],
        })),
      ),
    fixes: () =>
      inColumns(
        of.fixes.map(({ name, summary, fate }) => ({
          text: `${name}: ${summary} (${fate})`,
          rows: [["alone", { fix: name }] as const, ...withBugs(of, name)].map(
            ([what, selection]) => [what, judge(selection)],
          ),
        })),
      ),
    sources: () => of.sources.flatMap(({ where, says }) => wrapped(`${where}: ${says}`)),
  };
}

/** The bugs that a fix is tried with: the mutants, and the premises whose other way was expected of. */
function withBugs(of: AtlasCase, fix: string): readonly (readonly [string, CaseSelection])[] {
  return of.expected
    .filter((row) => row.fix === fix && (row.mutant ?? row.switched) !== undefined)
    .map(({ mutant, switched = [] }) => [
      mutant === undefined ? switchedText(of, switched) : `with ${mutant}`,
      { fix, switched, ...(mutant === undefined ? {} : { mutant }) },
    ]);
}

/** "without A and B": premises that hold are dropped, others taken on. */
function switchedText({ premises }: AtlasCase, switched: readonly string[]): string {
  return switched
    .map((name) => {
      const holds = premises.find((premise) => premise.name === name)?.holds ?? true;
      return `${holds ? "without" : "with"} ${name}`;
    })
    .join(", ");
}

function reportLines({ orders }: CaseVerdict): readonly string[] {
  const first = orders.find(({ report }) => report !== null);
  if (first?.report == null) return ["none: lockdep is silent"];
  return printReport(first.report).trim().split("\n");
}

const numbered = (code: string): readonly string[] =>
  code
    .trimEnd()
    .split("\n")
    .map((line, at) => `${String(at + 1).padStart(3)}  ${line.replaceAll("\t", "    ")}`);

function verdictLines(of: CaseVerdict): readonly string[] {
  return [`lockdep   ${lockdepText(of)}`, `explorer  ${of.result.summary}`, ...steps(of)];
}

function changelogOf({ scenario, result }: CaseVerdict): readonly string[] {
  const [found] = Object.values(result.violations);
  return found === undefined ? [] : changelogTimeline(translate(scenario), found.schedule);
}

function steps({ scenario, result }: CaseVerdict): readonly string[] {
  const [found] = Object.values(result.violations);
  return found === undefined ? [] : printReplay(replay(translate(scenario), found.schedule));
}

/** Returns what lockdep answers, with an order of first runs for each answer where they differ. */
function lockdepText({ lockdep, orders }: CaseVerdict): string {
  const [only] = lockdep;
  if (lockdep.length === 1 && only !== undefined) {
    return `${only}, in ${counted(orders.length, "order")} of first runs`;
  }
  return lockdep
    .map((answer) => {
      const order = orders.find((one) => one.answer === answer)?.order ?? [];
      return `${answer} (first runs: ${order.join(", ")})`;
    })
    .join("; ");
}

/** A sentence, and below it what both judges say of something, by its name. */
interface Judged {
  readonly text: string;
  readonly rows: readonly (readonly [name: string, verdict: CaseVerdict])[];
}

const answered = ({ lockdep }: CaseVerdict): string => lockdep.join(" or ");

/** Returns them in lines, the columns of all rows no wider than the widest needs. */
function inColumns(parts: readonly Judged[]): readonly string[] {
  const rows = parts.flatMap((part) => part.rows);
  const names = Math.max(0, ...rows.map(([name]) => name.length));
  const answers = Math.max(0, ...rows.map(([, verdict]) => answered(verdict).length));
  return parts.flatMap((part) => [
    ...wrapped(part.text),
    ...part.rows.map(([name, verdict]) => {
      const { lockdep, explorer, result } = verdict;
      const hidden = explorer !== "safe" && lockdep.every((answer) => answer === "silent");
      const said = `  ${name.padEnd(names)}  ${answered(verdict).padEnd(answers)}  ${result.summary}`;
      return hidden ? `${said}: HIDDEN` : said;
    }),
  ]);
}

/** Returns text in lines of the width of a terminal. */
export const wrapped = (text: string): readonly string[] => paragraph(text, width);
