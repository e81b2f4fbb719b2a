/**
 * Local variables whose value nobody will read again go back to their first value, and what is stored only to
 * be forgotten is not stored: states that differ in nothing that matters are one (dead variable reduction).
 */
import { assign, type Effect } from "../../language/effect.js";
import type { Expr } from "../../language/expr.js";
import { NONE } from "../../language/id-set.js";
import type { Variable } from "../../language/variable.js";
import type { Flow, FlowEdge } from "../control-flow/flow-type.js";
import {
  type Alive,
  type Scalars,
  livenessOf,
  readIn,
  readsOfEffect,
  scalarsOf,
} from "./local-liveness.js";
import { shareTemporaries } from "./share-temporaries.js";

/**
 * Returns the flow with dead local variables reset.
 *
 * @param rounds whether the process begins anew forever: then a round in which there was nothing to do is
 *   one, and no wait
 */
export function forgetLocals(flow: Flow, locals: readonly Variable[], rounds: boolean): Flow {
  const scalars = scalarsOf(flow, new Set(locals));
  const alive = livenessOf(flow, scalars);
  const forgotten = {
    ...flow,
    edges: flow.edges
      .map((edge) => forgetting(edge, scalars, alive))
      .filter((edge) => (rounds && edge.from === 0) || !isNothing(edge)),
  };
  return shareTemporaries(forgotten, scalars, alive);
}

/** A round of a busy wait that leaves everything as it was is not a step: its process waits. */
const isNothing = ({ from, to, effects, facts, pick }: FlowEdge): boolean =>
  from === to && effects.length === 0 && facts.length === 0 && pick === null;

function forgetting(edge: FlowEdge, scalars: Scalars, alive: Alive): FlowEdge {
  const after = alive[edge.to] ?? new Set<Variable>();
  const { kept } = neededOf(edge.effects, after, scalars);
  const stored = new Set<Variable>();
  for (const effect of kept) assignedIn(effect, stored);
  const stale = new Set([...(alive[edge.from] ?? []), ...stored]);
  const reset = [...stale].flatMap((variable) => {
    const index = scalars.get(variable);
    const forgotten = valueOfNone(variable);
    if (index === undefined || after.has(variable) || forgotten === null) return [];
    return [{ ...assign({ op: "read", variable, index }, forgotten), forgets: true } as const];
  });
  return { ...edge, effects: [...kept, ...reset] };
}

/** Effects without stores that nobody reads, and what they and what follows read. */
function neededOf(
  effects: readonly Effect[],
  after: ReadonlySet<Variable>,
  scalars: Scalars,
): { readonly kept: readonly Effect[]; readonly needed: ReadonlySet<Variable> } {
  let needed = new Set(after);
  const kept: Effect[] = [];
  for (const effect of [...effects].reverse()) {
    if (effect.kind === "if") {
      const then = neededOf(effect.then, needed, scalars);
      const otherwise = neededOf(effect.else, needed, scalars);
      needed = new Set([...then.needed, ...otherwise.needed]);
      readIn(effect.test, needed);
      kept.unshift({ ...effect, then: then.kept, else: otherwise.kept });
      continue;
    }
    if (effect.kind === "assign" && scalars.has(effect.to.variable)) {
      const { variable } = effect.to;
      if (!needed.has(variable) && fits(effect.value, variable)) continue;
      needed.delete(variable);
    }
    readsOfEffect(effect, needed);
    kept.unshift(effect);
  }
  return { kept, needed };
}

/** Returns what a variable holds that nobody reads: no member of a set, since those change names. */
function valueOfNone({ domain, init }: Variable): number | null {
  if (typeof init !== "number") return null;
  if (domain.kind !== "id") return init;
  return domain.none ? NONE : null;
}

function assignedIn(effect: Effect, into: Set<Variable>): void {
  if (effect.kind === "assign") into.add(effect.to.variable);
  else if (effect.kind === "if") {
    for (const inner of [...effect.then, ...effect.else]) assignedIn(inner, into);
  } else if (effect.kind === "each") for (const inner of effect.body) assignedIn(inner, into);
}

/** Whether a value is surely in the range of a variable: then nothing is missed if it is not stored. */
function fits(value: Expr, { domain }: Variable): boolean {
  if (domain.kind === "bool") return true;
  if (value.op === "const") {
    return domain.kind !== "int" || (value.value >= domain.min && value.value <= domain.max);
  }
  if (domain.kind !== "int") return true;
  if (value.op !== "read") return false;
  const from = value.variable.domain;
  return from.kind === "int" && from.min >= domain.min && from.max <= domain.max;
}
