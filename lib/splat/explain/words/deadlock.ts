/** What would have to happen at once for a real deadlock. */
import type { Evidence } from "../../evidence/evidence.js";
import { sameInstance } from "../../evidence/lock/address.js";
import { readersOnly, readsOn } from "../../evidence/usage/reading.js";
import { isExclusive, isNamedExclusive, isOnRt } from "../../evidence/lock/taking.js";
import { wantsSleep } from "../../evidence/lock/wait-types.js";
import { rcuCaseOf, reportedBefore } from "../../evidence/rcu.js";
import { innerWait } from "../../evidence/lock/narrowest.js";
import { decodeCharacters } from "../../evidence/usage/usage-characters.js";
import type {
  HeldLocks,
  HeldMention,
  LockMention,
  RcuUsageSplat,
  SplatReport,
} from "../../report/index.js";
import { isOfNmi } from "../../evidence/irq/nmi.js";
import { leavesNoLock } from "../../evidence/held/left-by-item.js";
import { circleSteps } from "./circle-steps.js";
import { writerNeeded } from "./readers.js";
import { isOfLock } from "./rule.js";
import { code, taskOf } from "./words.js";

/**
 * Returns the steps of the worst case, or why there is none.
 *
 * @param waits the classes that stand for waiting, which nobody holds
 */
export function whatMustMeet(evidence: Evidence, waits: ReadonlySet<string>): readonly string[] {
  const { report, misfit } = evidence;
  if (misfit !== null) {
    return [
      "While the class does not fit the lock, what the report says of orders and waits means little.",
    ];
  }
  switch (report.kind) {
    case "circular":
      return circleSteps(evidence, waits);
    case "recursive":
      return again(evidence, waits);
    case "inconsistent":
    case "irq-inversion":
    case "irq-safe-unsafe":
      return scenario(evidence, waits);
    case "wait-context":
      return wantsSleep(report)
        ? [
            "Nothing needs to meet: the wait itself is what must not happen, and it can sleep on every kernel.",
          ]
        : isOnRt(report.backtrace)
          ? [
              "Nothing needs to meet: on this kernel, which is PREEMPT_RT, the lock sleeps, and here nothing may.",
            ]
          : [
              "Nothing needs to meet: the wait itself is what must not happen.",
              "On a kernel without PREEMPT_RT a spinlock_t does not sleep, so there it may never show; a mutex or rwsem under any spinlock can schedule with preemption off.",
            ];
    case "bad-unlock":
      return ["Nothing needs to meet: whoever holds the lock loses it, or its count goes wrong."];
    case "held-freed":
      return [
        "Nothing needs to meet: the later release writes into memory that is freed, or works on a lock that was initialised anew.",
      ];
    case "wq-leaked-lock":
      if (leavesNoLock(report))
        return ["Nothing needs to meet: the worker goes on to its next item with what is left."];
      return [waitsForever(report.held)];
    case "user-space":
    case "still-held":
      return [waitsForever(report.held)];
    case "nested-not-taken":
      return [
        "Two tasks that nest locks of this class in opposite order, as no outer lock stops them.",
      ];
    case "rcu-usage":
      return rcuRace(report);
    case "non-static-key":
    case "limit":
    case "bfs-error":
    case "invalid-subclass":
    case "bad-contention":
    case "debug-locks-warn":
      return ["The report is about lockdep, not about a deadlock."];
    case "lock-debug":
      if (!isOfLock(report)) return ["Nothing needs to meet: the check failed here and now."];
      return ["Nothing needs to meet: the lock is damaged, or used as it must not be, now."];
    case "warn":
      return ["What the assertion is there to keep out must come at the same moment."];
  }
}

/** A section of RCU or SRCU is waited for by who waits for readers, and by nobody who wants it. */
const waitsForever = (held: HeldLocks | null): string =>
  held !== null && held.locks.length > 0 && held.locks.every(mayBeSection)
    ? held.locks.some(({ name }) => !isSection(name))
      ? "Whoever waits for it, be it the next who wants the lock or, of a section of SRCU, who waits for its readers, waits until this task releases it, perhaps forever."
      : "Whoever waits for its readers (synchronize_rcu(), synchronize_srcu()) waits until this task leaves the section, perhaps forever."
    : "Whoever has to wait for the lock waits until this task releases it, perhaps forever.";

/** A section of SRCU bears the name of its srcu_struct, and has no wait type. */
const mayBeSection = ({ name, wait }: HeldMention): boolean =>
  isSection(name) || innerWait(wait) === 0;

const isSection = (name: string): boolean => /^rcu_read_lock|srcu/i.test(name);

function rcuRace(report: RcuUsageSplat): readonly string[] {
  if (reportedBefore(report) !== null) return ["What the report before it says decides that."];
  switch (rcuCaseOf(report)) {
    case "access":
    case "list":
      return [
        "An update on another CPU must free what this one reads, between the read of the pointer and its last use.",
      ];
    case "protected":
      return ["Another updater must change the same pointer at the same moment."];
    case "blocking":
      return [
        "Nothing needs to meet: a reader that sleeps holds up every grace period, or ends its section unseen.",
      ];
    case "idle":
      return [
        "An update on another CPU must free what this one uses: RCU does not wait for a CPU that it does not watch.",
      ];
    case "unknown":
      return ["The text does not show where the report says what was wrong."];
    case "other":
      return ["What the report's sentence says decides that."];
  }
}

