/** The report in three columns: this task, what was there before, the other context. */
import type { Evidence } from "../../evidence/evidence.js";
import type { StackFrame } from "../../report/index.js";
import { takenWords } from "./state-words.js";
import { waitedWords, wantVerb } from "./wait-words.js";
import { isOfNmi } from "../../evidence/irq/nmi.js";
import { arrow, code, pathOf, taskOf } from "./words.js";

/** Three short lists to be read side by side. */
export interface SplatColumns {
  readonly thisTask: readonly string[];
  readonly existing: readonly string[];
  readonly otherContext: readonly string[];
}

/** Returns the three columns of a report; a column is empty where the report says nothing of it. */
export function columnsOf(evidence: Evidence, waits: ReadonlySet<string>): SplatColumns {
  return {
    thisTask: thisTask(evidence, waits),
    existing: evidence.edges
      .filter(({ learnt }) => learnt === "earlier")
      .map((edge) => {
        const what = arrow(edge);
        return edge.frames.length === 0 ? what : `${what}: ${pathOf(edge.frames, 3)}`;
      }),
    otherContext: otherContext(evidence, waits),
  };
}

const shownPath = (frames: readonly StackFrame[]): readonly string[] =>
  frames.length === 0 ? [] : [pathOf(frames, 3)];

function thisTask(
  { report, parts, holding, wanted }: Evidence,
  waits: ReadonlySet<string>,
): readonly string[] {
  const holds = (name: string): string =>
    `${waits.has(name) ? "is within" : "holds"} ${code(name)}`;
  const wants = holding === null ? "takes" : "wants";
  const verb = wanted === null ? "wants" : wantVerb(wanted.name, report.backtrace, waits);
  const { irqState } = parts;
  const { held } = report;
  const state = irqState == null ? [] : [interrupts(irqState, isOfNmi(report))];
  return [
    taskOf(report),
    ...state,
    ...(holding === null ? [] : [holds(holding.name)]),
    ...(wanted === null ? [] : [`${verb === "wants" ? wants : verb} ${code(wanted.name)}`]),
    ...(holding === null && wanted === null && held !== null
      ? held.locks.map(({ name }) => holds(name))
      : []),
    ...shownPath(report.backtrace),
  ];
}

/** `HC0[0]:SC0[0]:HE0:SE1` in words. */
export function interrupts(state: string, nmi = false): string {
  const match = /^HC(\d+)\[\d+\]:SC(\d+)\[(\d+)\]:HE(\d):SE(\d)$/.exec(state);
  if (match === null) return state;
  const [, hard, soft, , hardOn, softOn] = match;
  // An NMI counts as a hard interrupt as well (nmi_enter()).
  const narrow = nmi ? "in an NMI" : "in a hard interrupt";
  const inside = hard !== "0" ? narrow : soft !== "0" ? "in a softirq" : "in task context";
  const on = (flag: string | undefined): string => (flag === "1" ? "on" : "off");
  return `${inside}, hardirqs ${on(hardOn)}, softirqs ${on(softOn)}`;
}

function otherContext(
  { report, parts, ends, wanted }: Evidence,
  waits: ReadonlySet<string>,
): readonly string[] {
  switch (report.kind) {
    case "inconsistent": {
      const { registered } = report;
      if (registered === null) return [];
      const { state, frames } = registered;
      const taken = state === "INITIAL USE" ? "taken elsewhere (INITIAL USE)" : takenWords(state);
      const name = wanted?.name ?? "";
      const words = waits.has(name) ? waitedWords(name, state, frames) : taken;
      return [`the class was ${words}`, ...shownPath(frames)];
    }
    case "irq-safe-unsafe":
      return [report.connectsSafe, report.connectsUnsafe].flatMap((side) =>
        side === null
          ? []
          : [`${code(side.lock.name)} was ${takenWords(side.cls)}`, ...shownPath(side.frames)],
      );
    case "irq-inversion": {
      const { other } = report;
      if (other === null) return [];
      const end = [ends?.safe, ends?.unsafe].find((one) => one?.name === other.lock.name);
      return [
        `${code(other.lock.name)} was ${takenWords(other.cls)}`,
        ...shownPath(end?.frames ?? []),
      ];
    }
    default:
      return (parts.scenario?.rows ?? [])
        .filter(({ cpu }) => cpu === 1)
        .map(({ op, lock }) => (lock === null ? op : `${op}s ${code(lock)}`));
  }
}
