/**
 * Finds the reports of a log: where each begins, where it ends, and which lines between are its
 * own. Lines of other tasks and CPUs are told by the printing context; a report that begins
 * inside of another of the same context is read first, then the outer one goes on.
 */
import type { Headline } from "../wording/kinds.js";
import { bodyIn, headlineIn, mayBeHeadline } from "../wording/kinds.js";
import type { Line } from "../input/line.js";
import { inputLines } from "../input/input.js";
import type { RawLine } from "../input/raw.js";
import { learnPrefixes } from "../input/learned.js";
import { LineReader } from "../input/lines.js";
import { beginsForeign, warnings } from "./foreign.js";
import { isPrinted, leadOf, settled } from "./printed.js";
import { type Segment, cpuLine, frameLike } from "./segment.js";

interface OpenSegment {
  readonly headline: Headline;
  readonly banner: boolean;
  readonly residue: RegExp | null;
  readonly lines: Line[];
  readonly lead: readonly string[];
  prefix: string | null;
  strangers: number;
  answers: number;
  pendingAnswers: number;
  /** Who answers the mail in which the report is quoted has begun to write. */
  answered: boolean;
  pendingStrangers: number;
  cpuLine: boolean;
  /** `stack backtrace:` has been seen: the CPU line and the stack that follow are its own. */
  backtrace: boolean;
  frames: number;
  foreign: boolean;
  /** A blank line has been seen since the last frame: a stack does not go on after it. */
  blank: boolean;
  /** The number of the last link of a chain that was read, or null. */
  link: number | null;
  /** Lines in a row that no part of a report looks like. */
  idle: number;
  closed: boolean;
}

/** A report whose end was cut off stops being looked for after so many lines of other things. */
const patience = 400;
/** So many lines of others may stand within the stack at the end. */
const within = 12;
/** So many lines before a warning are looked at. */
const leading = 4;
/** No report is longer. */
const longest = 20_000;
/** So many reports can be open at once: a few nested ones on each CPU. */
const deepest = 32;

const backtracePart =
  /^\s*(?:$|<\/?\w+>|Call [Tt]race|Hardware name|Workqueue:|Tainted:|Modules linked|[RE]?[A-Z0-9]{2,3}: |Code:|RIP|EIP|[xr]\d+ ?:|sp :|pc :|lr :|pstate|Exception stack|[0-9a-f]{4}: |---|==+|Krnl|NIP|LR |MSR|GPR|IRQMASK|[0-9a-f]{8,16} [0-9a-f]|Stack:|\.\.\.|other info|stack backtrace|#\d+:|(?:no|\d+) locks? held)/;
/** What nobody writes who answers, nor a patch below a report. */
const certain =
  /\)\{[-+.?]{2,16}\}|^-> #\d|^\s*r?lock\(|locks? held by |^CPU: \d|^Call [Tt]race|stack backtrace:$|scenario:$|debug this:$/;
/** The reports in a text, in the order of their headlines; linear in its length. */
export function findSegments(text: string): Segment[] {
  const all: OpenSegment[] = [];
  const open: OpenSegment[] = [];
  const { prefixes } = learnPrefixes(inputLines(text));
  const reader = new LineReader(prefixes);
  const before: RawLine[] = [];
  for (const raw of inputLines(text)) {
    before.push(raw);
    if (before.length > leading + 1) before.shift();
    if (open.length === 0 && !mayBeHeadline.test(raw.text)) continue;
    for (const line of reader.read(raw)) {
      const begun = begin(line, open, () => leadOf(before.slice(0, -1), prefixes, line.writer));
      if (begun !== null) {
        all.push(begun);
        open.push(begun);
        if (open.length > deepest) open.shift();
        continue;
      }
      append(line, open);
    }
    for (let at = open.length - 1; at >= 0; at--) if (open[at]?.closed) open.splice(at, 1);
  }
  for (const segment of all) dropIdle(segment);
  return all.map(settled).filter(isPrinted);
}

function begin(
  line: Line,
  open: readonly OpenSegment[],
  lead: () => readonly string[],
): OpenSegment | null {
  const owner = ownerOf(line, open);
  const link = linkIn(line.text);
  // Of chains that are quoted one after the other the next is another report.
  const restarts = owner?.banner === false && owner.link !== null && (link ?? -1) >= owner.link;
  if (owner !== null && restarts) owner.closed = true;
  const own = restarts ? null : owner;
  if (own !== null && link !== null) own.link = link;
  const headline = headlineIn(line.text) ?? (own === null ? bodyIn(line.text) : null);
  if (headline === null) return null;
  // The kernel's own warning line belongs to the condition printed just before it, or after it;
  // one for each function that was inlined, and wrapped, it takes a while.
  if (
    own !== null &&
    warnings.includes(headline.kind) &&
    warnings.includes(own.headline.kind) &&
    (own.lines.length < 6 || (own.lines.length < 12 && !own.cpuLine && !own.backtrace))
  ) {
    return null;
  }
  // A warning does not nest in a warning of the same task: the first one is over.
  if (own !== null && [headline, own.headline].every(({ kind }) => warnings.includes(kind))) {
    own.closed = true;
  }
  const banner = headlineIn(line.text) !== null;
  const before = line.text.slice(0, headline.at);
  const rest = { ...line, text: line.text.slice(banner ? headline.at : 0) };
  return {
    headline,
    banner,
    residue: residueOf(before),
    lines: [rest],
    lead: warnings.includes(headline.kind) ? lead() : [],
    prefix: line.learned,
    strangers: 0,
    answers: 0,
    pendingAnswers: 0,
    answered: false,
    pendingStrangers: 0,
    cpuLine: false,
    backtrace: false,
    frames: 0,
    foreign: false,
    blank: false,
    link,
    idle: 0,
    closed: false,
  };
}

