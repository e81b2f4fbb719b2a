/** What to ask before a report is believed, and which annotation goes with each answer. */
import type { Evidence } from "../../evidence/evidence.js";
import { annotations } from "./annotations.js";
import { canMeet, onlyAtStart, outerLock, sameInstances } from "./circle-questions.js";
import type { SplatQuestion } from "./question.js";
import { interruptMeets } from "./irq-questions.js";
import { openContext } from "../../evidence/ww-mutex.js";

/** Returns the questions, the most telling first. */
export function questionsFor(evidence: Evidence): readonly SplatQuestion[] {
  const { report } = evidence;
  switch (report.kind) {
    case "circular":
      return [
        sameInstances(evidence),
        canMeet(evidence),
        outerLock(evidence),
        ...onlyAtStart(evidence),
        lastResort,
      ];
    case "recursive":
      return openContext(report) === null
        ? [ordered(evidence), ...roles(evidence), lastResort]
        : [sameContext, lastResort];
    case "inconsistent":
    case "irq-inversion":
    case "irq-safe-unsafe":
      return [interruptMeets(evidence), sameInstances(evidence), lastResort];
    case "wait-context":
      return [onRt, mustSpin];
    case "rcu-usage":
      return [whoProtects];
    case "bad-unlock":
    case "user-space":
    case "still-held":
    case "wq-leaked-lock":
      return [otherOwner];
    case "non-static-key":
    case "debug-locks-warn":
      return [initialised];
    case "limit":
    case "bfs-error":
      return [tooMany];
    case "nested-not-taken":
      return [outerLock(evidence)];
    case "held-freed":
    case "invalid-subclass":
    case "bad-contention":
    case "warn":
      return [];
  }
}

function ordered({ wanted, holding }: Evidence): SplatQuestion {
  const a = wanted?.addr ?? null;
  const b = holding?.addr ?? null;
  return {
    ask: "Is it the same lock, or two of one class that are always taken in one order?",
    why:
      a === null || b === null
        ? "The report has no addresses to tell."
        : a === b
          ? `Both are at ${a}: the same lock. That is a deadlock, unless it is taken for reading both times.`
          : `They are at ${b} and ${a}: two locks. An order by parent and child, or by address, makes it safe.`,
    ifFalse: [annotations.nested, annotations.nestLock],
  };
}

const sameContext: SplatQuestion = {
  ask: "Should the inner ww_mutex be taken within the open acquire context?",
  why: "Within one context ww_mutexes may be taken in any order, and one that would deadlock backs off; taken without it, the inner one is a lock of the same class as any.",
  ifFalse: [],
};

function roles({ wanted, holding }: Evidence): readonly SplatQuestion[] {
  if (wanted?.addr === holding?.addr) return [];
  return [
    {
      ask: "Do the two objects have different roles, as a device on top of another?",
      why: "All locks that one line of code initialises are one class, whatever they are for.",
      ifFalse: [annotations.setClass],
    },
  ];
}

const onRt: SplatQuestion = {
  ask: "Does PREEMPT_RT run this code in this context?",
  why: "Some interrupts run in threads there, and some code is never built with it.",
  ifFalse: [annotations.waitOverride],
};

const mustSpin: SplatQuestion = {
  ask: "Must the lock be taken here at all?",
  why: "Often it can be taken before the raw lock, or the work be deferred until after it.",
  ifFalse: [annotations.rawSpinlock],
};

const whoProtects: SplatQuestion = {
  ask: "What protects the access, if not an RCU reader?",
  why: "Updaters hold a lock, and a reference may keep the object alive; then the access is safe but does not say so.",
  ifFalse: [annotations.rcuCondition],
};

const otherOwner: SplatQuestion = {
  ask: "Is another task meant to release the lock?",
  why: "A few locks are handed over on purpose, as those that freeze a file system.",
  ifFalse: [annotations.nonOwner],
};

const initialised: SplatQuestion = {
  ask: "Was the lock initialised before it was used, with a key that lives long enough?",
  why: "A lock in zeroed memory works but has no key.",
  ifFalse: [annotations.registerKey],
};

const tooMany: SplatQuestion = {
  ask: "Is the machine just large, or does something make classes or chains without end?",
  why: "/proc/lockdep_stats says how full each table is, /proc/lockdep which classes there are.",
  ifFalse: [annotations.limits],
};

const lastResort: SplatQuestion = {
  ask: "And if nothing of this can be told to lockdep?",
  why: "The first report switches lockdep off, so a false one hides all later bugs; an annotation that says too much hides them as well.",
  ifFalse: [annotations.novalidate],
};
