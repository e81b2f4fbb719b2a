/** Reads the lockdep reports in a text. */
import type { SplatReport } from "../report/index.js";
import type { Draft } from "./draft/draft.js";
import { emptyDraft } from "./draft/draft.js";
import type { Line } from "./input/line.js";
import { reportOf } from "./outcome/finish.js";
import { missingParts } from "./outcome/missing.js";
import { sections, type ReportInParts, type ReportPart } from "./parts.js";
import { inputLines } from "./input/input.js";
import { learnPrefixes, type UnreadHeadline } from "./input/learned.js";
import type { Segment } from "./segment/segment.js";
import { beginsForeign } from "./segment/foreign.js";
import { findSegments } from "./segment/segments.js";
import { settle } from "./outcome/settle.js";
import { unwrap } from "./segment/unwrap.js";

/**
 * Reads every lockdep report in a text: logs, mails, pages, whatever stands around them.
 *
 * @param text the text, of any length; the time is linear in it
 * @returns the reports in the order of their headlines; none where the text has none
 * @example
 * ```ts
 * readSplats("WARNING: possible recursive locking detected\n6.12.0 #1 Not tainted")[0]?.kind
 * // "recursive"
 * ```
 */
export function readSplats(text: string): readonly SplatReport[] {
  return findSegments(text).map((segment) => readSegment(segment).report);
}

/**
 * Returns the reports of a text as `readSplats()` does, each with the lines of its parts, without
 * what logs and mailers put before them and put together where they were wrapped.
 */
export const readInParts = (text: string): readonly ReportInParts[] =>
  findSegments(text).map(readSegment);

/**
 * Returns the headlines of a text that stand behind something that is not before the lines after
 * them: in prose, or in a log whose prefix was not understood.
 */
export const unreadHeadlines = (text: string): readonly UnreadHeadline[] =>
  learnPrefixes(inputLines(text)).unread;

function readSegment(segment: Segment): ReportInParts {
  const whole = unwrap(segment.lines);
  const draft = emptyDraft(segment, whole);
  const parts = readLines(whole.lines, draft);
  settle(draft);
  tellOf(segment, draft);
  if (whole.cut !== null) {
    const { width, line } = whole.cut;
    const what = `the lines are cut off at ${width} characters: a name that breaks off at the end of one is left out`;
    draft.asides.push({ line, what });
  }
  return { report: reportOf(draft, missingParts(draft)), parts };
}

function readLines(lines: readonly Line[], draft: Draft): readonly ReportPart[] {
  const parts: ReportPart[] = [];
  // The headline is read already; without a banner the first line is of the body.
  const first = draft.hasBanner ? 1 : 0;
  if (first === 1) parts.push({ role: "headline", lines: lines.slice(0, 1) });
  for (let at = first; at < lines.length;) {
    const line = lines[at];
    if (line !== undefined && beginsForeign(draft.kind, line.text)) interrupt(line, draft);
    let part: ReportPart = { role: "more", lines: lines.slice(at, at + 1) };
    for (const [role, section] of sections) {
      const taken = section(lines, at, draft);
      if (taken === 0) continue;
      part = { role, lines: lines.slice(at, at + taken) };
      break;
    }
    parts.push(part);
    at += part.lines.length;
  }
  return parts;
}

/** What another report of the kernel says from here on is not this one's. */
function interrupt({ number, text }: Line, draft: Draft): void {
  if (!draft.interrupted) {
    const what = `another report of the kernel begins here: \`${text.trim().slice(0, 80)}\``;
    draft.asides.push({ line: number, what });
  }
  draft.interrupted = true;
}

function tellOf({ strangers, answers, prefix, lines }: Segment, draft: Draft): void {
  const line = lines[0]?.number ?? 0;
  if (prefix !== null) {
    const what = `each line begins with \`${prefix}\` or the like, which no logger is known for; taken off`;
    draft.asides.push({ line, what });
  }
  if (answers > 0) {
    const written = answers === 1 ? "a line" : `${answers} lines`;
    draft.asides.push({ line, what: `${written} of an answer to the mail between, left out` });
  }
  if (strangers > 0) {
    const lost = strangers === 1 ? "a line" : `${strangers} lines`;
    draft.asides.push({ line, what: `${lost} of other tasks or CPUs between, left out` });
  }
}
