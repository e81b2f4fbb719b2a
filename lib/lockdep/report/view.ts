/**
 * The dependency graph as data, for views and notebooks: what `/proc/lockdep` and
 * `/proc/lockdep_chains` show, with the place where each edge was learnt.
 */
import type { ClassView, Stack, UsageView } from "./report.js";

/** How strong a dependency is: shared or exclusive holder, recursive reader or not. */
export type DependencyKind = "SR" | "ER" | "SN" | "EN";

/** A class with what lockdep knows of it. */
export interface GraphClass extends ClassView {
  readonly usages: readonly UsageView[];
}

/** `from` was held when `to` was taken. */
export interface GraphEdge {
  /** Index of the class held. */
  readonly from: number;
  /** Index of the class taken. */
  readonly to: number;
  /** Every kind in which the edge has been seen. */
  readonly kinds: readonly DependencyKind[];
  /** 1 for neighbours on the stack of held locks, more where trylocks lie between. */
  readonly distance: number;
  /** The functions on the stack when it was first seen, innermost first. */
  readonly learntAt: Stack;
}

/** A cached chain: classes in the order of acquisition. */
export interface GraphChain {
  readonly context: "0" | "softirq" | "hardirq" | "hardirq|softirq";
  readonly classes: readonly number[];
}

/** All that lockdep has learnt so far. */
export interface LockGraph {
  readonly classes: readonly GraphClass[];
  /** In the order in which they were learnt. */
  readonly edges: readonly GraphEdge[];
  readonly chains: readonly GraphChain[];
}
