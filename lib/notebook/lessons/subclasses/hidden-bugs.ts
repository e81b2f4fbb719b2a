/** Which later bugs an annotation hides: they deadlock, and lockdep says nothing in some order of first runs. */
import type { KernelC } from "../../../kernel-c/index.js";
import {
  kernelOrders,
  lockdepVerdict,
  pathsOnce,
  type Annotation,
  type MutantNumber,
} from "../../../kvm/index.js";

/** The mutants that deadlock by themselves. */
export const realBugs = ["m2", "m3", "m4", "m5", "m8"] as const;

/** Returns what lockdep says of the case under a rule, one answer for each order of first runs. */
export function saidOf(
  kernelC: KernelC,
  annotation: Annotation,
  mutant: MutantNumber = "m0",
): readonly string[] {
  const paths = pathsOnce(kernelC, { annotation, mutant });
  return kernelOrders.map((order) => lockdepVerdict(paths, order).kind ?? "silent");
}

/** Returns whether a bug goes unreported in some order. */
export const hides = (kernelC: KernelC, annotation: Annotation, bug: MutantNumber): boolean =>
  saidOf(kernelC, annotation, bug).includes("silent");
