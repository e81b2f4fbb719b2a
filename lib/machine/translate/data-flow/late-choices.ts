/**
 * Choices that stay open until one of the steps after them is taken: they are made with that step, and nothing of
 * them is remembered before it. All others are made with the step before them, as what is local is: a process that has
 * chosen to wait for something has to.
 */
import { type Expr, or } from "../../language/expr.js";
import type { Variable } from "../../language/variable.js";
import type { Flow, FlowEdge } from "../control-flow/flow-type.js";
import { joined } from "./join-edges.js";
import { LocalSteps, isNever } from "./local-steps.js";
import { before, conjunction } from "./substitute.js";

/** Returns the flow in which such choices lead on from their own location, by the steps after them. */
export function lateChoices(flow: Flow, locals: readonly Variable[]): Flow {
  const steps = new LocalSteps(flow, new Set(locals));
  const ends = new Set(flow.ends);
  const rests = new Map(flow.rests);
  const edges = steps.leaving.flatMap((leaving, at): readonly FlowEdge[] => {
    if (!steps.isFree(at) || !leaving.some(({ late }) => late)) return leaving;
    const ways = steps.waysFrom(at);
    const made = joinedWays(ways, steps);
    const rest = restOf(ways, flow);
    if (made === null || rest === null) return leaving;
    if (rest === true) ends.add(at);
    else if (rest !== false) rests.set(at, rest);
    return made;
  });
  return { ...flow, edges, ends, rests };
}

/** The ways with the steps that follow them; null where they cannot be said as one. */
function joinedWays(ways: readonly FlowEdge[], steps: LocalSteps): readonly FlowEdge[] | null {
  const made = ways.flatMap((way): readonly (FlowEdge | null)[] => {
    const after = steps.leaving[way.to] ?? [];
    // A way that goes round in no time has no step after it, and none has that comes to the end.
    if (steps.isFree(way.to) || after.length === 0) return [null];
    return after.map((next) => joined(way, next, next));
  });
  return made.includes(null)
    ? null
    : made.flatMap((edge) => (edge === null || isNever(edge.guard) ? [] : [edge]));
}

/** Whether waiting forever is fine where ways lead, as it is beforehand; null where that cannot be said. */
function restOf(ways: readonly FlowEdge[], { ends, rests }: Flow): boolean | Expr | null {
  if (ways.some(({ to }) => ends.has(to))) return true;
  let any: boolean | Expr = false;
  for (const { to, guard, effects } of ways) {
    const rest = rests.get(to);
    if (rest === undefined) continue;
    const there = before(effects, rest);
    if (there === null) return null;
    any = or(any, conjunction(guard, there));
  }
  return any;
}
