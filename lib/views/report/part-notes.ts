/** What each part of a report tells its reader, and the colour that it has in figures. */
import type { Tone } from "../draw/palette.js";
import type { PartRole, ReportPart } from "../../splat/read/parts.js";
import type { SplatKind, SplatReport } from "../../splat/report/index.js";

/** A part's name, what it tells, and its colour. */
export interface PartNote {
  /** What kind of part it is, in two or three words. */
  readonly title: string;
  readonly tone: Tone;
  /** What the part tells the reader. */
  readonly note: string;
}

const rulesBroken: Readonly<Partial<Record<SplatKind, string>>> = {
  circular: "taking this lock would close a circle among lock classes",
  recursive: "the task already holds a lock of this class",
  inconsistent: "a class is used in an interrupt, and elsewhere with that interrupt on",
  "irq-inversion": "an interrupt may take a lock that is held with interrupts on",
  "irq-safe-unsafe":
    "a lock used in interrupts would depend on one that is held with interrupts on",
  "wait-context": "this lock may sleep where sleeping is not allowed",
  "bad-unlock": "a lock is released that is not held",
  "nested-not-taken": "the lock that makes the nesting safe is not held",
  "held-freed": "memory is freed with a held lock in it",
  "user-space": "the task goes back to user space with locks held",
  "still-held": "the task ends, or is frozen, with locks held",
  "rcu-usage": "RCU-protected data is read without the protection",
  "non-static-key": "a lock is used that has no key, mostly for it was never initialised",
  "wq-leaked-lock": "a work item ended with a lock held",
};

function headline({ kind, headline: text }: SplatReport): PartNote {
  const rule = rulesBroken[kind];
  const note = rule === undefined ? "The headline." : `The rule that was broken: ${rule}.`;
  return { title: "headline", tone: "red", note: text === "" ? "" : note };
}

const irqEnd = (unsafe: boolean): PartNote =>
  unsafe
    ? {
        title: "the unsafe end",
        tone: "amber",
        note: "A lock that was held with interrupts on, and where.",
      }
    : {
        title: "the safe end",
        tone: "blue",
        note: "A lock that is taken in interrupt context, and where that was seen.",
      };

/** Of the end of the path whose lock stands in the part. */
function connected(report: SplatReport, part: ReportPart): PartNote {
  const unsafe = report.kind === "irq-safe-unsafe" ? report.connectsUnsafe : null;
  return irqEnd(part.lines.some(({ number }) => number === unsafe?.lock.line));
}

function chain(report: SplatReport, part: ReportPart): PartNote {
  const links = report.kind === "circular" ? report.chain : [];
  const index = links.find(({ lock }) => lock.line === part.lines[0]?.number)?.index ?? 0;
  return index === 0
    ? {
        title: "the new edge",
        tone: "red",
        note: "Now: #0 is wanted while the highest number is held. This stack is the present one.",
      }
    : {
        title: "a known edge",
        tone: "blue",
        note: `Learnt earlier: #${index} was taken here while #${index - 1} was held. Nothing says that it was the same instance.`,
      };
}

const does: Readonly<Record<string, string>> = {
  release: "releases this lock",
  changed: "has just taken this lock",
  takes: "takes this lock",
  leaving: "is on its way to user space",
  exiting: "ends",
  freeing: "frees this memory",
};

function lastStep(task: SplatReport["task"]): PartNote {
  const who = task === null ? "The task" : `The task ${task.comm}, process id ${task.pid},`;
  return {
    title: "the last step",
    tone: "red",
    note: `${who} ${does[task?.action ?? ""] ?? "asks for this lock"}, and lockdep speaks here: it prints, switches itself off, and the task goes on. In braces the usage bits, then the wait types.`,
  };
}

const path: PartNote = {
  title: "the path",
  tone: "blue",
  note: "How the two ends are joined, class by class.",
};

const backtrace: PartNote = {
  title: "backtrace",
  tone: "muted",
  note: "How the last step was reached, innermost first. Between <IRQ> marks an interrupt runs on top of the task.",
};

const notes: Readonly<Partial<Record<PartRole, PartNote>>> = {
  rcu: {
    title: "the access",
    tone: "red",
    note: "Where the check stands in the code, and what it asks for; the stack below says who came there.",
  },
  holding: {
    title: "already held",
    tone: "amber",
    note: "What the task holds at that moment: held, then wanted, is the new edge.",
  },
  "old-order": {
    title: "the old order",
    tone: "blue",
    note: "Earlier code took them the other way round. Read the list from its end: #0 is the lock wanted now.",
  },
  summary: {
    title: "the circle",
    tone: "purple",
    note: "The circle in short: each is held when the next is taken, and the last closes it.",
  },
  scenario: {
    title: "scenario",
    tone: "purple",
    note: "Made up from the classes, not observed: this is what would have to happen at once. Whether it can, lockdep does not know.",
  },
  held: {
    title: "held locks",
    tone: "amber",
    note: "Everything the task holds now, the oldest first; only some of it belongs to the circle.",
  },
  inconsistent: {
    title: "the two usages",
    tone: "red",
    note: "The usage known from before, and the one that came now.",
  },
  registered: {
    title: "the first usage",
    tone: "blue",
    note: "Where the class first got the usage that contradicts the new one.",
  },
  context: {
    title: "the context",
    tone: "amber",
    note: "How wide a wait the task itself, or the interrupt that it is in, allows.",
  },
  "irq-stamp": {
    title: "interrupt switches",
    tone: "muted",
    note: "When interrupts were last switched on and off on this task.",
  },
  "new-dependency": {
    title: "the new edge",
    tone: "red",
    note: "The dependency that this step would add.",
  },
  other: {
    title: "the other lock",
    tone: "blue",
    note: "The other end: a lock with the opposite usage, known from before.",
  },
  path,
  "usage-block": path,
  machine: backtrace,
  backtrace,
};

/** Returns what a part tells, or null where it belongs to the part before it. */
export function noteOf(report: SplatReport, part: ReportPart): PartNote | null {
  switch (part.role) {
    case "headline":
      return headline(report);
    case "task":
      return lastStep(report.task);
    case "connected":
      return connected(report, part);
    case "chain":
      return chain(report, part);
    default:
      return notes[part.role] ?? null;
  }
}
