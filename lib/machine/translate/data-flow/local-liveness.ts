/** Which local variables of a process are read later, at each of its locations. */
import type { Effect } from "../../language/effect.js";
import type { Expr } from "../../language/expr.js";
import type { Variable } from "../../language/variable.js";
import type { Flow, FlowEdge } from "../control-flow/flow-type.js";
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

/** What effects make of what is alive after them: some variables they read, others they surely assign first. */
interface Transfer {
  readonly reads: Set<Variable>;
  readonly assigns: Set<Variable>;
}

/** Returns what effects read and assign, seen from before them. */
function transferOf(effects: readonly Effect[], scalars: Scalars): Transfer {
  const reads = new Set<Variable>();
  const assigns = new Set<Variable>();
  for (const effect of effects.toReversed()) {
    if (effect.kind === "assign") {
      const { variable, index } = effect.to;
      if (scalars.has(variable)) {
        reads.delete(variable);
        assigns.add(variable);
      }
      for (const at of index) readIn(at, reads);
      readIn(effect.value, reads);
    } else if (effect.kind === "if") {
      const then = transferOf(effect.then, scalars);
      const otherwise = transferOf(effect.else, scalars);
      // What one branch assigns is alive before both where the other needs it.
      for (const one of then.assigns) {
        if (!otherwise.assigns.has(one)) continue;
        reads.delete(one);
        assigns.add(one);
      }
      for (const one of [...then.reads, ...otherwise.reads]) reads.add(one);
      readIn(effect.test, reads);
    } else {
      readsOfEffect(effect, reads);
    }
  }
  return { reads, assigns };
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
  // What a step needs does not change: only what is alive after it does.
  const steps = edges.map(({ from, to, effects, guard, facts }) => {
    const { reads, assigns } = transferOf(effects, scalars);
    readIn(guard, reads);
    for (const { fact } of facts) for (const of of factExpressions(fact)) readIn(of, reads);
    for (const variable of reads) if (scalars.has(variable)) alive[from]?.add(variable);
    return { from, to, assigns };
  });
  // Most steps lead on: from the last to the first, little is left for another round.
  steps.reverse();
  for (let grown = true; grown;) {
    grown = false;
    for (const { from, to, assigns } of steps) {
      const set = alive[from];
      const after = alive[to];
      if (set === undefined || after === undefined || set === after) continue;
      const { size } = set;
      for (const variable of after) {
        if (scalars.has(variable) && !assigns.has(variable)) set.add(variable);
      }
      if (set.size > size) grown = true;
    }
  }
  return alive;
}
