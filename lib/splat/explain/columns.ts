/** The report in three columns: this task, what was there before, the other context. */
import type { SplatReport, StackFrame } from "../report.js";
import { edgesOf } from "./edges.js";
import { irqEndsOf } from "./irq-ends.js";
import { takenWords } from "./state-words.js";
import { code, pathOf, taskOf } from "./words.js";

/** Three short lists to be read side by side. */
export interface SplatColumns {
  readonly thisTask: readonly string[];
  readonly existing: readonly string[];
  readonly otherContext: readonly string[];
}

/** The three columns of a report; a column is empty where the report says nothing of it. */
export function columnsOf(report: SplatReport): SplatColumns {
  return {
    thisTask: thisTask(report),
    existing: edgesOf(report)
      .filter(({ learnt }) => learnt === "earlier")
      .map(({ from, to, frames }) =>
        frames.length === 0
          ? `${code(from)} -> ${code(to)}`
          : `${code(from)} -> ${code(to)}: ${pathOf(frames, 3)}`,
      ),
    otherContext: otherContext(report),
  };
}

const shownPath = (frames: readonly StackFrame[]): readonly string[] =>
  frames.length === 0 ? [] : [pathOf(frames, 3)];

function thisTask(report: SplatReport): readonly string[] {
  const { holding, acquiring, irqState, held } = report;
  const state = irqState === null ? [] : [interrupts(irqState)];
  return [
    taskOf(report),
    ...state,
    ...(holding === null ? [] : [`holds ${code(holding.name)}`]),
    ...(acquiring === null
      ? []
      : [`${holding === null ? "takes" : "wants"} ${code(acquiring.name)}`]),
    ...(holding === null && acquiring === null && held !== null
      ? held.locks.map(({ name }) => `holds ${code(name)}`)
      : []),
    ...shownPath(report.backtrace),
  ];
}

/** `HC0[0]:SC0[0]:HE0:SE1` in words. */
export function interrupts(state: string): string {
  const match = /^HC(\d+)\[\d+\]:SC(\d+)\[(\d+)\]:HE(\d):SE(\d)$/.exec(state);
  if (match === null) return state;
  const [, hard, soft, , hardOn, softOn] = match;
  const inside =
    hard !== "0" ? "in a hard interrupt" : soft !== "0" ? "in a softirq" : "in task context";
  const on = (flag: string | undefined): string => (flag === "1" ? "on" : "off");
  return `${inside}, hardirqs ${on(hardOn)}, softirqs ${on(softOn)}`;
}

function otherContext(report: SplatReport): readonly string[] {
  const { registered, connectsSafe, connectsUnsafe, other, scenario, kind } = report;
  switch (kind) {
    case "inconsistent":
      return registered === null
        ? []
        : [`the class was ${takenWords(registered.state)}`, ...shownPath(registered.frames)];
    case "irq-safe-unsafe":
      return [connectsSafe, connectsUnsafe].flatMap((side) =>
        side === null
          ? []
          : [`${code(side.lock.name)} was ${takenWords(side.cls)}`, ...shownPath(side.frames)],
      );
    case "irq-inversion": {
      if (other === null) return [];
      const ends = irqEndsOf(report);
      const end = [ends?.safe, ends?.unsafe].find((one) => one?.name === other.lock.name);
      return [
        `${code(other.lock.name)} was ${takenWords(other.cls)}`,
        ...shownPath(end?.frames ?? []),
      ];
    }
    default:
      return (scenario?.rows ?? [])
        .filter(({ cpu }) => cpu === 1)
        .map(({ op, lock }) => (lock === null ? op : `${op}s ${code(lock)}`));
  }
}
