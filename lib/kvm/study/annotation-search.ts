/**
 * Annotation synthesis: every assignment of subclasses to the three paths, judged by what lockdep
 * then says about the true code and about the bugs that someone could add to it.
 */
import type { KernelC } from "../../kernel-c/index.js";
import { type Annotation, type Subclasses, unannotated } from "../variations/annotation.js";
import type { KvmTextOptions } from "../c/kvm-files.js";
import { type OrderVerdict, kernelOrders } from "../c/orders.js";
import { lockdepVerdict } from "../c/lockdep-in-order.js";
import { pathsOnce } from "../c/paths-once.js";
import { named } from "../../primitives/named.js";
import { type MutantNumber, mutants } from "../variations/index.js";

/** Why an assignment will not do. */
export type Rejection =
  /** It is reported though the code is right. */
  | { readonly kind: "splat"; readonly order: string; readonly report: string }
  /** A mutant that can really fail is not reported in some order of first runs. */
  | { readonly kind: "misses"; readonly mutant: MutantNumber; readonly order: string };

/** An assignment with what speaks against it; accepted if nothing does. */
export interface Candidate {
  readonly annotation: Annotation;
  /** How much is annotated: subclasses other than a plain 0 count one each. */
  readonly size: number;
  readonly rejections: readonly Rejection[];
}

/** What the search found. */
export interface Synthesis {
  /** The smallest assignments that do, all of one size. */
  readonly smallest: readonly Candidate[];
  readonly accepted: readonly Candidate[];
  readonly rejected: readonly Candidate[];
}

/** What to demand of an annotation. */
export interface SynthesisOptions {
  /** The mutants that can really fail, as `matrix()` finds them. */
  readonly failing: readonly MutantNumber[];
  /** 0 to 2 by default. */
  readonly subclasses?: Subclasses;
  readonly onCandidate?: (candidate: Candidate) => void;
}

/**
 * Returns every assignment of one or two subclasses to each path, judged.
 *
 * Assignments that differ only in which numbers other than 0 they use count once. Both orders of two
 * subclasses are tried: lockdep learns an order from them too.
 */
export function synthesize(kernelC: KernelC, options: SynthesisOptions): Synthesis {
  const { failing, subclasses = [0, 1, 2], onCandidate } = options;
  const candidates = assignments(subclasses).map((annotation): Candidate => {
    const candidate = {
      annotation,
      size: sizeOf(annotation),
      rejections: rejectionsOf(kernelC, annotation, failing),
    };
    onCandidate?.(candidate);
    return candidate;
  });
  const accepted = candidates.filter(({ rejections }) => rejections.length === 0);
  const least = Math.min(...accepted.map(({ size }) => size));
  return {
    smallest: accepted.filter(({ size }) => size === least),
    accepted,
    rejected: candidates.filter(({ rejections }) => rejections.length > 0),
  };
}

/** Returns how much is annotated: every subclass beyond one plain 0 for each path counts one. */
export function sizeOf({ handler, schedOut, schedIn }: Annotation): number {
  return [handler, schedOut, schedIn]
    .map((path) => path.filter((subclass) => subclass !== 0).length + (path.length > 1 ? 1 : 0))
    .reduce((sum, size) => sum + size, 0);
}

/** Returns an assignment as a line: `handler 0, sched_out 1, sched_in 0 and 1`. */
export function printAnnotation(annotation: Partial<Annotation>): string {
  const { handler, schedOut, schedIn } = { ...unannotated, ...annotation };
  const print = (path: Subclasses): string => path.join(" then ");
  return `handler ${print(handler)}, sched_out ${print(schedOut)}, sched_in ${print(schedIn)}`;
}

/** Returns a reason in words. */
export function printRejection(rejection: Rejection): string {
  switch (rejection.kind) {
    case "splat":
      return `reported though the code is right (${rejection.report}, paths first run as ${rejection.order})`;
    case "misses": {
      const { summary } = named("mutant", rejection.mutant, mutants);
      return `misses ${rejection.mutant}, ${summary} (paths first run as ${rejection.order})`;
    }
  }
}

function rejectionsOf(
  kernelC: KernelC,
  annotation: Annotation,
  failing: readonly MutantNumber[],
): Rejection[] {
  const splat = firstOrder(kernelC, { annotation }, (kind) => kind !== null);
  if (splat?.kind != null) return [{ kind: "splat", order: splat.order, report: splat.kind }];
  return failing.flatMap((mutant): Rejection[] => {
    const silent = firstOrder(kernelC, { annotation, mutant }, (kind) => kind === null);
    return silent === null ? [] : [{ kind: "misses", mutant, order: silent.order }];
  });
}

/** The first order of first runs in which lockdep answers so; those after it are not asked about. */
function firstOrder(
  kernelC: KernelC,
  text: KvmTextOptions,
  isWanted: (kind: OrderVerdict["kind"]) => boolean,
): OrderVerdict | null {
  const paths = pathsOnce(kernelC, text);
  for (const order of kernelOrders) {
    const verdict = lockdepVerdict(paths, order);
    if (isWanted(verdict.kind)) return verdict;
  }
  return null;
}

function assignments(subclasses: Subclasses): Annotation[] {
  const ways = subclasses.flatMap((one): readonly Subclasses[] => [
    [one],
    ...subclasses.filter((other) => other !== one).map((other) => [one, other]),
  ]);
  return ways
    .flatMap((handler) =>
      ways.flatMap((schedOut) => ways.map((schedIn) => ({ handler, schedOut, schedIn }))),
    )
    .filter(isCanonical);
}

/** Numbers other than 0 mean nothing by themselves: the first one met must be the lowest. */
function isCanonical({ handler, schedOut, schedIn }: Annotation): boolean {
  const met: number[] = [];
  for (const subclass of [...handler, ...schedOut, ...schedIn]) {
    if (subclass !== 0 && !met.includes(subclass)) met.push(subclass);
  }
  return met.every((subclass, at) => subclass === at + 1);
}
