/**
 * What lockdep can report, and the sentences by which a report is known.
 *
 * The sentences are those of the `print_*()` functions of kernel/locking/lockdep.c, of
 * kernel/workqueue.c and of mm/; up to 4.11 in `[ INFO: ... ]`, since then after `WARNING:`.
 */

import type { SplatKind } from "../../report/index.js";

/** A headline that was found in a line. */
export interface Headline {
  readonly kind: SplatKind;
  /** From the banner's bracket or first word to the end. */
  readonly text: string;
  /** Where in the line it begins. */
  readonly at: number;
}

const banner = String.raw`(?:\[ )?(?:INFO|BUG|WARNING|DEBUG): `;
const end = String.raw`(?: \])?\s*$`;
const rule = (kind: SplatKind, sentence: string): readonly [SplatKind, RegExp] => [
  kind,
  new RegExp(banner + sentence + end),
];

const rules: readonly (readonly [SplatKind, RegExp])[] = [
  rule("circular", "possible circular locking dependency detected"),
  rule("recursive", "possible recursive locking detected"),
  rule("inconsistent", "inconsistent lock state"),
  rule("irq-inversion", "possible irq lock inversion dependency detected"),
  rule("irq-safe-unsafe", String.raw`\S+-safe -> \S+-unsafe lock order detected`),
  rule("wait-context", "Invalid wait context"),
  rule("bad-unlock", "bad unlock balance detected!"),
  rule("nested-not-taken", "Nested lock was not taken"),
  rule("held-freed", "held lock freed!"),
  rule("user-space", "lock held when returning to user space!"),
  rule("still-held", "lock held at task exit time!"),
  rule("still-held", String.raw`\S.{0,40}/\d+ still has locks held!`),
  rule("rcu-usage", String.raw`suspicious (?:RCU|rcu_dereference_check\(\)) usage\.?`),
  rule("non-static-key", "trying to register non-static key."),
  rule("limit", String.raw`MAX_(?:LOCK\w*|STACK_TRACE_ENTRIES) too low!`),
  ["bfs-error", /lockdep bfs error:-?\d+\s*$/],
  rule("invalid-subclass", String.raw`looking up invalid subclass: \d+`),
  rule("wq-leaked-lock", String.raw`workqueue leaked (?:lock or atomic|atomic, lock or RCU): \S.*`),
  rule("bad-contention", "bad contention detected!"),
  rule("debug-locks-warn", String.raw`key \S+ (?:not in \.data|has not been registered)!`),
  [
    "warn",
    /(?:(?:releasing|unpinning|repinning|pinning) an? (?:un)?(?:pinned|held) lock|pin count corrupted|lockdep_assert_\w+\(\))\s*$/,
  ],
  // `lockdep_assert_*()` in include/linux/lockdep.h; the condition stands alone, or in brackets.
  ["warn", /(?<!\[)(?:debug_locks|__?lockdep_enabled) && .*\)\s*$/],
  ["warn", /WARNING: \[(?:debug_locks|__?lockdep_enabled) && .*\] \S+:\d+ at .*$/],
  ["debug-locks-warn", /(?:WARNING: \[)?DEBUG_LOCKS_WARN_ON\(.*\)(?:\] \S+:\d+ at .*)?\s*$/],
  [
    "debug-locks-warn",
    // Up to 6.17 `WARNING: CPU: 1 PID: 2 at FILE:LINE f`, since then `WARNING: FILE:LINE at f, CPU#1`.
    /WARNING: (?:(?:CPU: \d+ PID: \d+ )?at )?(?:\S*\/)?kernel\/(?:locking\/)?lockdep\.c:\d+.*$/,
  ],
];

