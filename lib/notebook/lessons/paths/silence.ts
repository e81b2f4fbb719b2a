import type { KernelC } from "../../../kernel-c/index.js";
import {
  lockdepVerdict,
  pathsOnce,
  type Annotation,
  type PathLetter,
  type PathsOnce,
} from "../../../kvm/index.js";
import { exercise, holds, type Exercise } from "../../exercise/index.js";
import { allOrders } from "./orders.js";

/** Returns the exercise to find subclasses about which lockdep is silent in every order of the paths. */
export function silence(kernelC: KernelC): Exercise<Annotation> {
  const known = new Map<string, PathsOnce>();
  const pathsOf = (annotation: Annotation): PathsOnce => {
    const rule = JSON.stringify(annotation);
    const paths = known.get(rule) ?? pathsOnce(kernelC, { annotation });
    known.set(rule, paths);
    return paths;
  };
  const saidOf = (rule: Annotation, order: readonly PathLetter[]): string => {
    const { report } = lockdepVerdict(pathsOf(rule), order);
    if (report?.kind !== "circular") return report?.kind ?? "";
    return `${report.acquiring.class.name} under ${report.holding.class.name}`;
  };
  return exercise<Annotation>("Silence", {
    expect: allOrders.map((order) =>
      holds<Annotation>(
        `silent in the order ${order.join("")}`,
        (rule) => saidOf(rule, order) === "",
        (rule) => saidOf(rule, order),
      ),
    ),
    hints: [
      "The wakeup lock is held in one arrow, taken in another.",
      "Two paths, two subclasses.",
    ],
    untested: ["what lockdep is now blind to: that is notebook 07"],
  });
}
