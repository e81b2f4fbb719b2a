/** Which local variables of a process are read later, at each of its locations. */
import type { Effect } from "../language/statement.js";
import type { Expr } from "../language/expr.js";
import type { Variable } from "../language/variable.js";
import type { Flow, FlowEdge } from "./flow-type.js";
import { partsOf, same } from "./substitute.js";

/** The local variables that are always used at one index, with that index: one that changes is none. */
export type Scalars = ReadonlyMap<Variable, readonly Expr[]>;
/** At each location, the variables that are read later. */
export type Alive = readonly ReadonlySet<Variable>[];

/** Returns the local variables that are always used at one index. */
export function scalarsOf({ edges, rests }: Flow, locals: ReadonlySet<Variable>): Scalars {
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

/** Returns the expressions of an effect, the places that it stores to among them. */
export function expressionsIn(effect: Effect): readonly Expr[] {
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

/** Returns the expressions of a fact. */
export function factExpressions(fact: FlowEdge["facts"][number]["fact"]): readonly Expr[] {
  const of: Expr[] = [];
  if ("lock" in fact) of.push(fact.lock);
  if ("nest" in fact && fact.nest !== null) of.push(fact.nest);
  if ("read" in fact && typeof fact.read === "object") of.push(fact.read);
  if ("to" in fact) of.push(fact.to);
  if ("maps" in fact) of.push(...fact.maps);
  return of;
}

/** Adds the variables that an expression reads. */
export function readIn(of: Expr, into: Set<Variable>): void {
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

/** Adds the variables that an effect reads. */
export function readsOfEffect(effect: Effect, into: Set<Variable>): void {
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

/** Returns which local variables are read later, at each location. */
export function livenessOf({ locations, edges, rests }: Flow, scalars: Scalars): Alive {
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
