/** A fix on the workbench: what lockdep and the explorer say of it, and which bugs it hides. */
import { type ExploreOptions, type Result, explore } from "../../explore/index.js";
import { type Quadrant, quadrantOf } from "../../verdict/index.js";
import type { Report } from "../../lockdep/index.js";
import { baseCode } from "../code/base-code.js";
import type { Code } from "../code/code.js";
import { type KvmSize, scenarioOf } from "../kvm.js";
import { type OrderVerdict, kernelOrders, lockdepVerdict } from "./lockdep-in-order.js";
import { type Scenario, translate } from "../../machine/index.js";
import { named } from "../../primitives/named.js";
import {
  type ChangeName,
  type MutantNumber,
  type Variation,
  changes,
  mutants,
} from "../variations/index.js";

/** A bug that someone could add to a fixed code: a mutant by its number, or a change by its name. */
export type AddedBug = MutantNumber | ChangeName;

/**
 * The mutants that deadlock with two CPUs and two vCPUs if the fix leaves the machine as it is, and the
 * changes that break what some fixes take on trust: whose lock sched_out takes, and that no vCPU goes away.
 */
const realBugs: readonly AddedBug[] = [
  ...(["m2", "m3", "m4", "m5", "m8"] as const),
  ...(["remote-cpu", "stale-cpu", "vcpu-exit"] as const),
];

const bugNamed = (name: AddedBug): Variation => {
  const mutant = mutants.find(({ number }) => number === name);
  return mutant ?? named("bug", name, [...changes, ...mutants]);
};

/** What lockdep says of a bug that is added to the fixed code. */
export interface BugVerdict {
  readonly bug: AddedBug;
  /** What it changes, in a sentence. */
  readonly summary: string;
  /** The orders of first runs in which lockdep says nothing. */
  readonly silentIn: readonly string[];
  /** What can happen; null where lockdep reports in every order, and nobody has to look. */
  readonly result: Result | null;
}

/** What is known about a fix. */
export interface FixVerdict {
  readonly code: Code;
  /** Lockdep's answer to each order in which the paths may first run. */
  readonly orders: readonly OrderVerdict[];
  readonly result: Result;
  readonly quadrant: Quadrant;
  readonly bugs: readonly BugVerdict[];
}

/** How a fix is judged. */
export interface JudgeOptions extends KvmSize {
  /** The bugs to add; by default m2, m3, m4, m5 and m8, which deadlock by themselves, and what breaks a premise. */
  readonly bugs?: readonly AddedBug[];
  readonly explore?: ExploreOptions;
  /** Results to use again, by what the code does; new ones are added. */
  readonly explored?: Map<string, Result>;
}

const BUDGET: ExploreOptions = { maxSeconds: 60, shortest: false };

/**
 * Returns what lockdep and the explorer say of a fix, and which bugs lockdep does not report in it.
 *
 * @throws TypeError if the fix is not made of statements; it says where to look
 * @example
 * judgeFix((code) => annotate(code, { schedOut: [1] }), { bugs: [] }).quadrant // "both find nothing"
 */
export function judgeFix(fix: (code: Code) => Code, options: JudgeOptions = {}): FixVerdict {
  try {
    return judged(fix(baseCode), options);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new TypeError(
      `this fix cannot be run: ${error.message}. Look whether each lock, unlock, inside, beforeWake and afterWake ` +
        "returns a list of statements, such as [raw_spin_lock(wakeupLock(cpu))]",
      { cause: error },
    );
  }
}

function judged(code: Code, options: JudgeOptions): FixVerdict {
  const { bugs = realBugs, explored = new Map<string, Result>() } = options;
  const found = (which: Code, bug: AddedBug): Result => {
    const scenario = scenarioOf(which, `kvm-pi ${bug}`, options);
    const key = whatItDoes(scenario);
    const result = explored.get(key) ?? explore(scenario, { ...BUDGET, ...options.explore });
    explored.set(key, result);
    // What another code found is told of this one: lockdep is told something else by it.
    return result.scenario === scenario ? result : { ...result, scenario };
  };
  const orders = kernelOrders.map((order) => lockdepVerdict(code, order));
  const result = found(code, "m0");
  const report = orders.find((one) => one.report !== null)?.report ?? null;
  return {
    code,
    orders,
    result,
    quadrant: quadrantOf(report, result),
    bugs: bugs.map((bug): BugVerdict => {
      const { summary, apply } = bugNamed(bug);
      const broken = apply(code);
      const silentIn = kernelOrders.flatMap((order) => {
        const { kind, order: name } = lockdepVerdict(broken, order);
        return kind === null ? [name] : [];
      });
      return { bug, summary, silentIn, result: silentIn.length === 0 ? null : found(broken, bug) };
    }),
  };
}

/** What a scenario does, without what it is called and what lockdep is told: the same for the same code. */
function whatItDoes(scenario: Scenario): string {
  const { slots, processes, always, quiescent, finally: atEnd } = translate(scenario);
  return JSON.stringify([
    slots.map(({ name, min, max, init }) => [name, min, max, init]),
    processes.map(({ kind, cpu, runs, ends, rests, leaving }) => [
      [kind, cpu, runs, [...ends], [...rests]],
      leaving
        .flat()
        .map(({ from, to, label, guard, changes }) => [from, to, label, guard, changes]),
    ]),
    [...always, ...quiescent, ...atEnd],
  ]);
}

