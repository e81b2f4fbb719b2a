/** With which premise the deadlock of a report remains, and with which not. */
import { explore } from "../../explore/index.js";
import { lockdepOn } from "../../verdict/index.js";
import { counted } from "../../primitives/counted.js";
import { paragraph } from "../explain/format/wrap.js";
import type { SplatReport } from "../report/index.js";
import type { Scene } from "./scene.js";
import { premisesOf, type Premise } from "./premises.js";
import { scenarioOfScene } from "./scenario.js";
import { sceneOf } from "./scene-of.js";

/** What both judges say with one premise. */
export interface PremiseRow {
  /** Null for the scene as the report has it, at its worst. */
  readonly premise: Omit<Premise, "apply"> | null;
  /** A second premise that holds as well, where no single one is enough; else null. */
  readonly and: Omit<Premise, "apply"> | null;
  readonly explorer: string;
  /** True where every state was seen. */
  readonly complete: boolean;
  readonly states: number;
  readonly lockdep: string | null;
}

/** Bounds of one row's search. */
const bounds = { maxStates: 200_000, maxSeconds: 60 } as const;
/** States of all rows together; a row that comes when they are used up still gets so many. */
const inAll = 500_000;
const atLeast = 2_000;

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
  const premises = premisesOf(scene);
  const search = new Search(scene);
  const single = [null, ...premises].map((premise) => search.row(premise, null));
  if (single.some(isEnough)) return single;
  const pairs = premises
    .flatMap((one, at) => premises.slice(at + 1).map((other) => [one, other] as const))
    .slice(0, mostPairs);
  return [...single, ...pairs.map(([one, other]) => search.row(one, other))];
}

/** Pairs that are tried at most where no premise is enough by itself. */
const mostPairs = 24;

/** Explores a scene with one premise after the other, all together within bounds. */
class Search {
  #left = inAll;

  constructor(private readonly scene: Scene) {}

  row(premise: Premise | null, and: Premise | null): PremiseRow {
    const changed = [premise, and].reduce(
      (before, each) => each?.apply(before) ?? before,
      this.scene,
    );
    const scenario = scenarioOfScene(changed);
    const maxStates = Math.min(bounds.maxStates, Math.max(atLeast, this.#left));
    const { verdict, complete, states } = explore(scenario, { ...bounds, maxStates });
    this.#left -= states;
    return {
      premise: said(premise),
      and: said(and),
      explorer: verdict,
      complete,
      states,
      lockdep: lockdepOn(scenario).report?.kind ?? null,
    };
  }
}

const isReal = ({ explorer }: PremiseRow): boolean => explorer === "deadlock";

const said = (premise: Premise | null): Omit<Premise, "apply"> | null =>
  premise === null ? null : { question: premise.question, says: premise.says };

const isEnough = ({ explorer, complete }: PremiseRow): boolean =>
  explorer !== "deadlock" && complete;

/** Returns the table in words: what is enough if it can be argued, and what is not. */
export function premiseText(rows: readonly PremiseRow[]): string {
  const [bare, ...set] = rows;
  if (bare === undefined) return "The report tells no paths to set premises in.\n";
  const enough = set.filter(isEnough);
  const alone = enough.filter(({ and }) => and === null);
  const together = enough.filter(({ and }) => and !== null);
  const not = set.filter(({ explorer, and }) => explorer === "deadlock" && and === null);
  const open = set.filter((row) => !isEnough(row) && row.explorer !== "deadlock");
  const list = (heading: string, some: readonly PremiseRow[]): readonly string[] =>
    some.length === 0
      ? []
      : [
          "",
          heading,
          ...some.flatMap(({ premise, and, states, lockdep }) =>
            paragraph(
              `${premise?.says ?? ""}${and === null ? "" : ` And: ${and.says}`} (${counted(states, "state")}; lockdep ${lockdep ?? "silent"})`,
              "  - ",
            ),
          ),
        ];
  const lines = [
    ...paragraph(
      `One lock a class (two where it nests), each path on its own CPU: ${bare.explorer} (${counted(bare.states, "state")}; lockdep ${bare.lockdep ?? "silent"}).`,
    ),
    ...list("Enough to argue: no deadlock is left", alone),
    ...(set.length > 0 && alone.length === 0 && isReal(bare)
      ? [
          "",
          ...paragraph(
            together.length === 0
              ? "No premise is enough by itself, and no two of those that were tried are: either the report is true, or it rests on more."
              : "No premise is enough by itself: the mail has to argue two together.",
          ),
        ]
      : []),
    ...list("Enough together", together),
    ...list("Not enough: the deadlock is still there", not),
    ...list("Not decided within the bounds", open),
  ];
  return `${lines.join("\n").replace(/`/g, "")}\n`;
}
