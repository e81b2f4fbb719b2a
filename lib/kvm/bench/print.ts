/** A verdict of the bench in lines. */
import type { Fate, TriedBug } from "./fate.js";
import { paragraph } from "../../primitives/paragraph.js";
import { type FixVerdict, changedLines, smallestHidden } from "./judge.js";
import { reasonOf } from "./reason.js";

/** How many orders lockdep is asked about: where it is silent in all, none is named. */
type Asked = FixVerdict["lockdep"]["orders"]["length"];

const indent = "            ";
/** Letters of a line: what a notebook shows in a window of 900 pixels. */
const width = 88;

/** A line under a heading of its own, or of the one above; where it breaks it goes on below its text. */
const told = (text: string, heading = ""): readonly string[] =>
  text
    .split("\n")
    .flatMap((line, i) => paragraph(line, width, i === 0 ? heading.padEnd(indent.length) : indent));

/**
 * Returns a verdict in lines: lockdep's answer and why, the explorer's, where they meet, what the fix costs, and each
 * bug with its fate.
 *
 * @param why says more of a bug that the fix hides, in sentences; nothing unless given
 */
export function printVerdict(
  verdict: FixVerdict,
  why: (bug: TriedBug) => string = () => "",
): string {
  const { lockdep, result, quadrant, cost, bugs } = verdict;
  const said = lockdep.orders.map(({ order, kind }) => `${order} ${kind ?? "silent"}`);
  const list = (edges: readonly string[]): string =>
    edges.length === 0 ? "nothing" : edges.join("; ");
  return [
    ...told(said.join(", "), "lockdep"),
    ...lockdep.warnings.flatMap((warning) => told(`warns: ${warning}`)),
    ...(lockdep.report === null ? [] : told(reasonOf(lockdep.report))),
    ...told(armsText(lockdep.neverRan)),
    ...told(result.summary, "explorer"),
    ...told(quadrant, "together"),
    ...told(list(cost.adds), "adds edges"),
    ...told(list(cost.drops), "drops edges"),
    ...told(list(cost.hides), "hides edges"),
    ...bugs.flatMap((bug) => bugLines(bug, lockdep.orders.length, why)),
    ...smallestLines(verdict),
  ].join("\n");
}

const armsText = (neverRan: readonly string[]): string =>
  neverRan.length === 0
    ? "every arm in which the fix takes a lock ran"
    : `never ran, so that lockdep heard nothing of it: ${neverRan.join("; ")}`;

function bugLines(bug: TriedBug, asked: Asked, why: (bug: TriedBug) => string): readonly string[] {
  const more = bug.fate.kind === "hidden" ? why(bug) : "";
  return [
    ...told(bug.summary, bug.bug),
    ...told(fateText(bug.fate, asked)),
    ...(more === "" ? [] : told(more)),
  ];
}

function smallestLines(verdict: FixVerdict): readonly string[] {
  const found = smallestHidden(verdict);
  if (found === null) return [];
  const lines = changedLines(found.patch);
  const count = lines.length === 1 ? "1 line" : `${String(lines.length)} lines`;
  return [
    `The smallest bug that it hides is ${found.bug}, ${count}:`,
    ...lines.map((line) => `${indent}${line}`),
  ];
}

/**
 * Returns what becomes of a bug, as a sentence.
 *
 * @param asked in how many orders lockdep was asked
 */
export function fateText(fate: Fate, asked: number): string {
  switch (fate.kind) {
    case "lockdep is off":
      return "lockdep is off: it has reported the code without the bug";
    case "reported":
      return `reported as ${fate.report}: ${fate.reason}`;
    case "harmless":
      return `harmless: ${silent(fate, asked)}, and this code cannot fail by it`;
    case "open":
      return `open: ${silent(fate, asked)}; ${fate.result.summary}`;
    case "fails anyway":
      return `fails anyway: ${silent(fate, asked)}, and the code fails without the bug`;
    case "hidden":
      return `HIDDEN: ${silent(fate, asked)}; ${fate.result.summary}`;
    case "cannot be tried":
      return `could not be tried: ${fate.why}`;
  }
}

const silent = ({ silentIn }: { readonly silentIn: readonly string[] }, asked: Asked): string =>
  `lockdep is silent${silentIn.length === asked ? "" : ` in ${silentIn.join(", ")}`}`;
