/**
 * Local variables whose value nobody will read again go back to their first value, and what is stored only to
 * be forgotten is not stored: states that differ in nothing that matters are one (dead variable reduction).
 */
import { assign, type Effect } from "../language/statement.js";
import type { Expr } from "../language/expr.js";
import { NONE } from "../language/id-set.js";
import type { Variable } from "../language/variable.js";
import type { Flow, FlowEdge } from "./flow-type.js";
import { partsOf, same } from "./substitute.js";

/**
 * Returns the flow with dead local variables reset.
 *
 * @param rounds whether the process begins anew forever: then a round in which there was nothing to do is
 *   one, and no wait
 */
export function forgetLocals(flow: Flow, locals: readonly Variable[], rounds: boolean): Flow {
  const scalars = scalarsOf(flow, new Set(locals));
  const alive = livenessOf(flow, scalars);
  return {
    ...flow,
    edges: flow.edges
      .map((edge) => forgetting(edge, scalars, alive))
      .filter((edge) => (rounds && edge.from === 0) || !isNothing(edge)),
  };
}

/** A round of a busy wait that leaves everything as it was is no step: who makes it waits. */
const isNothing = ({ from, to, effects, facts, pick }: FlowEdge): boolean =>
  from === to && effects.length === 0 && facts.length === 0 && pick === null;

/** The local variables that are always used at one index, with that index: one that changes is none. */
type Scalars = ReadonlyMap<Variable, readonly Expr[]>;
type Alive = readonly ReadonlySet<Variable>[];

function scalarsOf({ edges, rests }: Flow, locals: ReadonlySet<Variable>): Scalars {
  const found = new Map<Variable, readonly Expr[] | null>();
  const see = (of: Expr): void => {
    if (of.op === "read" && locals.has(of.variable)) {
      const known = found.get(of.variable);
      const alike = known?.every((at, k) => same(at, of.index[k] ?? { op: "self" }));
      if (of.index.some(changes)) found.set(of.variable, null);
      else if (known === undefined) found.set(of.variable, of.index);
      else if (alike !== true) found.set(of.variable, null);
    }
    partsOf(of).forEach(see);
  };
  for (const { guard, effects, facts } of edges) {
    see(guard);
    effects.forEach((effect) => {
      expressionsIn(effect).forEach(see);
    });
    for (const { fact } of facts) factExpressions(fact).forEach(see);
  }
  for (const of of rests.values()) see(of);
  return new Map(
    [...found].flatMap(([variable, index]) =>
      index === null || typeof variable.init !== "number" ? [] : [[variable, index] as const],
    ),
  );
}

/** Whether an expression is worth another thing at another time. */
const changes = (of: Expr): boolean => of.op === "read" || partsOf(of).some(changes);

function expressionsIn(effect: Effect): readonly Expr[] {
  switch (effect.kind) {
    case "assign":
      return [effect.to, effect.value];
    case "if":
      return [effect.test, ...[...effect.then, ...effect.else].flatMap(expressionsIn)];
    case "each":
      return effect.body.flatMap(expressionsIn);
    case "check":
      return [effect.test];
  }
}

function factExpressions(fact: FlowEdge["facts"][number]["fact"]): readonly Expr[] {
  const of: Expr[] = [];
  if ("lock" in fact) of.push(fact.lock);
  if ("nest" in fact && fact.nest !== null) of.push(fact.nest);
  if ("read" in fact && typeof fact.read === "object") of.push(fact.read);
  if ("to" in fact) of.push(fact.to);
  return of;
}

function readIn(of: Expr, into: Set<Variable>): void {
  if (of.op === "read") into.add(of.variable);
  for (const part of partsOf(of)) readIn(part, into);
}

/** What is alive before effects, of what is alive after them. */
function aliveBefore(effects: readonly Effect[], after: ReadonlySet<Variable>, scalars: Scalars) {
  const alive = new Set(after);
  for (const effect of [...effects].reverse()) {
    if (effect.kind === "assign") {
      const { variable, index } = effect.to;
      if (scalars.has(variable)) alive.delete(variable);
      for (const at of index) readIn(at, alive);
      readIn(effect.value, alive);
    } else if (effect.kind === "if") {
      const then = aliveBefore(effect.then, alive, scalars);
      for (const variable of aliveBefore(effect.else, alive, scalars)) then.add(variable);
      readIn(effect.test, then);
      // What one branch assigns is alive after both only where the other needs it.
      alive.clear();
      for (const variable of then) alive.add(variable);
    } else {
      readsOfEffect(effect, alive);
    }
  }
  return alive;
}

function readsOfEffect(effect: Effect, into: Set<Variable>): void {
  switch (effect.kind) {
    case "assign":
      for (const at of effect.to.index) readIn(at, into);
      readIn(effect.value, into);
      return;
    case "if":
      readIn(effect.test, into);
      for (const inner of [...effect.then, ...effect.else]) readsOfEffect(inner, into);
      return;
    case "each":
      for (const inner of effect.body) readsOfEffect(inner, into);
      return;
    case "check":
      readIn(effect.test, into);
  }
}

function livenessOf({ locations, edges, rests }: Flow, scalars: Scalars): Alive {
  const alive = Array.from({ length: locations }, () => new Set<Variable>());
  for (const [at, of] of rests) {
    const set = alive[at];
    if (set !== undefined) readIn(of, set);
  }
  for (let grown = true; grown;) {
    grown = false;
    for (const edge of edges) {
      const set = alive[edge.from];
      const after = alive[edge.to];
      if (set === undefined || after === undefined) continue;
      const { size } = set;
      const needed = aliveBefore(edge.effects, after, scalars);
      readIn(edge.guard, needed);
      for (const { fact } of edge.facts) for (const of of factExpressions(fact)) readIn(of, needed);
      for (const variable of needed) if (scalars.has(variable)) set.add(variable);
      if (set.size > size) grown = true;
    }
  }
  return alive;
}

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
    return [assign({ op: "read", variable, index }, forgotten)];
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

/** What a variable holds that nobody reads: no member of a set, since those change names. */
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
