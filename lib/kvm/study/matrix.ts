/** The quadrant: lockdep's verdict beside the explorer's, for fixes x mutants and fixes x changes. */
import { type ExploreOptions, type Result, explore } from "../../explore/index.js";
import { type Quadrant, quadrantOf } from "../../verdict/index.js";
import type { Report } from "../../lockdep/index.js";
import type { KernelC } from "../../kernel-c/index.js";
import type { Scenario } from "../../machine/index.js";
import type { KvmSize } from "../variations/size.js";
import { kvm } from "../kvm.js";
import { lockdepInOrders } from "../c/lockdep-in-order.js";
import { pathsOnce } from "../c/paths-once.js";
import { named } from "../../primitives/named.js";
import { type ChangeName, type FixName, type MutantNumber, fixes } from "../variations/index.js";

/** What the explorer found: `none` only when every state was seen. */
export type ExplorerVerdict =
  "none" | "deadlock" | "livelock" | "lost-wakeup" | "corruption" | "assert" | "inconclusive";

/** One cell of the matrix. */
export interface MatrixEntry {
  readonly fix: FixName;
  readonly mutant: MutantNumber;
  readonly changes: readonly ChangeName[];
  readonly lockdep: {
    /** Of the first order in which lockdep complains; null if it never does. */
    readonly kind: Report["kind"] | null;
    readonly orders: readonly { readonly order: string; readonly kind: Report["kind"] | null }[];
  };
  readonly explorer: {
    readonly verdict: ExplorerVerdict;
    readonly complete: boolean;
    readonly states: number;
    readonly cpus: number;
    readonly vcpus: number;
    /** Length of a shortest counterexample; null if there is none, or a shortest was not asked for. */
    readonly steps: number | null;
  };
  readonly quadrant: Quadrant;
}

/** Which cell. */
export interface Cell {
  readonly fix: FixName;
  readonly mutant?: MutantNumber;
  readonly changes?: readonly ChangeName[];
}

/** What a cell keeps of an exploration. */
export interface Explored extends Pick<Result, "verdict" | "complete" | "states"> {
  /** Length of a shortest counterexample to the verdict. */
  readonly steps: number | null;
}

/** What earlier explorations found. */
export interface Memory {
  /** Returns what was found in a scenario; undefined if it was not explored. */
  readonly recall: (scenario: Scenario) => Explored | undefined;
  readonly keep: (scenario: Scenario, explored: Explored) => void;
}

/** How a matrix is computed. */
export interface MatrixOptions extends KvmSize {
  readonly explore?: ExploreOptions;
  /** Looked into before a scenario is explored; nothing is remembered if left out. */
  readonly memory?: Memory;
  /** Called with each cell before it is explored. */
  readonly onCell?: (cell: Cell) => void;
  /** Called with each cell when it is done. */
  readonly onEntry?: (entry: MatrixEntry) => void;
}

/**
 * Returns the cells, in order. What the explorer found about a code is used again for the fixes that
 * differ only in what they tell lockdep.
 *
 * @example
 * const [cell] = matrix(await loadKernelC(), [{ fix: "out1", mutant: "m2" }], { explore: { shortest: false } });
 * cell?.quadrant // "false negative"
 */
export function matrix(
  kernelC: KernelC,
  cells: readonly Cell[],
  options: MatrixOptions = {},
): MatrixEntry[] {
  const explored = new Map<string, Explored>();
  return cells.map((cell) => {
    options.onCell?.(cell);
    const entry = entryOf(kernelC, cell, options, explored);
    options.onEntry?.(entry);
    return entry;
  });
}

/** Returns a cell for each fix and each mutant. */
export function mutantCells(
  fixNames: readonly FixName[],
  mutantNames: readonly MutantNumber[],
): readonly Cell[] {
  return fixNames.flatMap((fix) => mutantNames.map((mutant) => ({ fix, mutant })));
}

/** Returns a cell for each fix and each change. */
export function changeCells(
  fixNames: readonly FixName[],
  changeNames: readonly ChangeName[],
): readonly Cell[] {
  return fixNames.flatMap((fix) => changeNames.map((change) => ({ fix, changes: [change] })));
}

function entryOf(
  kernelC: KernelC,
  cell: Cell,
  options: MatrixOptions,
  explored: Map<string, Explored>,
): MatrixEntry {
  const { fix, mutant = "m0", changes = [] } = cell;
  const { cpus = 2, vcpus = 2 } = options;
  const { report, ...lockdep } = lockdepInOrders(pathsOnce(kernelC, { fix, mutant, changes }));

  const behaviour = JSON.stringify([named("fix", fix, fixes).behaviour, mutant, changes]);
  const found =
    explored.get(behaviour) ?? lookAt(kvm(kernelC, { fix, mutant, changes, cpus, vcpus }), options);
  explored.set(behaviour, found);
  const { complete, states, steps } = found;
  const explorer = { verdict: explorerVerdict(found), complete, states, cpus, vcpus, steps };
  return { fix, mutant, changes, lockdep, explorer, quadrant: quadrantOf(report, found) };
}

/** Returns what is remembered of a scenario, or explores it; what stayed open is explored again. */
function lookAt(scenario: Scenario, { explore: how, memory }: MatrixOptions): Explored {
  const known = memory?.recall(scenario);
  if (known !== undefined && known.verdict !== "inconclusive") return known;
  const result = explore(scenario, how);
  const { verdict, complete, states } = result;
  const found = { verdict, complete, states, steps: stepsOf(result) };
  memory?.keep(scenario, found);
  return found;
}

/** Returns the explorer's verdict in the words of the matrix. */
export function explorerVerdict({ verdict }: Pick<Result, "verdict">): ExplorerVerdict {
  switch (verdict) {
    case "safe":
      return "none";
    case "invariant":
    case "misuse":
      return "assert";
    case "deadlock":
    case "livelock":
    case "lost-wakeup":
    case "corruption":
    case "assert":
    case "inconclusive":
      return verdict;
  }
}

function stepsOf({ verdict, violations }: Result): number | null {
  if (verdict === "safe" || verdict === "inconclusive") return null;
  const found = violations[verdict];
  return found?.shortest === true ? found.schedule.length : null;
}