/** The N of a line `-> #N (name){usage}`, or null. */
function linkIn(text: string): number | null {
  const number = /-> #(\d+) \(.*\)\{[-+.?]{2,16}\}/.exec(text)?.[1];
  return number === undefined ? null : Number(number);
}

/** Returns a mark that no logger is known for, on every line of the report: digits may differ. */
function residueOf(before: string): RegExp | null {
  if (!/\S/.test(before) || /[A-Za-z]/.test(before)) return null;
  const pattern = before
    .trimEnd()
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replace(/\d+/g, "\\d+");
  return new RegExp(`^${pattern} ?`);
}

/** The innermost open report of the line's printing context. */
function ownerOf(line: Line, open: readonly OpenSegment[]): OpenSegment | null {
  for (let at = open.length - 1; at >= 0; at--) {
    const segment = open[at];
    const first = segment?.lines[0];
    if (segment !== undefined && !segment.closed && first?.writer === line.writer) return segment;
  }
  return null;
}

function append(line: Line, open: readonly OpenSegment[]): void {
  const own = ownerOf(line, open);
  for (const segment of open) {
    if (segment !== own && segment.lines[0]?.writer !== line.writer) meetStranger(segment);
  }
  if (own === null || isAnswer(own, line)) return;
  const text = own.residue === null ? line.text : line.text.replace(own.residue, "");
  if (isEnd(own, text)) {
    own.closed = true;
    // What looked idle to the inner report is the outer one's.
    const back = own.idle > 1 ? own.lines.splice(1 - own.idle) : [];
    own.idle = 0;
    for (const returned of [...back, line]) append(returned, open);
    return;
  }
  own.strangers += own.pendingStrangers;
  own.pendingStrangers = 0;
  if (certain.test(text) || frameLike.test(text)) {
    own.answers += own.pendingAnswers;
    own.pendingAnswers = 0;
  }
  // A literal line end may stand behind the odd mark: then two lines come out of one.
  own.lines.push(text === line.text ? line : { ...line, text });
}

/**
 * Whether a line is of who answers a mail, in the midst of the report that it quotes: it has fewer
 * marks of quoting than the headline, and stands below a blank line, as the end of a wrapped one does not.
 */
function isAnswer(segment: OpenSegment, line: Line): boolean {
  const { lines } = segment;
  const depth = lines[0]?.quotes ?? 0;
  if (line.quotes >= depth) segment.answered = false;
  else if (line.text !== "" && !segment.answered) {
    const last = lines.findLastIndex(({ text, quotes }) => text !== "" || quotes >= depth);
    segment.answered = last < lines.length - 1;
    if (segment.answered) lines.length = last + 1;
  }
  if (segment.answered && line.text !== "") segment.pendingAnswers++;
  return segment.answered;
}

function meetStranger(segment: OpenSegment): void {
  segment.pendingStrangers++;
  if (segment.pendingStrangers > patience) segment.closed = true;
}

function isEnd(segment: OpenSegment, text: string): boolean {
  if (segment.lines.length >= longest) return true;
  const frame = frameLike.test(text);
  const cpu = cpuLine.test(text);
  // Some kinds print it twice.
  if (/^\s*stack backtrace:$/.test(text)) {
    segment.backtrace = true;
    segment.cpuLine = false;
    segment.frames = 0;
  }
  // A quoted report may have this heading alone.
  if (/^\s*Call [Tt]race:?\.?$/.test(text) && !segment.foreign) segment.backtrace = true;
  if (cpu && segment.cpuLine && (segment.backtrace || !segment.foreign)) return true;
  segment.cpuLine ||= cpu;
  if (beginsForeign(segment.headline.kind, text)) {
    // A report that is cut short by another one may find its CPU line there.
    if (segment.cpuLine && segment.frames > 0 && !segment.foreign) return true;
    segment.foreign = true;
  }
  const stack = segment.cpuLine || segment.backtrace;
  if (stack && frame) segment.frames++;
  if (frame) segment.blank = false;
  else if (text.trim() === "") segment.blank = true;
  if (frame || cpu || backtracePart.test(text)) segment.idle = 0;
  else segment.idle++;
  if (stack && segment.frames > 0)
    return segment.idle > (segment.foreign ? 40 : segment.blank ? 2 : within);
  return segment.idle > patience;
}

/** Lines after the end that no part of a report looks like are not of it. */
function dropIdle({ lines, idle, cpuLine: cpu, backtrace, frames }: OpenSegment): void {
  if ((cpu || backtrace) && frames > 0 && idle > 0 && idle < lines.length) lines.length -= idle;
}
