/** With which premise the deadlock of a report remains, and with which not. */
import { explore } from "../../explore/index.js";
import { lockdepOn } from "../../verdict/index.js";
import { counted } from "../../primitives/counted.js";
import { paragraph } from "../explain/format/wrap.js";
import type { SplatReport } from "../report/index.js";
import { premisesOf, type Premise } from "./premises.js";
import { scenarioOfScene } from "./scenario.js";
import { sceneOf } from "./scene-of.js";

/** What both judges say with one premise. */
export interface PremiseRow {
  /** Null for the scene as the report has it, at its worst. */
  readonly premise: Omit<Premise, "apply"> | null;
  readonly explorer: string;
  /** True where every state was seen. */
  readonly complete: boolean;
  readonly states: number;
  readonly lockdep: string | null;
}

/** Bounds of each row's search. */
const bounds = { maxStates: 200_000, maxSeconds: 10 } as const;

/**
 * Returns a row without a premise, then one for each; none where the report makes no scene.
 *
 * @param report a report as read
 * @example
 * const [report] = readSplats(kvmPiReport);
 * premiseTable(report)[0].explorer // "deadlock"
 */
export function premiseTable(report: SplatReport): readonly PremiseRow[] {
  const scene = sceneOf(report);
  if (scene === null) return [];
  return [null, ...premisesOf(scene)].map((premise) => {
    const scenario = scenarioOfScene(premise === null ? scene : premise.apply(scene));
    const { verdict, complete, states } = explore(scenario, bounds);
    return {
      premise: premise === null ? null : { question: premise.question, says: premise.says },
      explorer: verdict,
      complete,
      states,
      lockdep: lockdepOn(scenario).report?.kind ?? null,
    };
  });
}

/** Returns the table in words: what is enough if it can be argued, and what is not. */
export function premiseText(rows: readonly PremiseRow[]): string {
  const [bare, ...set] = rows;
  if (bare === undefined) return "The report tells no paths to set premises in.\n";
  const enough = set.filter(({ explorer, complete }) => explorer !== "deadlock" && complete);
  const not = set.filter(({ explorer }) => explorer === "deadlock");
  const open = set.filter((row) => !enough.includes(row) && !not.includes(row));
  const list = (heading: string, some: readonly PremiseRow[]): readonly string[] =>
    some.length === 0
      ? []
      : [
          "",
          heading,
          ...some.flatMap(({ premise, states, lockdep }) =>
            paragraph(
              `${premise?.says ?? ""} (${counted(states, "state")}; lockdep ${lockdep ?? "silent"})`,
              "  - ",
            ),
          ),
        ];
  const lines = [
    ...paragraph(
      `One lock a class and every path on a CPU of its own: ${bare.explorer} (${counted(bare.states, "state")}; lockdep ${bare.lockdep ?? "silent"}).`,
    ),
    ...list("Enough to argue: no deadlock is left", enough),
    ...list("Not enough: the deadlock is still there", not),
    ...list("Not decided within the bounds", open),
  ];
  return `${lines.join("\n").replace(/`/g, "")}\n`;
}