/** Whether the report shows that it is taken as one task alone can have it. */
export const isTakenAlone = ({
  wanted,
  holding,
  report,
}: Pick<Evidence, "wanted" | "holding" | "report">): boolean =>
  !readsOn(report.backtrace) &&
  (isExclusive(report.backtrace) ||
    [wanted, holding].some((lock) => lock !== null && isNamedExclusive(lock)) ||
    (wanted !== null && isMutex(wanted)));

function again(
  { wanted, holding, report, mentions }: Evidence,
  waits: ReadonlySet<string>,
): readonly string[] {
  if (wanted !== null && waits.has(wanted.name)) {
    return [
      "Nothing needs to meet: what waits is part of what it waits for, unless they are two of one class.",
    ];
  }
  switch (sameInstance(wanted, holding)) {
    case "unknown":
      return [
        "If it is one lock, this task waits for itself. If they are two of the class, another task must take them in the other order at the same moment.",
      ];
    case "same":
      if (readsOn(report.backtrace)) {
        return [
          `Both are the lock at ${wanted?.addr ?? ""}, and this time it is taken for reading: if it is held for writing, this task waits for itself now; if for reading as well, as soon as a writer queues between the two.`,
        ];
      }
      if (wanted !== null && readersOnly(report, mentions, wanted.name) !== "no") {
        return [
          `Both are the lock at ${wanted.addr ?? ""}, which has usage characters of readers alone: if it is taken for reading both times, this task waits for itself as soon as a writer queues between the two; else it does now.`,
        ];
      }
      if (!isTakenAlone({ wanted, holding, report }) && wanted !== null) {
        if (hasWritersOnly(report, wanted)) {
          return [
            `Both are the lock at ${wanted.addr ?? ""}, which has no usage characters of readers (one with interrupts off leaves none): unless it is taken for reading both times, this task waits for itself now.`,
          ];
        }
        return [
          `Both are the lock at ${wanted.addr ?? ""}, and the report does not show how it is taken: if for reading both times, this task waits for itself as soon as a writer queues between the two; else it does now.`,
        ];
      }
      return [
        `Nothing needs to meet: both are the lock at ${wanted?.addr ?? ""}, so this task waits for itself now.`,
      ];
    case "different":
      return [
        `They are two locks, at ${holding?.addr ?? ""} and ${wanted?.addr ?? ""}.`,
        "Another task must hold the second and wait for the first at the same moment.",
      ];
  }
}

const isMutex = ({ name }: LockMention): boolean => /mutex(?:#\d+)?(?:\/\d+)?$/.test(name);

/** Whether the usage characters tell of who takes it, and of no reader. */
function hasWritersOnly(report: SplatReport, { usage }: LockMention): boolean {
  const seen = decodeCharacters(usage, report.kernel?.version ?? null).filter(
    ({ used, enabled }) => used || enabled,
  );
  return seen.length > 0 && seen.every(({ read }) => !read);
}

function scenario(evidence: Evidence, waits: ReadonlySet<string>): readonly string[] {
  const { report, timeline } = evidence;
  if (report.kind === "inconsistent" && evidence.wanted?.name === "fs_reclaim") {
    return [
      "Nothing needs to meet: nobody waits for `fs_reclaim`, but memory reclaim takes locks that the code it interrupted may hold, and may sleep.",
    ];
  }
  if (timeline === null) return ["The text does not show its scenario."];
  const who = taskOf(report);
  const steps = timeline.steps.map(({ cpu, op, lock, waitsFor, indirect, inInterrupt }) => {
    const where =
      inInterrupt && op !== "<Interrupt>"
        ? `CPU ${cpu}, in the ${isOfNmi(report) ? "NMI" : "interrupt"},`
        : `CPU ${cpu}`;
    if (op === "<Interrupt>")
      return `${isOfNmi(report) ? "an NMI" : "an interrupt"} comes on CPU ${cpu}`;
    if (lock === null) return `${where} switches interrupts off`;
    const reading = op === "rlock" || readOnly(evidence, lock) ? " for reading" : "";
    const held = waits.has(lock) ? "is within" : "holds";
    if (waitsFor === null && waits.has(lock)) return `${where} is within ${code(lock)}`;
    if (waitsFor === null) return `${where} takes ${code(lock)}${reading}`;
    const through = indirect ? ", directly or through others," : "";
    const whom = waitsFor === cpu ? "the code that it interrupted" : `CPU ${waitsFor}`;
    const never = waitsFor === cpu ? " and cannot release any more" : "";
    return `${where} waits${through} for ${code(lock)}${reading}, which ${whom} ${held}${never}`;
  });
  const own =
    report.kind === "inconsistent"
      ? `What ${who} did is one half; the other half is what was registered earlier.`
      : "The report's task need be on neither CPU.";
  const locks = timeline.steps.map(({ lock }) => lock).filter((lock) => lock !== null);
  return [
    "One way to it, made up from the classes; nobody saw it happen:",
    ...steps,
    own,
    ...writerNeeded(evidence, locks),
  ];
}

const readOnly = ({ mentions, report }: Evidence, name: string): boolean =>
  readersOnly(report, mentions, name) === "shown";
