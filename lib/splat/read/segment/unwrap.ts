/**
 * Puts lines together that a mailer wrapped, or that the kernel printed in pieces because other
 * CPUs came in between: a line that cannot be complete takes what follows it.
 */
import { withoutCutNames, type Uncut } from "./cut-lines.js";
import { isForeignHeadline } from "./foreign.js";
import type { Line } from "../input/line.js";
import { beginsLock, lacksOfLock } from "../wording/lock-text.js";
import { beginsSentence, isPartOfSentence } from "../wording/sentences.js";

/** The lines of a report after unwrapping, and how many were joined to one before. */
export interface Unwrapped {
  readonly lines: readonly Line[];
  /** Where a terminal cut lines off. */
  readonly cut: Uncut["cut"];
  readonly joined: number;
}

/** One line is never made of more than so many. */
const most = 8;

/** Joins what belongs together; every line keeps the number of its first part. */
export function unwrap(all: readonly Line[]): Unwrapped {
  const { lines, cut } = withoutCutNames(joinRows(all.map(withoutFill)));
  const whole: Line[] = [];
  const isArrow = arrowIn(lines);
  let joined = lines.filter((line) => line.joined).length;
  for (let at = 0; at < lines.length;) {
    const first = lines[at];
    if (first === undefined) break;
    let text = first.text;
    let end = at + 1;
    if (isMoved(first, lines[end])) {
      text = lines[end]?.text ?? "";
      end++;
      joined++;
    }
    for (let parts = 1; parts < most && first.isCut === undefined; parts++) {
      const place = pieceAfter(text, lines, end);
      const next = lines[place];
      if (next === undefined || !continues(text, next)) break;
      // ARM names each function in two lines, so a frame that is broken says nothing that is lost.
      if (!armBegun.test(text.trim())) joined++;
      text = glue(text, next.text.trim(), isArrow);
      end = place + 1;
    }
    whole.push(end === at + 1 ? first : { ...first, text });
    at = end;
  }
  return { lines: whole, joined, cut };
}

/** A terminal that wraps fills its rows up, here in the midst of a name, and what is copied has the blanks. */
const filled =
  /(\{[-+.?]{2,16}\}.*, at: (?:\[<[0-9a-f]+>\] )?[A-Za-z_][\w.]*) {16,}([\w.]+\+0x[0-9a-f]+\/0x)/;

const withoutFill = (line: Line): Line =>
  filled.test(line.text) ? { ...line, text: line.text.replace(filled, "$1$2") } : line;

/** z/VM writes its console in rows of 80, each behind the number of the CPU. */
const row = /^\d\d: (?!(?:[0-9a-f]{2} ){4})(\S.*)$/;

function joinRows(lines: readonly Line[]): readonly Line[] {
  const rows: Line[] = [];
  for (const line of lines) {
    const before = rows.at(-1);
    const more = line.tagged ? undefined : row.exec(line.text)?.[1];
    if (more === undefined || before?.tagged !== true || (before.width ?? 0) < 80) rows.push(line);
    else rows[rows.length - 1] = { ...before, text: before.text + more.trimEnd(), width: 0 };
  }
  return rows;
}

/** A frame that does not fit behind the mark of the log was moved below it as a whole. */
const isMoved = (first: Line, next: Line | undefined): boolean =>
  first.tagged &&
  first.text.trim() === "" &&
  next?.tagged === false &&
  /^\s*(?:\? )?[A-Za-z_][\w.]*\+0x[0-9a-f]+\/0x/.test(next.text);

/** A lock printed in pieces may have blank lines between them. */
function pieceAfter(text: string, lines: readonly Line[], from: number): number {
  if (lines[from]?.text !== "" || !isOpenLock(text.trim())) return from;
  let place = from;
  while (place < from + 3 && lines[place]?.text === "") place++;
  return isPieceOfLock(lines[place]?.text.trim() ?? "") ? place : from;
}

function continues(text: string, next: Line): boolean {
  const here = text.trim();
  const there = next.text.trim();
  if (here === "" || there === "" || isForeignHeadline(there)) return false;
  // A frame of ARM with names alone, and the innermost one of s390, begin as a lock does.
  if (
    /^\([\w.]+\) from (?:\[<[0-9a-f]+>\] )?\([\w.+/]+(?: \[\w+\])?\)$|^\(\[<[0-9a-fx]+>\] \S.*\)$/.test(
      here,
    )
  )
    return false;
  // Only a lock is printed in several calls, so only there may a record of its own go on.
  if (next.tagged) return isOpenLock(here) && isPieceOfLock(there);
  if (isCutSymbol(here, there)) return true;
  // What somebody has put into a stack, in brackets, takes no frame.
  if (isOpenLock(here) && !/at:(?: \[<[0-9a-f]+>\])?$/.test(here) && frame.test(there))
    return false;
  // Behind an address comes a place, and nothing else.
  if (/\{[-+.?]{2,16}\}.*, at: \[<[0-9a-f]+>\]$/.test(here)) return place.test(there);
  if (isOpenLock(here)) return !beginsSentence(there) && !/^#\d+:|^-> #/.test(there);
  return isOpen(here, there) && !beginsSentence(there);
}

