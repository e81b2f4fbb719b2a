/** What an interrupt has to do with a lock, in sentences: taken in one, or held while interrupts are switched on. */
import type { Evidence } from "../../evidence/evidence.js";
import {
  isAboutToSwitchOn,
  offWords,
  switchedOn,
  switchedWords,
  type SwitchedOn,
} from "../../evidence/irq/switched-on.js";
import { decodeState } from "../../evidence/usage/usage-state.js";
import type { InconsistentSplat, UsageState } from "../../report/index.js";
import { takenWords, whereWords } from "./state-words.js";
import { isNeverWaited, waitedWords, waitVerb } from "./wait-words.js";
import { code, pathOf, placeOf, taskOf } from "./words.js";

/** Returns what the task does with the lock now: it takes it, or switches interrupts on under it. */
export function nowSentence(
  { wanted }: Evidence,
  report: InconsistentSplat,
  words: string,
  waits: ReadonlySet<string>,
): string {
  const who = taskOf(report);
  const on = switchedOn(report.backtrace);
  if (on === null && wanted !== null && isAboutToSwitchOn(report)) {
    const irq = decodeState(report.usageTo ?? "")?.irq ?? "interrupt";
    return `${who} holds ${code(wanted.name)}, taken${placeOf(wanted)}, while ${offWords(report, irq)}, which were off, are switched on.`;
  }
  if (on === null || wanted === null) {
    const name = wanted?.name ?? "";
    const verb = waits.has(name) ? waitVerb(report.backtrace) : "takes";
    const does = isNeverWaited(name) ? "enters" : verb;
    return `${who} ${does} ${words}${nowWords(report.usageTo)}.`;
  }
  return `${who} holds ${code(wanted.name)}, taken${placeOf(wanted)}, while ${switchesWords(on, report.usageTo)}.`;
}

/** Returns what a task did to the lock whose state it changed: took it, or switched interrupts on under it. */
export function changedSentence(evidence: Evidence, words: string): string {
  const { report, ends, wanted } = evidence;
  const who = taskOf(report);
  const on = switchedOn(report.backtrace);
  if (on === null || wanted === null) return `${who} has just taken ${words}${newWay(evidence)}.`;
  const irq = ends?.irq ?? "interrupt";
  return `${who} holds ${code(wanted.name)}, taken${placeOf(wanted)}, while ${switchesIrq(on, irq)}.`;
}

export function earlierSentence(
  { state, frames }: UsageState,
  name: string,
  waits: ReadonlySet<string>,
): string {
  const on = switchedOn(frames);
  const words = waits.has(name) ? waitedWords(name, state, frames) : takenWords(state);
  const done = state === "INITIAL USE" ? "taken elsewhere (INITIAL USE)" : words;
  return on === null
    ? `Earlier the class was ${done}, on ${pathOf(frames)}.`
    : `Earlier ${switchesWords(on, state)} with a lock of the class held (${state}), on ${pathOf(frames)}.`.replace(
        " switches ",
        " switched ",
      );
}

const switchesWords = (on: SwitchedOn, state: string | null): string =>
  switchesIrq(on, state === null ? "interrupt" : (decodeState(state)?.irq ?? "interrupt"));

function switchesIrq({ owner, by, inside }: SwitchedOn, irq: string): string {
  const at = owner.location === null ? "" : ` (${owner.location})`;
  const who =
    inside === null
      ? `${code(owner.name)}${at}`
      : `${code(inside)}, which ${code(owner.name)}${at} comes to,`;
  return `${who} switches ${switchedWords(irq, by)}${by === null ? "" : `, by ${code(`${by.replace(/^_*raw_/, "")}()`)}`}`;
}

/** Returns how the lock is taken this time, in an inconsistent lock state. */
function nowWords(usageTo: string | null): string {
  const state = usageTo === null ? null : decodeState(usageTo);
  if (/\bNMI\b/.test(usageTo ?? "")) return ", in an NMI";
  return state === null ? "" : `, ${whereWords(state.irq, state.inside)}`;
}

/** Returns what is new about the lock that has just been taken, in an inversion. */
function newWay({ ends, wanted }: Evidence): string {
  if (ends === null) return "";
  const inside = ends.safe.name === wanted?.name;
  return `, ${whereWords(ends.irq, inside)} for the first time`;
}
