/** What to ask before a report is believed, and which annotation goes with each answer. */
import type { Evidence } from "../../evidence/evidence.js";
import { isHidden, sameInstance } from "../../evidence/lock/address.js";
import { rcuCaseOf } from "../../evidence/rcu.js";
import { isOnRt } from "../../evidence/lock/taking.js";
import { wantsSleep } from "../../evidence/lock/wait-types.js";
import type { LockMention, RcuUsageSplat } from "../../report/index.js";
import { isTooDeep } from "../../evidence/held/too-deep.js";
import { leavesNoLock } from "../../evidence/held/left-by-item.js";
import { isWait, type FoundSuspect } from "../suspects/find.js";
import { isTakenAlone } from "../words/deadlock.js";
import { isOfLock } from "../words/rule.js";
import { conditionOf } from "../suspects/conditions.js";
import { annotations } from "./annotations.js";
import { canMeet, onlyAtStart, outerLock, sameInstances } from "./circle-questions.js";
import type { SplatQuestion } from "./question.js";
import { interruptMeets } from "./irq-questions.js";
import { openContext } from "../../evidence/lock/ww-mutex.js";

/** Returns the questions, the most telling first. */
export function questionsFor(
  evidence: Evidence,
  suspects: readonly FoundSuspect[],
): readonly SplatQuestion[] {
  const { report, misfit } = evidence;
  if (misfit !== null) return [initialised];
  const waits = suspects.some(isWait);
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
      if (waits) return [ownEnd];
      return openContext(report) === null
        ? [...ordered(evidence), ...roles(evidence), lastResort]
        : [sameContext, lastResort];
    case "inconsistent":
    case "irq-inversion":
    case "irq-safe-unsafe":
      return [interruptMeets(evidence), sameInstances(evidence), lastResort];
    case "wait-context":
      if (wantsSleep(report)) return [canRunHere(report.backtrace.length > 0)];
      // On PREEMPT_RT itself nobody has to ask whether it runs this code here.
      return isOnRt(report.backtrace) ? [mustSpin] : [onRt, mustSpin];
    case "rcu-usage":
      return rcuQuestions(report);
    case "bad-unlock":
    case "user-space":
    case "still-held":
      // No other task can end a read-side section of RCU.
      return report.kind === "bad-unlock" &&
        report.releasing?.name?.startsWith("rcu_read_lock") === true
        ? []
        : [otherOwner];
    case "wq-leaked-lock":
      return leavesNoLock(report) ? [] : [otherOwner];
    case "lock-debug":
      return isOfLock(report) ? [initialised] : [];
    case "non-static-key":
      return [initialised];
    case "debug-locks-warn":
      return conditionOf(report)?.about === "path" ? [] : [initialised];
    case "limit":
      if (isTooDeep(report)) return [oneEach];
      // No option makes the table of classes larger.
      return [report.headline.includes("MAX_LOCKDEP_KEYS") ? { ...tooMany, ifFalse: [] } : tooMany];
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

function ordered(evidence: Evidence): readonly SplatQuestion[] {
  const { wanted, holding } = evidence;
  const same = sameInstance(wanted, holding);
  if (same === "same") {
    // What one task alone can have has no readers.
    if (isTakenAlone(evidence)) return [];
    return [
      {
        ask: "Is it taken for reading both times, by a lock whose readers may nest?",
        why: `Both are at ${wanted?.addr ?? ""}: the same lock. Anything else than nested readers is a deadlock.`,
        ifFalse: [],
      },
    ];
  }
  return [
    {
      ask: "Is it the same lock, or two of one class that are always taken in one order?",
      why:
        same === "unknown"
          ? hiddenWords(wanted, holding)
          : `They are at ${holding?.addr ?? ""} and ${wanted?.addr ?? ""}: two locks. An order by parent and child, or by address, makes it safe.`,
      ifFalse: [annotations.nested, annotations.nestLock],
    },
  ];
}

const sameContext: SplatQuestion = {
  ask: "Should the inner ww_mutex be taken within the open acquire context?",
  why: "Within one context ww_mutexes may be taken in any order, and one that would deadlock backs off; taken without it, the inner one is a lock of the same class as any.",
  ifFalse: [],
};

function roles({ wanted, holding }: Evidence): readonly SplatQuestion[] {
  if (sameInstance(wanted, holding) === "same") return [];
  return [
    {
      ask: "Do the two objects have different roles, as a device on top of another?",
      why: "All locks that one line of code initialises are one class, whatever they are for.",
      ifFalse: [annotations.setClass],
    },
  ];
}

/** Why the report does not tell one lock from two. */
const hiddenWords = (wanted: LockMention | null, holding: LockMention | null): string =>
  [wanted, holding].some((lock) => lock !== null && isHidden(lock))
    ? `The report hides the addresses (${wanted?.addr ?? holding?.addr ?? ""}): it does not say whether it is one lock or two.`
    : "The report has no addresses to tell.";

const ownEnd: SplatQuestion = {
  ask: "Can it really be called from what it waits for, or only from elsewhere?",
  why: "If what is waited for is another object of the class, nothing waits for itself.",
  ifFalse: [annotations.setClass],
};

const canRunHere = (hasStack: boolean): SplatQuestion => ({
  ask: "Can this path really run in that context?",
  why: `${hasStack ? "The stack shows that it did" : "The report says that it did, and its stack, which is not shown, by which path"}; if it was meant for a task only, find who called it.`,
  ifFalse: [],
});

const oneEach: SplatQuestion = {
  ask: "Are so many meant to be held at once?",
  why: "A task can hold 48 locks (MAX_LOCK_DEPTH in include/linux/sched.h).",
  ifFalse: [annotations.nestLock],
};

function rcuQuestions(report: RcuUsageSplat): readonly SplatQuestion[] {
  switch (rcuCaseOf(report)) {
    case "blocking":
      return [maySleep];
    case "idle":
    case "unknown":
      return [];
    case "access":
    case "protected":
    case "list":
    case "other":
      return [whoProtects];
  }
}

const maySleep: SplatQuestion = {
  ask: "Can what is called really sleep on this path?",
  why: "might_sleep() speaks of what may happen: with a flag that forbids it, as GFP_ATOMIC, it is silent.",
  ifFalse: [],
};

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
