/** The bench of a notebook: the reader's fixes are judged one by one, and kept by name in one table. */
import { KernelCError, type KernelC, PatchError } from "../kernel-c/index.js";
import {
  judge,
  judgeMemory,
  printVerdict,
  scoreOf,
  type FixScore,
  type FixVerdict,
  type Given,
  type JudgeOptions,
  type TriedBug,
  unfixed,
} from "../kvm/index.js";
import { counted } from "../primitives/counted.js";
import { scorecard, whyNoCircle, type Figure } from "../views/index.js";

/** Where fixes are tried. */
export interface Workbench {
  /**
   * Prints what lockdep and the explorer say of a fix and of each later bug, and keeps the answer under a name; a
   * name that was used before is judged anew. Of C that does not compile, and of a patch that does not apply, it
   * prints what is wrong: nothing is judged then, null is returned, and what the name stood for is gone.
   */
  readonly judge: (name: string, fix: Given) => FixVerdict | null;
  /** Returns the table of all that was tried, in the order of the first tries. */
  readonly table: () => Figure;
}

/**
 * Returns a bench with nothing on it.
 *
 * @example
 * const bench = workbench(await loadKernelC(), { bugs: [] });
 * bench.judge("sched_out 1", { fix: "out1" })?.quadrant // "both find nothing"
 */
export function workbench(kernelC: KernelC, options: JudgeOptions = {}): Workbench {
  const memory = options.memory ?? judgeMemory();
  const before = options.unfixed ?? unfixed(kernelC);
  const tried = new Map<string, FixScore>();
  return {
    judge: (name, fix) => {
      try {
        const verdict = judge(kernelC, fix, { ...options, memory, unfixed: before });
        tried.set(name, scoreOf(name, verdict));
        console.log(printVerdict(verdict, why));
        return verdict;
      } catch (error) {
        if (!(error instanceof KernelCError) && !(error instanceof PatchError)) throw error;
        tried.delete(name);
        console.log(`Nothing was judged.\n${error.message}`);
        return null;
      }
    },
    table: () => {
      const { cpus = 2, vcpus = 2 } = options;
      const bounds = [counted(cpus, "CPU", "CPUs"), counted(vcpus, "vCPU", "vCPUs")];
      return scorecard([...tried.values()], bounds.join(" and "));
    },
  };
}

const why = ({ fate }: TriedBug): string =>
  fate.kind === "hidden" ? whyNoCircle(fate.result.scenario, fate.result.violations.deadlock) : "";
