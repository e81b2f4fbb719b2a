/** The bench of a notebook: the reader's fixes are judged one by one, and kept by name in one table. */
import type { Result } from "../explore/index.js";
import {
  judgeFix,
  printFixVerdict,
  scoreOf,
  type BugVerdict,
  type Code,
  type FixScore,
  type FixVerdict,
  type JudgeOptions,
} from "../kvm/index.js";
import { counted } from "../primitives/counted.js";
import { scorecard, whyNoCircle, type Figure } from "../views/index.js";

/** Where fixes are tried. */
export interface Workbench {
  /**
   * Prints what lockdep and the explorer say of a fix and of each later bug, and keeps the answer under a name;
   * a name that was used before is judged anew.
   */
  readonly judge: (name: string, fix: (code: Code) => Code) => FixVerdict;
  /** Returns the table of all that was tried, in the order of the first tries. */
  readonly table: () => Figure;
}

/**
 * Returns a bench with nothing on it.
 *
 * @example
 * const bench = workbench({ bugs: [] });
 * bench.judge("sched_out 1", (code) => annotate(code, { schedOut: [1] })).quadrant // "both find nothing"
 */
export function workbench(options: JudgeOptions = {}): Workbench {
  const explored = options.explored ?? new Map<string, Result>();
  const tried = new Map<string, FixScore>();
  return {
    judge: (name, fix) => {
      const verdict = judgeFix(fix, { ...options, explored });
      tried.set(name, scoreOf(name, verdict));
      console.log(printFixVerdict(verdict, why));
      return verdict;
    },
    table: () => {
      const { cpus = 2, vcpus = 2 } = options;
      const bounds = [counted(cpus, "CPU", "CPUs"), counted(vcpus, "vCPU", "vCPUs")];
      return scorecard([...tried.values()], bounds.join(" and "));
    },
  };
}

const why = ({ result }: BugVerdict): string =>
  result === null ? "" : whyNoCircle(result.scenario, result.violations.deadlock);
