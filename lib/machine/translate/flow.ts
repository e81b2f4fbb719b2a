/** The control-flow graph of a process: its locations and the steps between them. */
import type { StackedFact } from "./pending-facts.js";
import type { Expr } from "../language/expr.js";
import { FlowGraph } from "./flow-graph.js";
import { bodyInto } from "./flow-statements.js";
import type { IdSet } from "../language/id-set.js";
import type { Process } from "../kernel/process.js";
import type { Effect } from "../language/statement.js";

/** A step from one location to another. */
export interface FlowEdge {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly stack: readonly string[];
  readonly guard: Expr;
  readonly effects: readonly Effect[];
  readonly facts: readonly StackedFact[];
  /** The id that is picked, if the step is a choice over a set. */
  readonly pick: { readonly name: string; readonly set: IdSet } | null;
}

/** Locations are numbered from 0, the entry; each has the edges that leave it. */
export interface Flow {
  readonly locations: number;
  readonly edges: readonly FlowEdge[];
  /** Where waiting for ever is fine. */
  readonly ends: ReadonlySet<number>;
  /** Where it is fine while a condition holds. */
  readonly rests: ReadonlyMap<number, Expr>;
  /** The locations inside each section. */
  readonly sections: ReadonlyMap<string, ReadonlySet<number>>;
}

/** Returns the control-flow graph of a process; throws a TypeError naming process and statement. */
export function flowOf(process: Process): Flow {
  const graph = new FlowGraph(process.name);
  const entry = graph.location([]);
  const final = graph.location([]);
  graph.ends.add(final);
  const { body, exit = [] } = process;
  const over = exit.length === 0 ? final : graph.location([]);
  bodyInto(graph, body, entry, over);
  if (over !== final) bodyInto(graph, exit, over, final);
  return graph.finish(entry);
}