const frame = /^(?:\? )?[A-Za-z_][\w.]*\+0x[0-9a-f]+\/0x[0-9a-f]+/;

const place = /^[A-Za-z_][\w.]*(?:\+0x[0-9a-f]+| [\w./-]+\.[chS]:\d)/;

/** A place of which a mailer broke the name of the function in two. */
const isCutSymbol = (here: string, there: string): boolean =>
  /\)\{[-+.?]{2,16}\}.*, at: [A-Za-z_][\w.]*$/.test(here) && /^[\w.]+\+0x[0-9a-f]+\/0x/.test(there);

const isOpenLock = (text: string): boolean => {
  if (/ is trying to release lock \((?:[^)]|\)(?! at:))*$/.test(text)) return true;
  if (/^-> #\d+$/.test(text)) return true;
  const bare = text.replace(/^-> (?:#\d+ )?/, "");
  const heading = bare.length < text.length;
  if (!beginsLock(bare) && !(heading && bare.startsWith("("))) return false;
  return heading ? !/[:{]$/.test(text) : lacksOfLock(bare);
};

/** A piece that cannot be anything but the middle or the end of a lock. */
function isPieceOfLock(text: string): boolean {
  if (/^#\d+:|^->|^\.\.\. |^\w+ locks? held by/.test(text)) return false;
  if (beginsSentence(text)) return false;
  return (
    /^(?:\) at:$|\/\d+$|\)\{|, at:|#\d+\)?|[\w&*.>()-]+$|[0-9a-f]{8,16} \()/.test(text) ||
    /\)\{[-+.?]{2,16}\}/.test(text)
  );
}

/** What the kernel prints on the line after the CPU line. */
const afterCpu = /^(?:Tainted: \[|Hardware name:|Workqueue:|Call [Tt]race:|\[<)/;

/** Whether a text other than a lock is not complete without the next line. */
function isOpen(here: string, there: string): boolean {
  if (isPartOfSentence(here)) return true;
  if (here.endsWith(" is trying to release lock")) return there.startsWith("(");
  if (here.endsWith("-->") || there.startsWith("-->")) return true;
  if (here.includes(" --> ") && depthOf(here) > 0) return true;
  if (/^(?:r?lock|sync)\([^;]*$/.test(here)) return true;
  if (/^\d+\.\d+\.\d\S*$/.test(here) && /^#\S/.test(there)) return true;
  if (/^\d+\.\d+\S* #\S+.*\b(?:Not|Tainted:)$/.test(here)) return true;
  if (/^\d+\.\d+\S* #\S+ .*Tainted: [A-Z ]*$/.test(here)) return /^[A-Z][A-Z -]*$/.test(there);
  if (/^(?:CPU: \d+|Pid: \d+)/.test(here)) {
    // Who shortens a report may leave the build out, and the heading of the stack.
    if (/ \d+\.\d+\S*$/.test(here) && /^[a-z_]\w*$/.test(there)) return false;
    return !/ #\S+/.test(here) && !afterCpu.test(there);
  }
  if (/^(?:hard|soft)irqs last .*(?:\]|at|enabled|disabled|:)$/.test(here)) return true;
  if (/^(?:\.\.\. )?key +at:(?: \[<[0-9a-f]+>\])?$/.test(here)) return true;
  if (/^\S+:\d+ [^!]*$/.test(here) && there.endsWith("!")) return true;
  if (/^[\w./+-]+\.[ch]:\d+$/.test(here)) return /^[A-Za-z].*!$/.test(there);
  if (/^preempt=0x[0-9a-f]+(?: lock=\S*)?(?: RCU=\S*)?$/.test(here))
    return /^(?:lock|RCU|workfn)=/.test(there);
  return isSplitFrame(here, there);
}

/** Of a line that decode_stacktrace.sh has written, the places; behind them the module may stand. */
const decoded = /^(?:\? )?[A-Za-z_][\w.]* \(\S+\.[chS]:[\d?]+/;

/** How many parentheses are open at the end. */
const depthOf = (text: string): number => text.split("(").length - text.split(")").length;

/** `[<ip>] (a [mod]) from [<ip>] (b+0x1/0x2 [mod])`, as ARM printed frames up to 5.16. */
const armWhole = /^\[<[0-9a-f]+>\] \([^()]*\) from \[<[0-9a-f]+>\] \([^()]*\)$/;
const armBegun = /^\[<[0-9a-f]+>\] \([\w.]+[^()]*(?:$|\) from(?: \[<[0-9a-f]+>\](?: \([^()]*)?)?$)/;

/** A frame whose module, place or symbol was moved to a line of its own. */
function isSplitFrame(here: string, there: string): boolean {
  if (/^\?? ?\[<[0-9a-f]+>\]$/.test(here)) return true;
  if (here === "?") return /^[A-Za-z_][\w.]*\+0x[0-9a-f]+\/0x/.test(there);
  if (/^\[[0-9a-f]{8,16}\] \[[0-9a-f]{8,16}\]$/.test(here)) return true;
  if (/\+0x[0-9a-f]+$/.test(here)) return there.startsWith("/0x");
  if (armBegun.test(here) && !armWhole.test(here))
    return /^(?:\(|\[<[0-9a-f]+>\] \(|\[\w+\]\))/.test(there);
  if (/^WARNING: .* at$/.test(here)) return /^\S+\.\w+:\d+/.test(there);
  // `a from b+0x1/0x2` of ARM, and the function of a WARN.
  if (/^[\w.$]+(?: \[\w+\])? from$|^WARNING: .* at \S+\.[ch]:\d+$/.test(here))
    return /^[\w.$]+\+0x/.test(there);
  // decode_stacktrace.sh names several places of an inlined function in one pair of brackets.
  if (/^(?:\? )?[A-Za-z_][\w.]*$/.test(here) && /^\(\S+\.[chS]:\d+(?:[ )]|$)/.test(there))
    return true;
  if (/^(?:\? )?[\w.]+ \(\S+\.[chS]:\d+[^()]*$/.test(here))
    return /^\S+\.[chS]:\d+|^\(?discriminator \d/.test(there);
  if (decoded.test(here)) {
    if (depthOf(here) > 0) return /^\S+\.[chS]:\d+|^\(?discriminator \d|^\d+\)/.test(there);
    return here.endsWith(")") && /^[a-z]\w*_\w+$/.test(there);
  }
  const site = /\+0x[0-9a-f]+\/0x[0-9a-f]+$/.test(here);
  if (site && /^\[\w+\]$/.test(there)) return true;
  if (/\s\S+:\d+$/.test(here) && there === "[inline]") return true;
  const named = site || /(?:^|\s|at:)\s*\w[\w.]*$/.test(here);
  return named && /^[\w./-]+\.[chS]:\d+(?: \[inline\])?$/.test(there);
}

/** Whether a name that was cut after a `-` has lost the `>` of an arrow. */
type ArrowTest = (cut: string, there: string) => boolean;

/**
 * A `>` that begins a line was taken off as a mark of quoting; but names are cut at their hyphens, too, as
 * `sk_lock-AF_INET` and `btrfs-tree-00` are. The name as it stands elsewhere in the report decides, if it does.
 */
function arrowIn(lines: readonly Line[]): ArrowTest {
  return (cut, there) => {
    // The version of a kernel has hyphens, too.
    if (/\b\d+\.\d+\S*-$/.test(cut)) return false;
    const before = /[\w>.]+-$/.exec(cut)?.[0] ?? "";
    const after = /^\w+/.exec(there)?.[0] ?? "";
    const has = (name: string): boolean => lines.some(({ text }) => text.includes(name));
    if (has(`${before}${after}`)) return false;
    return has(`${before}>${after}`) || !after.startsWith("AF_");
  };
}

/** A wrapped line goes on after a blank, but not within a name, a site or a pair of braces. */
function glue(here: string, there: string, isArrow: ArrowTest): string {
  const cut = here.trimEnd();
  if (/\w-$/.test(cut) && /^\w/.test(there)) return cut + (isArrow(cut, there) ? ">" : "") + there;
  const tight =
    (/[+/]$/.test(cut) && there.startsWith("0x")) ||
    isCutSymbol(cut, there) ||
    cut.endsWith("}-") ||
    /^(?:\/0x|\/\d+$|\)\{|, at:|#\d+\))/.test(there) ||
    cut.endsWith("(") ||
    (/\w->$/.test(cut) && /^\w/.test(there)) ||
    (cut.endsWith(")") &&
      /^\((?!\w+\)?\{)/.test(there) &&
      !/^\S*[0-9a-f]{8,16} |\(_*ptrval_*\)$/.test(cut)) ||
    // A class that regmap or the sound system names after a line of source has a colon.
    (/^r?lock\([^;]*:$/.test(cut) && there.startsWith("(")) ||
    there.startsWith(")");
  return tight ? cut + there : `${cut} ${there}`;
}
