/**
 * A lockdep report cut into its parts, each with what it says, after the printing functions of
 * kernel/locking/lockdep.c (`print_circular_bug()` and its sisters).
 */
import type { Tone } from "../draw/palette.js";
import { counted } from "../../primitives/counted.js";

/** A run of lines that belong together. */
export interface SplatPart {
  /** What kind of part it is, in two or three words. */
  readonly title: string;
  /** What the part tells the reader; empty for lines without a known meaning. */
  readonly note: string;
  readonly tone: Tone;
  /** What is shown; a line that says how many are folded stands for them. */
  readonly lines: readonly string[];
  /** The same with the folded lines. */
  readonly rows: readonly SplatPartRow[];
}

/** A line of a report, or lines folded into one. */
export type SplatPartRow = string | { readonly folded: readonly string[] };

/** A task as reports name it, `comm/pid`: the name may hold slashes. */
function taskNamed(text: string): string {
  const [, name, pid] = /^(.*)\/(\d+)$/.exec(text) ?? [];
  return name === undefined ? `Task ${text}` : `The task ${name}, process id ${pid ?? ""},`;
}

interface Rule {
  readonly first: RegExp;
  readonly title: string;
  readonly tone: Tone;
  readonly note: string | ((match: RegExpExecArray) => string);
}

const rulesBroken: readonly (readonly [headline: RegExp, rule: string])[] = [
  [/circular locking/, "taking this lock would close a circle among lock classes"],
  [/recursive locking/, "the task already holds a lock of this class"],
  [
    /inconsistent lock state/,
    "a class is used in an interrupt, and elsewhere with that interrupt on",
  ],
  [/irq lock inversion/, "an interrupt may take a lock that is held with interrupts on"],
  [/-safe -> /, "a lock used in interrupts would depend on one that is held with interrupts on"],
  [/[Ii]nvalid wait context/, "this lock may sleep where sleeping is not allowed"],
  [/bad unlock balance/, "a lock is released that is not held"],
  [/[Nn]ested lock was not taken/, "the lock that makes the nesting safe is not held"],
  [/held lock freed/, "memory is freed with a held lock in it"],
  [/returning to user space/, "the task goes back to user space with locks held"],
  [/RCU usage/, "RCU-protected data is read without the protection"],
];

function ruleBroken(headline: string): string {
  const found = rulesBroken.find(([pattern]) => pattern.test(headline));
  return found === undefined ? "The headline." : `The rule that was broken: ${found[1]}.`;
}

