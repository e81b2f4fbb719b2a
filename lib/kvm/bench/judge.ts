/** A fix on the bench: what lockdep and the explorer say of it, what it costs, and which bugs it would hide. */
import { type ExploreOptions, type Result, exploreModel } from "../../explore/index.js";
import type { KernelC, SourceFile } from "../../kernel-c/index.js";
import { translate } from "../../machine/index.js";
import { type Quadrant, quadrantOf } from "../../verdict/index.js";
import { kvmFiles } from "../c/kvm-files.js";
import { pathsOnceInC } from "../c/paths-once.js";
import { kvmInC } from "../c/kvm-in-c.js";
import type { KvmSize } from "../variations/size.js";
import { type BugName, triedBugs } from "./bug.js";
import { type Cost, costOf, ordersTold, pathsHeard } from "./cost.js";
import { exploredOnce } from "./explored-once.js";
import { type TriedBug, triedBug } from "./fate.js";
import { type Given, textOf } from "./given.js";
import type { Heard } from "./heard.js";
import { type JudgeMemory, judgeMemory, keptIn, textKey } from "./memory.js";
import { toldOf, whatItDoes } from "./what-it-does.js";

/** What is known about a fix. */
export interface FixVerdict {
  readonly files: readonly SourceFile[];
  readonly lockdep: Heard;
  readonly result: Result;
  readonly quadrant: Quadrant;
  readonly cost: Cost;
  readonly bugs: readonly TriedBug[];
}

/** How a fix is judged. */
export interface JudgeOptions extends KvmSize {
  /** The bugs to add; `triedBugs` by default. */
  readonly bugs?: readonly BugName[];
  readonly explore?: ExploreOptions;
  /** What was looked at before, which is not looked at again; what is new is added. */
  readonly memory?: JudgeMemory;
  /** What a fix is compared with; looked at once where many fixes are judged. */
  readonly unfixed?: Unfixed;
}

/** What lockdep hears of the case as it is. */
export interface Unfixed {
  readonly orders: readonly string[];
}

/** Returns what a fix is compared with. */
export const unfixed = (kernelC: KernelC): Unfixed => ({
  orders: ordersTold(pathsOnceInC(kernelC, kvmFiles())),
});

const BUDGET: ExploreOptions = { maxStates: 1_000_000, maxSeconds: 60, shortest: false };

/**
 * Returns what lockdep and the explorer say of a fix, what it costs, and which bugs lockdep does not report in it.
 *
 * @param fix C, a diff, a mail that has one in it, several of these, or names of fixes and patches
 * @throws PatchError where a diff does not apply; nothing is half applied
 * @throws KernelCError with all that is wrong in the text that it makes
 * @example
 * judge(await loadKernelC(), { fix: "final" }, { bugs: [], vcpus: 1 }).quadrant // "both find nothing"
 */
export function judge(kernelC: KernelC, fix: Given, options: JudgeOptions = {}): FixVerdict {
  const text = textOf(fix);
  const { bugs = triedBugs, memory = judgeMemory(), cpus, vcpus } = options;
  const files = kvmFiles(text);
  const look = (of: readonly SourceFile[], title: string): Result =>
    keptIn(memory.results, textKey(of, title, { cpus, vcpus }, options.explore), () => {
      const scenario = kvmInC(kernelC, of, title, options);
      const model = translate(scenario);
      const does = whatItDoes(model);
      const how = { ...BUDGET, ...options.explore };
      const found = exploredOnce(memory.explored, does, how, () => exploreModel(model, how));
      return toldOf(scenario, does.messages, found);
    });
  const paths = keptIn(memory.fixes, textKey(files), () =>
    pathsHeard(pathsOnceInC(kernelC, files)),
  );
  const { heard } = paths;
  const { orders } = options.unfixed ?? unfixed(kernelC);
  const result = look(files, "kvm-pi, fixed");
  const without = { kernelC, text, heard, result, explored: look, memory };
  return {
    files,
    lockdep: heard,
    result,
    quadrant: quadrantOf(heard.report, result),
    cost: costOf(orders, paths),
    bugs: bugs.map((bug) => triedBug(without, bug)),
  };
}

/** Returns the bugs that really fail in the fixed code while lockdep is silent. */
export const hiddenBugs = ({ bugs }: FixVerdict): readonly TriedBug[] =>
  bugs.filter(({ fate }) => fate.kind === "hidden");

/** Returns the hidden bug whose patch changes the fewest lines; null if no bug is hidden. */
export function smallestHidden(verdict: FixVerdict): TriedBug | null {
  const [first = null] = [...hiddenBugs(verdict)].sort(
    (a, b) => changedLines(a.patch).length - changedLines(b.patch).length,
  );
  return first;
}

/** Returns the lines of a patch that go and come. */
export const changedLines = (patch: string): readonly string[] =>
  patch.split("\n").filter((line) => /^[-+](?![-+]{2} )/.test(line));