/** Sentences deeper inside of a report that give away its kind where the banner was cut off. */
const bodies: readonly (readonly [SplatKind, RegExp, string])[] = [
  [
    "rcu-usage",
    /\S+:\d+ suspicious rcu_dereference\w*\(\) usage!\s*$/,
    "WARNING: suspicious RCU usage",
  ],
  [
    "circular",
    /\S.*\/\d+ is trying to acquire lock:\s*$/,
    "WARNING: possible circular locking dependency detected",
  ],
  // A chain alone, as commit messages quote it, and a scenario alone.
  [
    "circular",
    /-> #\d+ \(.*\)\{[-+.?]{2,16}\}.*$/,
    "WARNING: possible circular locking dependency detected",
  ],
  [
    "circular",
    /Possible unsafe locking scenario:?\s*$/,
    "WARNING: possible circular locking dependency detected",
  ],
  [
    "circular",
    /(?:the existing dependency chain \(in reverse order\) is|Chain exists of):\s*$/,
    "WARNING: possible circular locking dependency detected",
  ],
  [
    "recursive",
    /May be due to missing lock nesting notation\s*$/,
    "WARNING: possible recursive locking detected",
  ],
  ["inconsistent", /\{[A-Z-]+\} state was registered at:\s*$/, "WARNING: inconsistent lock state"],
  [
    "bad-unlock",
    /but there are no more locks to release!\s*$/,
    "WARNING: bad unlock balance detected!",
  ],
  ["wait-context", /context-\{\d:\d\}\s*$/, "[ BUG: Invalid wait context ]"],
  [
    "irq-safe-unsafe",
    /Possible interrupt unsafe locking scenario:?\s*$/,
    "WARNING: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected",
  ],
  [
    "inconsistent",
    /inconsistent \{[\w-]+\} -> \{[\w-]+\} usage\.\s*$/,
    "WARNING: inconsistent lock state",
  ],
  [
    "irq-safe-unsafe",
    /\S.*\/\d+ \[HC\d.*\] is trying to acquire:\s*$/,
    "WARNING: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected",
  ],
  [
    "irq-inversion",
    /\S.*\/\d+ just changed the state of lock:\s*$/,
    "WARNING: possible irq lock inversion dependency detected",
  ],
  ["wait-context", /\S.*\/\d+ is trying to lock:\s*$/, "[ BUG: Invalid wait context ]"],
  [
    "bad-unlock",
    /\S.*\/\d+ is trying to release lock \(.*\) at:\s*$/,
    "WARNING: bad unlock balance detected!",
  ],
  [
    "user-space",
    /\S.*\/\d+ is leaving the kernel with locks still held!\s*$/,
    "WARNING: lock held when returning to user space!",
  ],
];

/** A cheap test that every headline passes, also one that a mailer wrapped or spaced anew. */
export const mayBeHeadline =
  /possible\s(?:circular|recursive|irq\slock)|inconsistent\s(?:lock|\{)|safe\s-(?:>|&gt;)|Invalid\swait|bad\s(?:unlock|contention)|Nested\slock\swas|lock\s(?:freed|held)|locks\s(?:still\s)?held!|[Ss]uspicious\s(?:RCU|rcu_)|non-static|MAX_(?:LOCK|STACK)|bfs\serror|invalid\ssubclass|workqueue\sleaked|not\sin\s\.data|not\sbeen\sregistered|DEBUG_LOCKS_WARN_ON|(?:debug_locks|lockdep_enabled)\s&&|pinn?(?:ed|ing)|pin\scount|lockdep_assert|lockdep\.c:|trying\sto\s(?:acquire|lock|release)|changed\sthe\sstate|->\s#\d|-&gt;\s#\d|unsafe\slocking\sscenario|existing\sdependency\schain|Chain\sexists|missing\slock\snesting|state\swas\sregistered|no\smore\slocks|context-\{/;

/** The headline in a line, if it has one: the line ends with it, and no prose stands before it. */
export function headlineIn(text: string): Headline | null {
  if (!mayBeHeadline.test(text)) return null;
  for (const [kind, pattern] of rules) {
    const match = pattern.exec(text);
    if (match !== null && mayPrecede(text.slice(0, match.index))) {
      return { kind, text: match[0].trim(), at: match.index };
    }
  }
  return null;
}

/** The headline that a line ends with, whatever stands before it. */
export function headlineAnywhere(text: string): Headline | null {
  for (const [kind, pattern] of rules) {
    const match = pattern.exec(text);
    if (match !== null) return { kind, text: match[0].trim(), at: match.index };
  }
  return null;
}

/** A whole sentence or heading of every report of its kind, with nothing of the report's own in it. */
const sentence =
  /(?:the existing dependency chain \(in reverse order\) is:|Possible (?:interrupt )?unsafe locking scenario:|-> #\d+ \(.*\)\{[-+.?]{2,16}\}(?:-\{\d+:\d+\})?:)\s*$/;

/** Where in a line a sentence begins that only reports have, or null. */
export const sentenceAnywhere = (text: string): number | null => sentence.exec(text)?.index ?? null;

/** The kind of a report that has lost its banner; `text` is the banner it would have had. */
export function bodyIn(text: string): Headline | null {
  if (!mayBeHeadline.test(text)) return null;
  for (const [kind, pattern, headline] of bodies) {
    const match = pattern.exec(text);
    if (match?.index === indent(text)) return { kind, text: headline, at: match.index };
  }
  return null;
}

const indent = (text: string): number => text.length - text.trimStart().length;

/** Blanks and marks may precede a headline, or a console line that ends with a time stamp. */
function mayPrecede(before: string): boolean {
  return /^[^A-Za-z]*$/.test(before) || /\[\s*\d+\.\d+\]\s*$/.test(before);
}