const rules: readonly Rule[] = [
  {
    first: /^(?:WARNING|INFO|BUG|\[ (?:INFO|BUG)):? .*/,
    title: "headline",
    tone: "red",
    note: (m) => ruleBroken(m[0]),
  },
  {
    first: /^(.+) is trying to (?:acquire|release) lock/,
    title: "the last step",
    tone: "red",
    note: (m) =>
      `${taskNamed(m[1] ?? "")} asks for this lock, and lockdep speaks here: it prints, switches itself off, and the task goes on. In braces the usage bits, then the wait types.`,
  },
  {
    first: /^(?:but|and this) task is already holding/,
    title: "already held",
    tone: "amber",
    note: "What the task holds at that moment: held, then wanted, is the new edge.",
  },
  {
    first: /^which lock already depends on|^the existing dependency chain/,
    title: "the old order",
    tone: "blue",
    note: "Earlier code took them the other way round. Read the list from its end: #0 is the lock wanted now.",
  },
  {
    first: /^-> #0 (?:\()?(.*?)\)?\{/,
    title: "the new edge",
    tone: "red",
    note: "Now: #0 is wanted while the highest number is held. This stack is the present one.",
  },
  {
    first: /^-> #(\d+) /,
    title: "a known edge",
    tone: "blue",
    note: (m) =>
      `Learnt earlier: #${m[1] ?? ""} was taken here while #${Number(m[1]) - 1} was held. Nothing says that it was the same instance.`,
  },
  {
    first: /^inconsistent \{.*\} -> \{.*\} usage/,
    title: "the two usages",
    tone: "red",
    note: "The usage known from before, and the one that came now.",
  },
  {
    first: /^\{.*\} state was registered at:|^.*irq-on-.*:$/,
    title: "the first usage",
    tone: "blue",
    note: "Where the class first got the usage that contradicts the new one.",
  },
  {
    first: /^irq event stamp/,
    title: "interrupt switches",
    tone: "muted",
    note: "When interrupts were last switched on and off on this task.",
  },
  {
    first: /^which would create a new lock dependency/,
    title: "the new edge",
    tone: "red",
    note: "The dependency that this step would add.",
  },
  {
    first: /^but this new dependency connects an? .*safe lock/,
    title: "the safe end",
    tone: "blue",
    note: "A lock that is taken in interrupt context, and where that was seen.",
  },
  {
    first: /^to an? .*unsafe lock/,
    title: "the unsafe end",
    tone: "amber",
    note: "A lock that was held with interrupts on, and where.",
  },
  {
    first: /^the dependencies between|^the shortest dependencies|^ the dependencies between/,
    title: "the path",
    tone: "blue",
    note: "How the two ends are joined, class by class.",
  },
  {
    first: /^Chain exists of:/,
    title: "the circle",
    tone: "purple",
    note: "The circle in short: each is held when the next is taken, and the last closes it.",
  },
  {
    first: /^\s*Possible (?:interrupt )?unsafe locking scenario/,
    title: "scenario",
    tone: "purple",
    note: "Made up from the classes, not observed: this is what would have to happen at once. Whether it can, lockdep does not know.",
  },
  {
    first: /^(?:\d+|no) locks? held by/,
    title: "held locks",
    tone: "amber",
    note: "Everything the task holds now, the oldest first; only some of it belongs to the circle.",
  },
  {
    first: /^stack backtrace:/,
    title: "backtrace",
    tone: "muted",
    note: "How the last step was reached, innermost first. Between <IRQ> marks an interrupt runs on top of the task.",
  },
];

const filler = /^[=-]{8,}$|^other info that might help us debug this:/;
const prefix = /^(?:<\d+>)?\s*(?:\[\s*\d+\.\d+\])(?:\[\s*[TC]\d+\])? ?/;
const frame = /^\s*(?:\[<[0-9a-f]+>\] )?(?:\? )?[\w.]+\+0x[0-9a-f]+\/0x[0-9a-f]+/;
const machine = /^(?:RIP|RSP|RAX|RDX|RBP|R1\d|Code|CPU|Hardware|Workqueue|Call Trace)\b/;
const inner =
  /^\s*(?:\? |<|(?:__lock_acquire|lock_acquire|_raw_\w+|dump_stack\w*|print_\w+|check_\w+|mark_lock\w*|validate_chain)[+ ])/;

/** Returns the stack's lines folded to the first few functions that matter. */
function folded(lines: readonly string[], keep: number): readonly SplatPartRow[] {
  const shown: SplatPartRow[] = [];
  let run: string[] = [];
  const flush = (): void => {
    const worth = run.filter((text) => frame.test(text) && !inner.test(text)).slice(0, keep);
    const hidden = run.filter((text) => !worth.includes(text));
    shown.push(...worth);
    if (hidden.length > 0) shown.push({ folded: hidden });
    run = [];
  };
  for (const text of lines) {
    if (frame.test(text) || machine.test(text) || /^\s*<\/?(?:IRQ|TASK|NMI)>/.test(text)) {
      run.push(text);
    } else {
      flush();
      shown.push(text);
    }
  }
  flush();
  return shown;
}

/**
 * Returns the parts of a report in order; lines before the headline and rulers are left out.
 *
 * @param text the report as printed, with or without printk's time stamps.
 * @param keep functions shown of each stack, 1 or more.
 */
export function splatParts(text: string, keep = 4): readonly SplatPart[] {
  const parts: { rule: Rule | null; match: RegExpExecArray | null; lines: string[] }[] = [];
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(prefix, "").trimEnd();
    if (line === "" || filler.test(line)) continue;
    const rule = rules.find((r) => r.first.test(line)) ?? null;
    if (rule === null && parts.length === 0) continue;
    const last = parts.at(-1);
    if (last === undefined || (rule !== null && !continues(last.rule, rule, line))) {
      parts.push({ rule, match: rule?.first.exec(line) ?? null, lines: [line] });
    } else {
      last.lines.push(line);
    }
  }
  return parts
    .map(({ rule, match, lines }) => ({ rule, match, rows: folded(lines, keep) }))
    .map(({ rule, match, rows }) => ({
      title: rule?.title ?? "",
      tone: rule?.tone ?? "muted",
      note:
        rule === null || match === null
          ? ""
          : typeof rule.note === "string"
            ? rule.note
            : rule.note(match),
      lines: rows.map(lineOf),
      rows,
    }));
}

const lineOf = (row: SplatPartRow): string =>
  typeof row === "string"
    ? row
    : `       … ${counted(row.folded.length, "more line", "more lines")}`;

/** Two rules in a row with one title make one part, but each chain entry stands alone. */
function continues(last: Rule | null, next: Rule, line: string): boolean {
  return last?.title === next.title && !line.startsWith("->");
}
