/** Who holds what and who wants what, in sentences. */
import type { Evidence } from "../../evidence/evidence.js";
import { readsOn } from "../../evidence/usage/reading.js";
import { innerWait, narrowestHeld } from "../../evidence/lock/narrowest.js";
import { leakedBy } from "../../evidence/held/leak.js";
import { plainName } from "../../stacks/functions.js";
import { isHelper } from "../../stacks/owner.js";
import type { BadUnlockSplat, LockMention, StackFrame } from "../../report/index.js";
import { changedSentence, earlierSentence, nowSentence } from "./interrupts.js";
import { takenWords } from "./state-words.js";
import { wantVerb } from "./wait-words.js";
import { warningSays } from "./warnings.js";
import { code, inPlace, listed, pathOf, placeOf, taskOf } from "./words.js";

/**
 * Returns the sentences, the most important first.
 *
 * @param waits the classes that stand for waiting, which nobody holds
 */
export function whoHoldsWhat(evidence: Evidence, waits: ReadonlySet<string>): readonly string[] {
  const said = [...whatHappened(evidence, waits), ...heldBeside(evidence, waits)];
  return said.length > 0
    ? said.map((each) => each.replace(/^the task\b/, "The task"))
    : ["The text does not show where the report says who did what."];
}

function whatHappened(evidence: Evidence, waits: ReadonlySet<string>): readonly string[] {
  const { report, holding } = evidence;
  const who = taskOf(report);
  const wanted = evidence.wanted === null ? null : wantedLock(evidence, evidence.wanted);
  const leak = leakedBy(evidence);
  const verbs = {
    holds: holding !== null && waits.has(holding.name) ? "is within" : "holds",
    wants:
      evidence.wanted === null
        ? "wants"
        : wantVerb(evidence.wanted.name, wantedFrames(evidence), waits),
  };
  const held =
    holding === null
      ? null
      : `${code(holding.name)}${waits.has(holding.name) ? enteredPlace(holding) : heldPlace(holding)}`;
  switch (report.kind) {
    case "circular":
    case "recursive":
    case "irq-safe-unsafe":
      return [
        ...(held === null ? [] : [`${who} ${verbs.holds} ${held}.`]),
        ...(leak === null
          ? []
          : [
              `${code(leak)} is not on its stack: it returned with the lock held, which is a leak unless it hands it to its caller, or it ended in a jump to what runs (a tail call).`,
            ]),
        ...(wanted === null ? [] : [`${who} ${verbs.wants} ${wanted}${onPath(evidence)}.`]),
      ];
    case "inconsistent":
      return [
        ...(wanted === null ? [] : [nowSentence(evidence, report, wanted, waits)]),
        ...(report.registered === null
          ? []
          : [earlierSentence(report.registered, evidence.wanted?.name ?? "", waits)]),
      ];
    case "irq-inversion": {
      const { other } = report;
      return [
        ...(wanted === null ? [] : [changedSentence(evidence, wanted)]),
        ...(other === null
          ? []
          : [
              other.direction === "took"
                ? `In the past ${code(other.lock.name)}, which is ${takenWords(other.cls)}, was taken under it.`
                : `In the past it was taken under ${code(other.lock.name)}, which is ${takenWords(other.cls)}.`,
            ]),
      ];
    }
    case "wait-context":
      return [
        ...(wanted === null
          ? []
          : [
              `${who} wants ${wanted}${report.acquiring?.wait == null ? "" : `, a lock of wait type ${report.acquiring.wait}`}.`,
            ]),
        ...(report.context === null
          ? []
          : [`The task itself, or the interrupt it is in, allows waits up to ${report.context}.`]),
        ...narrowest(evidence),
      ];
    case "bad-unlock": {
      const { releasing } = report;
      return [
        `${who} releases ${releasedName(releasing?.name ?? null)} and does not hold it` +
          releasePlace(report),
      ];
    }
    case "nested-not-taken":
      return [
        ...(wanted === null ? [] : [`${who} wants ${wanted}.`]),
        `It says that ${report.nestLock === null ? "the outer lock" : code(report.nestLock)} makes this safe, and does not hold that one.`,
      ];
    case "held-freed":
      return report.heldInFreed === null
        ? []
        : [
            `${who} frees ${report.freedRange ?? "memory"} while ${code(report.heldInFreed.name)} in it is held, taken${placeOf(report.heldInFreed)}.`,
          ];
    case "rcu-usage":
      return report.rcu?.what == null
        ? []
        : [
            `${report.rcu.file ?? "?"}:${report.rcu.lineNumber ?? "?"} says: ${report.rcu.what}`,
            ...(report.rcu.illegalFrom === null
              ? []
              : [`RCU was used from where it does not watch: ${report.rcu.illegalFrom}.`]),
          ];
    case "wq-leaked-lock":
      return [
        report.lastFunction === null
          ? "Which work item it was, the text has lost."
          : `The work item was ${code(report.lastFunction)}.`,
      ];
    case "user-space":
      return [`${who} is on its way back to user space.`];
    case "still-held":
      return [`${who} is exiting, or is being frozen.`];
    case "debug-locks-warn":
    case "lock-debug":
    case "warn":
      return warningSays(report);
    case "non-static-key":
    case "limit":
    case "bfs-error":
    case "invalid-subclass":
    case "bad-contention":
      return report.backtrace.length === 0
        ? report.task === null
          ? []
          : [`${who} ran.`]
        : [`${who} ran ${pathOf(report.backtrace)}.`];
  }
}

