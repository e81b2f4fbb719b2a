/**
 * Steps on what no other process sees take no time: each is done with the step before it.
 *
 * A location from which only such steps lead is left out; what leads to it leads on. Conditions that were
 * tested there are tested beforehand, as what they are worth then (`before()`).
 */
import { type Element, type Expr, expr } from "../../language/expr.js";
import type { Effect, FactTemplate } from "../../language/effect.js";
import type { Variable } from "../../language/variable.js";
import type { Flow, FlowEdge } from "../control-flow/flow-type.js";
import type { StackedFact } from "../../model/stacked-fact.js";
import { before, conjunction, partsOf } from "./substitute.js";

/** Of one step, more ways on than this are not followed: the location stays. */
const mostWays = 256;

/** Returns the flow in which steps on local variables alone are part of the step before. */
export function runLocals(flow: Flow, locals: readonly Variable[]): Flow {
  return new LocalRuns(flow, new Set(locals)).flow();
}

class LocalRuns {
  private readonly leaving: readonly (readonly FlowEdge[])[];
  private readonly free: readonly boolean[];

  constructor(
    private readonly given: Flow,
    private readonly locals: ReadonlySet<Variable>,
  ) {
    const { locations, edges, ends, rests, sections } = given;
    const leaving: FlowEdge[][] = Array.from({ length: locations }, () => []);
    for (const edge of edges) leaving[edge.from]?.push(edge);
    this.leaving = leaving;
    const inside = new Set([...sections.values()].flatMap((set) => [...set]));
    this.free = leaving.map(
      (all, at) =>
        all.length > 0 &&
        !ends.has(at) &&
        !rests.has(at) &&
        !inside.has(at) &&
        all.every((edge) => this.isLocal(edge)),
    );
  }

  flow(): Flow {
    const made: FlowEdge[] = [];
    const reached = [0];
    const known = new Set(reached);
    for (const at of reached) {
      const leaving = at === 0 && this.free[0] === true ? this.fromEntry() : this.leaving[at];
      for (const edge of leaving ?? []) {
        for (const whole of this.onward(edge)) {
          made.push(whole);
          if (known.has(whole.to)) continue;
          known.add(whole.to);
          reached.push(whole.to);
        }
      }
    }
    return renumbered(this.given, made, reached);
  }

  /** An edge with all that follows it in no time, one for each way. */
  private onward(edge: FlowEdge): readonly FlowEdge[] {
    const whole: FlowEdge[] = [];
    let ways = 0;
    const follow = (so: FlowEdge, seen: ReadonlySet<number>): boolean => {
      if (this.free[so.to] !== true || seen.has(so.to)) {
        whole.push(so);
        return true;
      }
      const further = new Set([...seen, so.to]);
      for (const next of this.leaving[so.to] ?? []) {
        ways += 1;
        const both = ways > mostWays ? null : joined(so, next, so);
        if (both === null) return false;
        if (isNever(both.guard)) continue;
        if (!follow(both, further)) return false;
      }
      return true;
    };
    return follow(edge, new Set()) ? whole : [edge];
  }

  /** Of a process that begins with such steps: they are done with the first other step. */
  private fromEntry(): readonly FlowEdge[] {
    const start: FlowEdge = {
      from: 0,
      to: 0,
      label: "start",
      at: null,
      stack: [],
      guard: expr(true),
      effects: [],
      facts: [],
      early: 0,
      pick: null,
    };
    return this.onward(start).flatMap((path) => {
      const { ends, rests } = this.given;
      const next = this.leaving[path.to] ?? [];
      if (path.to === 0 || ends.has(path.to) || rests.has(path.to) || next.length === 0) {
        return path.to === 0 ? (this.leaving[0] ?? []) : [named(path, this.leaving[0]?.[0])];
      }
      const both = next.map((edge) => joined(path, edge, edge));
      const whole = both.flatMap((edge) => edge ?? []);
      if (whole.length < both.length) return [named(path, this.leaving[0]?.[0])];
      return whole.filter(({ guard }) => !isNever(guard));
    });
  }

  private isLocal({ guard, effects, facts, pick }: FlowEdge): boolean {
    if (pick !== null || !this.readsLocals(guard)) return false;
    return effects.every((effect) => this.isLocalEffect(effect)) && facts.every(isTold);
  }

  private isLocalEffect(effect: Effect): boolean {
    switch (effect.kind) {
      case "assign":
        return this.readsLocals(effect.to) && this.readsLocals(effect.value);
      case "if":
        return (
          this.readsLocals(effect.test) &&
          [...effect.then, ...effect.else].every((inner) => this.isLocalEffect(inner))
        );
      case "each":
        return false;
      case "check":
        return this.readsLocals(effect.test);
    }
  }

