/** From the body of a process to its control-flow graph. */
import { FlowGraph } from "./control-flow/flow-graph.js";
import { leftBehind } from "./control-flow/left-behind.js";
import { bodyInto } from "./control-flow/flow-statements.js";
import { forgetLocals } from "./data-flow/forget-locals.js";
import { lateChoices } from "./data-flow/late-choices.js";
import { mergeLocations } from "./data-flow/merge-locations.js";
import { propagateCopies } from "./data-flow/propagate-copies.js";
import { runLocals } from "./data-flow/run-locals.js";
import type { Flow } from "./control-flow/flow-type.js";
import type { Process } from "../language/process-type.js";

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
  if (over === final) graph.leave(final, (edges) => leftBehind(process, edges));
  const flow = graph.finish(entry);
  const { locals } = process;
  const rounds = process.body[0]?.kind === "while";
  if (locals === undefined) return flow;
  const run = propagateCopies(runLocals(lateChoices(flow, locals), locals), locals);
  return mergeLocations(forgetLocals(run, locals, rounds));
}
