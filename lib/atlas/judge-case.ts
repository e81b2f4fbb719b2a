/** Both judges on a case of the atlas, as it is or patched. */
import { type ExploreOptions, type Property, type Result, explore } from "../explore/index.js";
import type { KernelC } from "../kernel-c/index.js";
import type { Report } from "../lockdep/index.js";
import { type Scenario, translate } from "../machine/index.js";
import { lockdepOn } from "../verdict/index.js";
import type { AtlasCase, LockdepAnswer, CaseSelection } from "./atlas-case.js";
import { patchedCode } from "./patched-code.js";
import { pathOrders } from "./path-orders.js";

/** What lockdep said when the paths first ran in an order. */
export interface OrderAnswer {
  /** The functions, that which ran first first. */
  readonly order: readonly string[];
  readonly answer: LockdepAnswer;
  readonly report: Report | null;
}

/** What both judges say of a selection. */
export interface CaseVerdict {
  readonly selection: CaseSelection;
  readonly code: string;
  readonly scenario: Scenario;
  readonly orders: readonly OrderAnswer[];
  /** The answers of all orders, each once, sorted. */
  readonly lockdep: readonly LockdepAnswer[];
  readonly result: Result;
  readonly explorer: "safe" | "inconclusive" | Property;
}

/**
 * Returns what lockdep and the explorer say of a case.
 *
 * @param kernelC what reads its C
 * @throws UnknownNameError where a patch of the selection is not in the case
 */
export function judgeCase(
  of: AtlasCase,
  kernelC: KernelC,
  selection: CaseSelection = {},
  options: ExploreOptions = {},
): CaseVerdict {
  const code = patchedCode(of, selection);
  const scenario = kernelC(code, { file: `${of.name}.c`, name: of.name });
  const tasks = translate(scenario).processes.filter(({ kind }) => kind === "task");
  const orders = pathOrders(tasks.map(({ name }) => name)).map((order): OrderAnswer => {
    const { report } = lockdepOn(scenario, { order, runs: 1 });
    return { order, answer: report?.kind ?? "silent", report };
  });
  const result = explore(scenario, options);
  return {
    selection,
    code,
    scenario,
    orders,
    lockdep: [...new Set(orders.map(({ answer }) => answer))].sort(),
    result,
    explorer: result.verdict,
  };
}

/** Returns what both judges say of a selection of one case; without one, of the case as it is. */
export type CaseJudge = (selection?: CaseSelection) => CaseVerdict;

/** Returns a judge of one case that asks each question once. */
export function caseJudge(of: AtlasCase, kernelC: KernelC): CaseJudge {
  const known = new Map<string, CaseVerdict>();
  return (selection = {}) => {
    const { fix = "", mutant = "", switched = [] } = selection;
    const key = JSON.stringify([fix, mutant, switched]);
    const verdict = known.get(key) ?? judgeCase(of, kernelC, selection);
    known.set(key, verdict);
    return verdict;
  };
}
