/** The control-flow graph of a process: its locations and the steps between them. */
import type { Expr } from "../../language/expr.js";
import type { IdSet } from "../../language/id-set.js";
import type { Effect } from "../../language/effect.js";
import type { SourcePlace } from "../../language/statement.js";
import type { StackedFact } from "../../model/stacked-fact.js";

/** A step from one location to another. */
export interface FlowEdge {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly at: SourcePlace | null;
  readonly stack: readonly string[];
  readonly guard: Expr;
  readonly effects: readonly Effect[];
  readonly facts: readonly StackedFact[];
  /** How many of the facts come before the step can be taken: lockdep hears of them although it waits. */
  readonly early: number;
  /** The id that is picked, if the step is a choice over a set. */
  readonly pick: { readonly name: string; readonly set: IdSet } | null;
  /** Whether a choice is open until one of the steps behind it is taken. */
  readonly late: boolean;
}

/** Locations are numbered from 0, the entry; each has the edges that leave it. */
export interface Flow {
  readonly locations: number;
  readonly edges: readonly FlowEdge[];
  /** Where waiting forever is fine. */
  readonly ends: ReadonlySet<number>;
  /** Where it is fine while a condition holds. */
  readonly rests: ReadonlyMap<number, Expr>;
  /** The locations inside each section. */
  readonly sections: ReadonlyMap<string, ReadonlySet<number>>;
}
