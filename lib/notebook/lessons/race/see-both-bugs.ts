import type { Result } from "../../../explore/index.js";
import type { KernelC } from "../../../kernel-c/index.js";
import {
  kernelOrders,
  lockdepVerdict,
  pathsOnce,
  type MutantNumber,
  type Subclasses,
} from "../../../kvm/index.js";
import type { ReportKind } from "../../../lockdep/index.js";
import { exercise, holds, wentWell, type Exercise } from "../../exercise/index.js";

/** A bug in sched_in that was found to hang. */
export interface Hang {
  readonly name: MutantNumber;
  readonly hang: Result;
}

/**
 * Returns the exercise to choose sched_in's subclasses so that lockdep sees every one of the bugs, where the handler
 * has 1 and sched_out 0.
 */
export function seeBothBugs(kernelC: KernelC, hangs: readonly Hang[]): Exercise<Subclasses> {
  const said = (schedIn: Subclasses, mutant: MutantNumber): readonly (ReportKind | null)[] => {
    const paths = pathsOnce(kernelC, {
      mutant,
      annotation: { handler: [1], schedOut: [0], schedIn },
    });
    return kernelOrders.map((order) => lockdepVerdict(paths, order).kind);
  };
  return exercise<Subclasses>("See both bugs", {
    expect: [
      ...hangs.map(({ name, hang }) =>
        wentWell<Subclasses>(`lockdep sees ${name}, which can hang`, (schedIn) =>
          said(schedIn, name).includes(null) ? hang : null,
        ),
      ),
      holds<Subclasses>(
        "the right code is not reported",
        (schedIn) => said(schedIn, "m0").every((kind) => kind === null),
        (schedIn) => `it is: ${said(schedIn, "m0").join(", ")}`,
      ),
    ],
    hints: ["Whom does sched_in meet?", "Taken in turn, each adds an edge to the next."],
    untested: ["other bugs: that is notebook 07"],
  });
}
