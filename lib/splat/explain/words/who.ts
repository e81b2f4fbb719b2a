/** Who holds what and who wants what, in sentences. */
import type { Evidence } from "../../evidence/evidence.js";
import { readsOn } from "../../evidence/reading.js";
import { decodeState } from "../../evidence/usage-state.js";
import type { LockMention } from "../../report/index.js";
import { takenWords, whereWords } from "./state-words.js";
import { code, listed, pathOf, placeOf, taskOf } from "./words.js";

/** Returns the sentences, the most important first. */
export function whoHoldsWhat(evidence: Evidence): readonly string[] {
  const said = [...whatHappened(evidence), ...heldBeside(evidence)];
  return said.length > 0 ? said : ["The report is cut off before it says who did what."];
}

function whatHappened(evidence: Evidence): readonly string[] {
  const { report, holding } = evidence;
  const who = taskOf(report);
  const wanted = evidence.wanted === null ? null : wantedLock(evidence, evidence.wanted);
  const held = holding === null ? null : `${code(holding.name)}${placeOf(holding)}`;
  switch (report.kind) {
    case "circular":
    case "recursive":
    case "irq-safe-unsafe":
      return [
        ...(held === null ? [] : [`${who} holds ${held}.`]),
        ...(wanted === null ? [] : [`${who} wants ${wanted}${onPath(evidence)}.`]),
      ];
    case "inconsistent":
      return [
        ...(wanted === null ? [] : [`${who} takes ${wanted}${nowWords(report.usageTo)}.`]),
        ...(report.registered === null
          ? []
          : [
              `Earlier the class was ${takenWords(report.registered.state)}, on ${pathOf(report.registered.frames)}.`,
            ]),
      ];
    case "irq-inversion": {
      const { other } = report;
      return [
        ...(wanted === null ? [] : [`${who} has just taken ${wanted}${newWay(evidence)}.`]),
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
              `${who} wants ${wanted}, a lock of wait type ${report.acquiring?.wait ?? "unknown"}.`,
            ]),
        ...(report.context === null
          ? []
          : [`The task itself, or the interrupt it is in, allows waits up to ${report.context}.`]),
        ...narrowest(evidence),
      ];
    case "bad-unlock": {
      const { releasing } = report;
      return [
        `${who} releases ${code(releasing?.name ?? "a lock")} and does not hold it` +
          (releasing?.at == null
            ? "."
            : `; the release is in ${code(releasing.at.symbol ?? releasing.at.raw)}.`),
      ];
    }
    case "nested-not-taken":
      return [
        ...(wanted === null ? [] : [`${who} wants ${wanted}.`]),
        `It says that ${code(report.nestLock ?? "the outer lock")} makes this safe, and does not hold that one.`,
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
        : [`${report.rcu.file ?? "?"}:${report.rcu.lineNumber ?? "?"} says: ${report.rcu.what}`];
    case "wq-leaked-lock":
      return [`The work item was ${code(report.lastFunction ?? "of an unknown function")}.`];
    case "user-space":
      return [`${who} is on its way back to user space.`];
    case "still-held":
      return [`${who} is exiting, or is being frozen.`];
    case "non-static-key":
    case "limit":
    case "bfs-error":
    case "invalid-subclass":
    case "bad-contention":
    case "debug-locks-warn":
    case "warn":
      return report.backtrace.length === 0
        ? [`${who} ran.`]
        : [`${who} ran ${pathOf(report.backtrace)}.`];
  }
}

function wantedLock({ report: { backtrace } }: Evidence, lock: LockMention): string {
  const reading = readsOn(backtrace) ? " for reading" : "";
  return `${code(lock.name)}${reading}${placeOf(lock, backtrace)}`;
}

/** How the lock is taken this time, in an inconsistent lock state. */
function nowWords(usageTo: string | null): string {
  const state = usageTo === null ? null : decodeState(usageTo);
  return state === null ? "" : `, ${whereWords(state.irq, state.inside)}`;
}

/** What is new about the lock that has just been taken, in an inversion. */
function newWay({ ends, wanted }: Evidence): string {
  if (ends === null) return "";
  const inside = ends.safe.name === wanted?.name;
  return `, ${whereWords(ends.irq, inside)} for the first time`;
}

/** The path, unless the edge that was learnt on it is told anyway. */
function onPath({ report, edges }: Evidence): string {
  const told = edges.some(({ learnt }) => learnt === "now");
  return told || report.backtrace.length === 0 ? "" : `, on ${pathOf(report.backtrace)}`;
}

/** The held lock that makes the context as narrow as it is. */
function narrowest({ report, wanted }: Evidence): readonly string[] {
  const inner = (wait: string | null): number => Number(wait?.split(":")[1] ?? 0);
  const wants = Number(wanted?.wait?.split(":")[0] ?? 0);
  const narrow = (report.held?.locks ?? []).filter(
    ({ wait }) => inner(wait) > 0 && inner(wait) < wants,
  );
  const [first] = [...narrow].sort((a, b) => inner(a.wait) - inner(b.wait));
  if (first === undefined)
    return ["No lock that it holds is the reason: it is the context itself."];
  return [
    `${code(first.name)}, held${placeOf(first)}, allows waits up to ${inner(first.wait)} only.`,
  ];
}

function heldBeside({ report: { held, kind }, holding, wanted }: Evidence): readonly string[] {
  if (held === null) return [];
  if (held.locks.length === 0) {
    return held.count === 0 ? ["The task holds no locks."] : [];
  }
  const own = new Set([holding?.name, wanted?.name]);
  const beside = held.locks.filter(({ name }) => !own.has(name)).map(({ name }) => code(name));
  const names = [...new Set(beside)];
  if (names.length === 0) return [];
  const also = kind === "user-space" || kind === "still-held" || holding === null ? "" : " also";
  return [`The task${also} holds ${listed(names)}.`];
}