/** Returns the bugs that really fail in the fixed code while lockdep is silent. */
export function hiddenBugs({ bugs, result }: FixVerdict): readonly BugVerdict[] {
  return bugs.filter((bug) => failsAnew(bug, result));
}

/** Whether a bug adds a failure that the fixed code does not have by itself. */
function failsAnew(bug: BugVerdict, { violations: own }: Result): boolean {
  const found = Object.values(bug.result?.violations ?? {});
  return found.some(({ property }) => own[property] === undefined);
}

/** What becomes of a bug in a fixed code. */
export type BugFate =
  /** Lockdep has reported the code without the bug, and with its first report it is switched off. */
  | "lockdep is off"
  /** Lockdep says so, whichever path runs first. */
  | "reported"
  /** Lockdep is silent in some order, and the code fails. */
  | "hidden"
  /** Lockdep is silent, and the code cannot fail by it in these bounds. */
  | "harmless"
  /** Lockdep is silent, and the code fails with the bug as without it. */
  | "fails anyway"
  /** Lockdep is silent, and the search was cut short. */
  | "open";

/** Returns what becomes of a bug in the fixed code. */
export function fateOf(bug: BugVerdict, { orders, result: own }: FixVerdict): BugFate {
  if (orders.some(({ kind }) => kind !== null)) return "lockdep is off";
  if (bug.result === null) return "reported";
  if (bug.result.verdict === "safe") return "harmless";
  if (bug.result.verdict === "inconclusive") return "open";
  return failsAnew(bug, own) ? "hidden" : "fails anyway";
}

/**
 * Returns a verdict in lines: lockdep's answer, the explorer's, where they meet, and each bug with its fate.
 *
 * @param why says more of a bug that the fix hides, in a sentence; nothing unless given
 */
export function printFixVerdict(
  verdict: FixVerdict,
  why: (bug: BugVerdict) => string = () => "",
): string {
  const { orders, result, quadrant, bugs } = verdict;
  const said = orders.map(({ order, kind }) => `${order} ${kind ?? "silent"}`);
  const warned = new Set(orders.flatMap(({ warnings }) => warnings));
  const cut = result.verdict === "inconclusive" ? "; try fewer CPUs or vCPUs" : "";
  return [
    `lockdep   ${said.join(", ")}`,
    ...[...warned].map((warning) => `          warns: ${warning}`),
    `explorer  ${result.summary}${cut}`,
    `together  ${quadrant}`,
    ...bugs.flatMap((bug) => bugLines(bug, verdict, why)),
  ].join("\n");
}

function bugLines(
  bug: BugVerdict,
  verdict: FixVerdict,
  why: (bug: BugVerdict) => string,
): readonly string[] {
  const fate = fateOf(bug, verdict);
  const more = fate === "hidden" ? why(bug) : "";
  return [
    `${bug.bug.padEnd(12)}${bug.summary}`,
    `            ${fateText(bug, fate)}`,
    ...(more === "" ? [] : more.split("\n").map((line) => `            ${line}`)),
  ];
}

function fateText({ silentIn, result }: BugVerdict, fate: BugFate): string {
  const where = silentIn.length === kernelOrders.length ? "" : ` in ${silentIn.join(", ")}`;
  switch (fate) {
    case "lockdep is off":
      return "lockdep is off: it has reported the code without the bug";
    case "reported":
      return "reported";
    case "harmless":
      return `harmless: lockdep is silent${where}, and this code cannot fail by it`;
    case "open":
      return `open: lockdep is silent${where}; ${result?.summary ?? ""}`;
    case "fails anyway":
      return `fails anyway: lockdep is silent${where}, and the code fails without the bug`;
    case "hidden":
      return `HIDDEN: lockdep is silent${where}; ${result?.summary ?? ""}`;
  }
}

/** One row of a scorecard: a fix under every judgement. */
export interface FixScore {
  readonly name: string;
  /** Lockdep's first complaint about the code without a bug, or null. */
  readonly lockdep: Report["kind"] | null;
  /** The explorer's verdict about it. */
  readonly explorer: Result["verdict"];
  readonly bugs: readonly { readonly bug: AddedBug; readonly fate: BugFate }[];
}

/**
 * Returns a fix's row of a scorecard.
 *
 * @example
 * const out1 = judgeFix((code) => annotate(code, { schedOut: [1] }), { bugs: ["m2"] });
 * scoreOf("out1", out1).bugs // [{ bug: "m2", fate: "hidden" }]
 */
export function scoreOf(name: string, verdict: FixVerdict): FixScore {
  const { orders, result, bugs } = verdict;
  return {
    name,
    lockdep: orders.find(({ kind }) => kind !== null)?.kind ?? null,
    explorer: result.verdict,
    bugs: bugs.map((one) => ({ bug: one.bug, fate: fateOf(one, verdict) })),
  };
}
