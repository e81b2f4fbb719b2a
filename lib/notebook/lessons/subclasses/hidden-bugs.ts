/** Which later bugs an annotation hides: they deadlock, and lockdep says nothing in some order of first runs. */
import {
  annotate,
  baseCode,
  kernelOrders,
  lockdepVerdict,
  mutants,
  type Annotation,
  type Code,
  type MutantNumber,
} from "../../../kvm/index.js";
import { named } from "../../../primitives/named.js";

/** The mutants that deadlock by themselves. */
export const realBugs = ["m2", "m3", "m4", "m5", "m8"] as const;

/** Returns what lockdep says of code, one answer for each order of first runs. */
export const saidOf = (code: Code): readonly string[] =>
  kernelOrders.map((order) => lockdepVerdict(code, order).kind ?? "silent");

/** Returns whether a bug goes unreported in some order. */
export const hides = (annotation: Annotation, bug: MutantNumber): boolean =>
  saidOf(named("mutant", bug, mutants).apply(annotate(baseCode, annotation))).includes("silent");