  private readsLocals(of: Expr): boolean {
    if (of.op === "inside" || of.op === "ended") return false;
    if (of.op === "read" && !this.locals.has(of.variable)) return false;
    return partsOf(of).every((part) => this.readsLocals(part));
  }
}

/** Whether a fact may be told with an earlier step: it is no doing of the machine. */
function isTold({ fact }: StackedFact): boolean {
  switch (fact.kind) {
    case "acquire":
    case "release":
    case "downgrade":
    case "touch":
    case "sync":
    case "set_subclass":
    case "pin":
    case "unpin":
    case "free":
    case "rcu_warn":
    case "lockdep":
    case "assert_irqs":
    case "assert_held":
    case "return_to_user":
      return true;
    case "locked":
    case "unlocked":
    case "hardirqs":
    case "softirqs":
    case "restore_hardirqs":
    case "enter":
    case "exit":
    case "nmi":
      return false;
  }
}

const isNever = (guard: Expr): boolean => guard.op === "const" && guard.value === 0;

const named = (path: FlowEdge, as: FlowEdge | undefined): FlowEdge =>
  as === undefined ? path : { ...path, label: as.label, at: as.at, stack: as.stack };

/** Returns two edges as one, named as `main` is; null where that cannot be said. */
function joined(first: FlowEdge, second: FlowEdge, main: FlowEdge): FlowEdge | null {
  const guard = before(first.effects, second.guard);
  const facts = second.facts.map((told) => factBefore(first.effects, told));
  if (guard === null || facts.includes(null)) return null;
  const { label, at, stack } = main;
  return {
    from: first.from,
    to: second.to,
    label,
    at,
    stack,
    guard: conjunction(first.guard, guard),
    effects: [...first.effects, ...second.effects],
    facts: [...first.facts, ...facts.flatMap((told) => told ?? [])],
    early: main === first ? first.early : first.facts.length + second.early,
    pick: first.pick ?? second.pick,
  };
}

/** Returns a fact as it has to be told before effects, since its lock is found then. */
function factBefore(effects: readonly Effect[], { fact, stack }: StackedFact): StackedFact | null {
  const element = (of: Element): Element | null => {
    const index = of.index.map((at) => before(effects, at));
    return index.includes(null) ? null : { ...of, index: index.flatMap((at) => at ?? []) };
  };
  const told = (of: FactTemplate | null): StackedFact | null =>
    of === null ? null : { fact: of, stack };
  switch (fact.kind) {
    case "acquire": {
      const lock = element(fact.lock);
      const nest = fact.nest === null ? null : element(fact.nest);
      const read = before(effects, fact.read);
      if (lock === null || read === null || (fact.nest !== null && nest === null)) return null;
      return told({ ...fact, lock, nest, read });
    }
    case "release":
    case "downgrade":
    case "touch":
    case "sync":
    case "set_subclass":
    case "pin":
    case "unpin":
    case "free":
    case "unlocked":
    case "locked":
    case "assert_held": {
      const lock = element(fact.lock);
      return lock === null ? null : told({ ...fact, lock });
    }
    case "restore_hardirqs": {
      const to = element(fact.to);
      return to === null ? null : told({ ...fact, to });
    }
    case "rcu_warn": {
      const maps = fact.maps.map(element);
      return maps.includes(null) ? null : told({ ...fact, maps: maps.flatMap((map) => map ?? []) });
    }
    case "lockdep":
    case "hardirqs":
    case "softirqs":
    case "assert_irqs":
    case "enter":
    case "exit":
    case "nmi":
    case "return_to_user":
      return told(fact);
  }
}

function renumbered(given: Flow, edges: readonly FlowEdge[], reached: readonly number[]): Flow {
  const numbers = new Map(reached.map((old, at) => [old, at]));
  const number = (old: number): number => numbers.get(old) ?? -1;
  const kept = (all: ReadonlySet<number>): ReadonlySet<number> =>
    new Set([...all].filter((at) => numbers.has(at)).map(number));
  return {
    locations: reached.length,
    edges: edges
      .map((edge) => ({ ...edge, from: number(edge.from), to: number(edge.to) }))
      .sort((a, b) => a.from - b.from),
    ends: kept(given.ends),
    rests: new Map(
      [...given.rests].filter(([at]) => numbers.has(at)).map(([at, of]) => [number(at), of]),
    ),
    sections: new Map([...given.sections].map(([name, all]) => [name, kept(all)])),
  };
}
