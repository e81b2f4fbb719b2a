import type { KernelC } from "../../../kernel-c/index.js";
import { lockdepVerdict, pathsOnce, type PathLetter } from "../../../kvm/index.js";
import { exercise, holds, type Exercise } from "../../exercise/index.js";

/**
 * Returns the exercise to find the fewest paths that lockdep reports where sched_in runs under `rq->__lock`, with the
 * merged fix in place.
 */
export function fewestPaths(kernelC: KernelC): Exercise<readonly PathLetter[]> {
  const paths = pathsOnce(kernelC, { fix: "final", mutant: "m3" });
  const isSilent = (order: readonly PathLetter[]): boolean =>
    lockdepVerdict(paths, order).report === null;
  const withOneLess = (order: readonly PathLetter[]) =>
    order.map((_, left) => order.filter((_path, at) => at !== left));
  return exercise<readonly PathLetter[]>("As few as possible", {
    expect: [
      holds("lockdep reports", (order) => !isSilent(order), "it is silent: no circle"),
      holds("none is too many", (order) => withOneLess(order).every(isSilent), "one is"),
    ],
    hints: [
      "pi → rq is there from boot on.",
      "Which arrow does sched_in draw under rq, and who leads back from its end?",
    ],
    untested: ["a kernel whose scheduler orders pi and rq otherwise"],
  });
}
