/** A patch to the case on the workbench: both verdicts, the bugs that it would hide, and what it costs. */
import { type ExploreOptions, type Result, explore } from "../../explore/index.js";
import { KernelCError, type KernelC, PatchError, type SourceFile } from "../../kernel-c/index.js";
import { type Quadrant, quadrantOf } from "../../verdict/index.js";
import type { KvmSize } from "../kvm.js";
import type { OrdersVerdict } from "../study/lockdep-in-order.js";
import type { ChangeName, MutantNumber } from "../variations/index.js";
import { type KvmTextOptions, kvmFiles } from "./kvm-files.js";
import { kvmInC } from "./kvm-in-c.js";
import { dependenciesOf, lockdepInOrdersOfC } from "./lockdep-in-c.js";

/** A bug that someone could add to the patched code: a mutant, or a premise that no longer holds. */
export type BugName = MutantNumber | ChangeName;

/** The bugs that are tried: mutants that deadlock by themselves, and premises whose loss can be hidden. */
export const triedBugs: readonly BugName[] = [
  "m2",
  "m3",
  "m4",
  "m5",
  "m8",
  "remote-cpu",
  "stale-cpu",
  "vcpu-exit",
];

/** What becomes of a bug in the patched code. */
export type PatchFate =
  | { readonly kind: "reported"; readonly report: string }
  /** The code fails, and lockdep is silent where the paths first run in these orders. */
  | { readonly kind: "hidden"; readonly fails: string; readonly orders: readonly string[] }
  /** Lockdep is silent, and nothing can fail by it in these bounds. */
  | { readonly kind: "harmless" }
  /** Lockdep is silent, and the code fails without the bug as well. */
  | { readonly kind: "fails anyway"; readonly fails: string }
  | { readonly kind: "open"; readonly summary: string }
  /** The bug's own patch does not fit the patched code. */
  | { readonly kind: "cannot be tried"; readonly why: string };

/** A bug with what becomes of it. */
export interface TriedBug {
  readonly bug: BugName;
  readonly fate: PatchFate;
}

/** What is known about a patch. */
export interface PatchVerdict {
  readonly files: readonly SourceFile[];
  readonly lockdep: OrdersVerdict;
  readonly result: Result;
  readonly quadrant: Quadrant;
  /** Dependencies that lockdep learns with the patch and not without it, and the other way round. */
  readonly adds: readonly string[];
  readonly drops: readonly string[];
  readonly bugs: readonly TriedBug[];
}

/** How a patch is judged. */
export interface JudgePatchOptions extends KvmSize {
  readonly bugs?: readonly BugName[];
  readonly explore?: ExploreOptions;
}

const BUDGET: ExploreOptions = { maxStates: 1_000_000, maxSeconds: 60, shortest: false };

/**
 * Returns what lockdep and the explorer say of the case with patches, and which bugs lockdep does not report
 * in it.
 *
 * @param patch a diff, a mail that has one in it, or names of fixes and patches
 * @throws PatchError where it does not apply; nothing is half applied
 * @throws KernelCError with all that is wrong in what it makes
 */
export function judgePatch(
  kernelC: KernelC,
  patch: string | KvmTextOptions,
  options: JudgePatchOptions = {},
): PatchVerdict {
  const text = typeof patch === "string" ? { patches: [patch] } : patch;
  const { bugs = triedBugs } = options;
  const files = kvmFiles(text);
  const look = (of: readonly SourceFile[], title: string): Result =>
    explore(kvmInC(kernelC, of, title, options), { ...BUDGET, ...options.explore });
  const lockdep = lockdepInOrdersOfC(kernelC, files);
  const result = look(files, "kvm-pi, patched");
  const [before, after] = [kvmFiles(), files].map((of) => dependenciesOf(kernelC, of));
  return {
    files,
    lockdep,
    result,
    quadrant: quadrantOf(lockdep.report, result),
    adds: (after ?? []).filter((edge) => before?.includes(edge) === false),
    drops: (before ?? []).filter((edge) => after?.includes(edge) === false),
    bugs: bugs.map((bug) => ({ bug, fate: fateOf(kernelC, text, bug, result, look) })),
  };
}

function fateOf(
  kernelC: KernelC,
  text: KvmTextOptions,
  bug: BugName,
  own: Result,
  look: (files: readonly SourceFile[], title: string) => Result,
): PatchFate {
  try {
    const files = kvmFiles(withBug(text, bug));
    const { orders, kind } = lockdepInOrdersOfC(kernelC, files);
    const silent = orders.filter((one) => one.kind === null).map(({ order }) => order);
    if (silent.length === 0) return { kind: "reported", report: kind ?? "" };
    const found = look(files, `kvm-pi, patched, ${bug}`);
    const { verdict, summary } = found;
    if (verdict === "safe") return { kind: "harmless" };
    if (verdict === "inconclusive") return { kind: "open", summary };
    const isNew = Object.values(found.violations).some(
      ({ property }) => own.violations[property] === undefined,
    );
    return isNew
      ? { kind: "hidden", fails: verdict, orders: silent }
      : { kind: "fails anyway", fails: verdict };
  } catch (error) {
    if (!(error instanceof PatchError) && !(error instanceof KernelCError)) throw error;
    return { kind: "cannot be tried", why: error.message.split("\n")[0] ?? "" };
  }
}

/** The bug comes last: it is added to the patched code. */
function withBug(text: KvmTextOptions, bug: BugName): KvmTextOptions {
  return { ...text, last: [bug] };
}

/** Returns a verdict in lines: lockdep's answer, the explorer's, what the annotation costs, and each bug. */
export function printPatchVerdict({
  lockdep,
  result,
  quadrant,
  adds,
  drops,
  bugs,
}: PatchVerdict): string {
  const said = lockdep.orders.map(({ order, kind }) => `${order} ${kind ?? "silent"}`);
  const list = (edges: readonly string[]): string =>
    edges.length === 0 ? "nothing" : edges.join("; ");
  return [
    `lockdep   ${said.join(", ")}`,
    ...lockdep.warnings.map((warning) => `          warns: ${warning}`),
    `explorer  ${result.summary}`,
    `together  ${quadrant}`,
    `adds      ${list(adds)}`,
    `drops     ${list(drops)}`,
    ...bugs.map(({ bug, fate }) => `${bug}: ${fateSentence(fate)}`),
  ].join("\n");
}

/** Returns why a bug is where it is, as a sentence. */
export function fateSentence(fate: PatchFate): string {
  switch (fate.kind) {
    case "reported":
      return `reported, as ${fate.report}, whichever path runs first`;
    case "hidden":
      return `HIDDEN: it really fails (${fate.fails}), and lockdep is silent when the paths first run as ${fate.orders.join(", ")}`;
    case "harmless":
      return "not reported, and nothing can fail by it in these bounds";
    case "fails anyway":
      return `not reported; the code fails (${fate.fails}) without it as well`;
    case "open":
      return `not reported; whether it can fail is open: ${fate.summary}`;
    case "cannot be tried":
      return `could not be tried: ${fate.why}`;
  }
}
