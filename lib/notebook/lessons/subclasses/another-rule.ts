import type { KernelC } from "../../../kernel-c/index.js";
import type { Annotation } from "../../../kvm/index.js";
import { exercise, holds, type Exercise } from "../../exercise/index.js";
import { hides, realBugs, saidOf } from "./hidden-bugs.js";

/** Returns the exercise to find a rule with a subclass above 1 that hides none of the real bugs. */
export function anotherRule(kernelC: KernelC): Exercise<Annotation> {
  const isNew = ({ handler, schedOut }: Annotation): boolean =>
    [...handler, ...schedOut].some((subclass) => subclass > 1);
  const said = (rule: Annotation): readonly string[] => saidOf(kernelC, rule);
  return exercise<Annotation>("Another rule", {
    expect: [
      holds("handler or sched_out has a subclass above 1", isNew, "neither has"),
      holds(
        "silent about the true code",
        (rule) => said(rule).every((one) => one === "silent"),
        (rule) => said(rule).join(", "),
      ),
      ...realBugs.map((bug) =>
        holds<Annotation>(
          `reports ${bug}`,
          (rule) => !hides(kernelC, rule, bug),
          "it deadlocks, and some order is silent about it",
        ),
      ),
    ],
    hints: [
      "What is in a number? A new path that knows of no rule takes 0.",
      "Which comes first in sched_in, and why?",
    ],
    untested: ["the bugs m1, m6, m7 and m9", "a bug that nobody thought of"],
  });
}
