/** Two steps as one: the second as it is before the first. */
import type { Element } from "../../language/expr.js";
import type { Effect, FactTemplate } from "../../language/effect.js";
import type { StackedFact } from "../../model/stacked-fact.js";
import type { FlowEdge } from "../control-flow/flow-type.js";
import { before, conjunction } from "./substitute.js";

/** Returns two edges as one, named as `main` is; null where that cannot be said, as of two choices. */
export function joined(first: FlowEdge, second: FlowEdge, main: FlowEdge): FlowEdge | null {
  if (first.pick !== null && second.pick !== null) return null;
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
    late: false,
  };
}

/** A fact as it has to be told before effects, since its lock is found then. */
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
