/**
 * Variables that a translation has invented, and that never hold something at the same time, are one (register
 * allocation): states are the same and smaller, and there is less to rename where CPUs change names.
 */
import type { Element, Expr } from "../../language/expr.js";
import type { Effect, FactTemplate } from "../../language/effect.js";
import type { Variable } from "../../language/variable.js";
import type { Flow, FlowEdge } from "../control-flow/flow-type.js";
import {
  type Alive,
  type Scalars,
  expressionsIn,
  factExpressions,
  readIn,
} from "./local-liveness.js";
import { replaced, same } from "./substitute.js";

/**
 * Returns the flow with temporaries shared.
 *
 * @param scalars the local variables, each with the index at which it is always used
 * @param alive at each location, which of them are read later; a dead one holds its first value
 */
export function shareTemporaries(flow: Flow, scalars: Scalars, alive: Alive): Flow {
  const temporaries = [...scalars.keys()].filter(({ temporary }) => temporary === true);
  if (temporaries.length < 2) return flow;
  const apart = together(flow, new Set(temporaries), alive);
  const shared = new Map<Variable, Variable>();
  const hosts: { readonly host: Variable; readonly guests: Variable[] }[] = [];
  for (const one of temporaries) {
    const found = hosts.find(
      ({ host, guests }) =>
        isAlike(host, one, scalars) && guests.every((guest) => apart.get(guest)?.has(one) !== true),
    );
    if (found === undefined) hosts.push({ host: one, guests: [one] });
    else {
      found.guests.push(one);
      shared.set(one, found.host);
    }
  }
  return shared.size === 0 ? flow : renamed(flow, shared);
}

/** Whether a variable can hold what another does, and is the same process's at the same index. */
function isAlike(host: Variable, one: Variable, scalars: Scalars): boolean {
  const [a, b] = [scalars.get(host) ?? [], scalars.get(one) ?? []];
  return (
    host.init === one.init &&
    JSON.stringify(host.domain) === JSON.stringify(one.domain) &&
    a.length === b.length &&
    host.per.every((dimension, k) => dimension === one.per[k]) &&
    a.every((at, k) => same(at, b[k] ?? { op: "self" }))
  );
}

/** Which variables hold something, or are touched, at one location or in one step. */
function together(
  { edges, rests }: Flow,
  of: ReadonlySet<Variable>,
  alive: Alive,
): ReadonlyMap<Variable, ReadonlySet<Variable>> {
  const found = new Map([...of].map((one) => [one, new Set<Variable>()]));
  const meet = (all: ReadonlySet<Variable>): void => {
    const here = [...all].filter((one) => of.has(one));
    for (const a of here) for (const b of here) if (a !== b) found.get(a)?.add(b);
  };
  for (const { from, to, guard, effects, facts } of edges) {
    const all = new Set([...(alive[from] ?? []), ...(alive[to] ?? [])]);
    readIn(guard, all);
    for (const effect of effects) for (const one of expressionsIn(effect)) readIn(one, all);
    for (const { fact } of facts) for (const one of factExpressions(fact)) readIn(one, all);
    meet(all);
  }
  for (const [at, rest] of rests) {
    const all = new Set(alive[at] ?? []);
    readIn(rest, all);
    meet(all);
  }
  return found;
}

function renamed(flow: Flow, names: ReadonlyMap<Variable, Variable>): Flow {
  const element = (of: Element): Element => ({
    ...of,
    variable: names.get(of.variable) ?? of.variable,
    index: of.index.map(value),
  });
  const value = (of: Expr): Expr =>
    replaced(of, (read) => {
      const variable = names.get(read.variable);
      return variable === undefined ? null : { ...read, variable };
    });
  const effect = (of: Effect): Effect => {
    switch (of.kind) {
      case "assign":
        return { ...of, to: element(of.to), value: value(of.value) };
      case "if":
        return {
          ...of,
          test: value(of.test),
          then: of.then.map(effect),
          else: of.else.map(effect),
        };
      case "each":
        return { ...of, body: of.body.map(effect) };
      case "check":
        return { ...of, test: value(of.test) };
    }
  };
  const edge = (of: FlowEdge): FlowEdge => ({
    ...of,
    guard: value(of.guard),
    effects: of.effects.map(effect),
    facts: of.facts.map((told) => ({ ...told, fact: factWith(told.fact, element, value) })),
  });
  return {
    ...flow,
    edges: flow.edges.map(edge),
    rests: new Map([...flow.rests].map(([at, of]) => [at, value(of)])),
  };
}

/** Returns a fact with its locks and values changed. */
function factWith(
  fact: FactTemplate,
  element: (of: Element) => Element,
  value: (of: Expr) => Expr,
): FactTemplate {
  switch (fact.kind) {
    case "acquire": {
      const nest = fact.nest === null ? null : element(fact.nest);
      return { ...fact, lock: element(fact.lock), nest, read: value(fact.read) };
    }
    case "release":
    case "unlocked":
    case "downgrade":
    case "locked":
    case "touch":
    case "sync":
    case "free":
    case "set_subclass":
    case "pin":
    case "unpin":
    case "assert_held":
      return { ...fact, lock: element(fact.lock) };
    case "restore_hardirqs":
      return { ...fact, to: element(fact.to) };
    case "rcu_warn":
      return { ...fact, maps: fact.maps.map(element) };
    case "lockdep":
    case "hardirqs":
    case "softirqs":
    case "assert_irqs":
    case "enter":
    case "exit":
    case "nmi":
    case "return_to_user":
      return fact;
  }
}