/** The stack on which the lock is wanted. */
function wantedFrames({ report, parts, edges }: Evidence): readonly StackFrame[] {
  const fresh = edges.find(({ learnt }) => learnt === "now");
  const now = fresh?.frames ?? parts.chain?.find(({ index }) => index === 0)?.frames ?? [];
  return now.length > 0 ? now : report.backtrace;
}

function wantedLock(evidence: Evidence, lock: LockMention): string {
  const backtrace = wantedFrames(evidence);
  const reading = readsOn(backtrace) ? " for reading" : "";
  return `${code(lock.name)}${reading}${placeOf(lock, backtrace)}`;
}

/** Returns a lock that is released; memory that was overwritten prints as anything. */
function releasedName(name: string | null): string {
  if (name === null) return "a lock";
  return /[^\x20-\x7e]/.test(name) ? "a lock whose name cannot be read" : code(name);
}

/** Where a lock is released: the developer's function, else the one that is named with the lock. */
function releasePlace({ releasing, backtrace }: BadUnlockSplat): string {
  const at = releasing?.at ?? null;
  const shown = inPlace(backtrace);
  const name = at?.symbol ?? null;
  if (name === null) return at === null || shown === "" ? "." : `; the release is${shown}.`;
  const place = isHelper(name)
    ? shown || ` by ${code(`${plainName(name)}()`)}`
    : ` in ${code(name)}`;
  return `; the release is${place}.`;
}

/** Where a held lock was taken; a wrapper is not the place, but what took it. */
function heldPlace(lock: LockMention): string {
  const place = placeOf(lock);
  return place.startsWith(" by ") ? `, taken${place}` : place;
}

/** The same of what stands for waiting: it is entered. */
function enteredPlace(lock: LockMention): string {
  const place = placeOf(lock);
  return place === "" ? "" : `, entered${place}`;
}

/** The path, unless the edge that was learnt on it is told anyway. */
function onPath({ report, edges }: Evidence): string {
  const told = edges.some(({ learnt }) => learnt === "now");
  return told || report.backtrace.length === 0 ? "" : `, on ${pathOf(report.backtrace)}`;
}

/** The held lock that makes the context as narrow as it is. */
function narrowest({ report, wanted }: Evidence): readonly string[] {
  const lock = narrowestHeld(report, wanted);
  if (lock === null) {
    const { held } = report;
    const wants = Number(wanted?.wait?.split(":")[0] ?? 0);
    const allowed = report.kind === "wait-context" ? innerWait(report.context) : 0;
    const whole = held !== null && held.count === held.locks.length;
    if (allowed >= wants || (allowed === 0 && !whole))
      return ["What makes the context too narrow, the text has lost."];
    return [
      whole
        ? "No lock that it holds is the reason: it is the context itself."
        : "That is too narrow, whatever it holds.",
    ];
  }
  return [
    `${code(lock.name)}, ${placeOf(lock).startsWith(" by ") ? "taken" : "held"}${placeOf(lock)}, allows waits up to ${innerWait(lock.wait)} only.`,
  ];
}

function heldBeside(
  { report: { held, kind }, holding, wanted }: Evidence,
  waits: ReadonlySet<string>,
): readonly string[] {
  if (held === null) return [];
  if (held.locks.length === 0) {
    return held.count === 0 ? ["The task holds no locks."] : [];
  }
  const own = new Set([holding?.name, wanted?.name]);
  const beside = new Set(held.locks.map(({ name }) => name).filter((name) => !own.has(name)));
  const locks = [...beside].filter((name) => !waits.has(name)).map(code);
  const states = [...beside].filter((name) => waits.has(name)).map(code);
  const also = kind === "user-space" || kind === "still-held" || holding === null ? "" : " also";
  return [
    ...(locks.length === 0 ? [] : [`The task${also} holds ${listed(locks)}.`]),
    ...(states.length === 0
      ? []
      : [
          `It runs within ${listed(states)}, which ${states.length === 1 ? "is no lock" : "are no locks"}.`,
        ]),
  ];
}
