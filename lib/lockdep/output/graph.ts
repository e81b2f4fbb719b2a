/** Reads the dependency graph out of a running lockdep. */
import { classOfId } from "../state/chain.js";
import type { LockClass } from "../state/class.js";
import type { Core } from "../state/core.js";
import { dependencyKinds } from "../state/dependency.js";
import { classView, usagesView } from "../state/snapshot.js";
import type { GraphChain, GraphEdge, LockGraph } from "../report/view.js";

const CONTEXTS = ["0", "softirq", "hardirq", "hardirq|softirq"] as const;

function edgesOf(from: LockClass): GraphEdge[] {
  return [...from.locksAfter].map((entry) => ({
    from: from.index,
    to: entry.to.index,
    kinds: dependencyKinds(entry.dep),
    distance: entry.distance,
    learntAt: entry.trace,
  }));
}

/** Returns the validated chains, shorter ones before those that go on from them. */
export function chainsOf(core: Core): GraphChain[] {
  return [...core.chains.validated()].map((chain) => ({
    context: CONTEXTS[chain.irqContext] ?? "0",
    classes: chain.ids().map(classOfId),
  }));
}

/** Returns classes, edges and chains as they are now. */
export function graphOf(core: Core): LockGraph {
  const classes = [...core.classes];
  return {
    classes: classes.map((c) => ({ ...classView(c), usages: usagesView(c) })),
    edges: classes.flatMap(edgesOf),
    chains: chainsOf(core),
  };
}
