/** Which variables of a scenario matter: those that change, and are read where it makes a difference. */
import { in_hardirq, in_softirq, irqs_enabled } from "../../kernel/cpu.js";
import type { Element, Expr } from "../../language/expr.js";
import type { Flow } from "../control-flow/flow-type.js";
import type { Scenario } from "../../language/scenario.js";
import type { Effect } from "../../language/effect.js";
import { partsOf } from "./substitute.js";
import type { Variable } from "../../language/variable.js";
import { rangeOfBinary } from "../../model/value-range.js";

/** The variables that the state must hold, and those that keep their first value. */
export interface Variables {
  readonly live: readonly Variable[];
  /** Read, and never changed: each element is what it starts as. */
  readonly constants: readonly Variable[];
  /** Assigned but never read, but to assign themselves, or never changed: left out, with their assignments. */
  readonly dead: ReadonlySet<Variable>;
  /** Those among them that a written statement sets to what they were not, and that nothing reads. */
  readonly unread: readonly string[];
}

/** Returns the variables of a scenario; throws a TypeError where two have one name. */
export function liveVariables(scenario: Scenario, flows: readonly Flow[]): Variables {
  const assigned = new Set<Variable>();
  const feeds = new Map<Variable, Set<Variable>>();
  const read = new Set<Variable>();
  const changed = new Set<Variable>();

  const visit = (effect: Effect, tests: ReadonlySet<Variable>): void => {
    switch (effect.kind) {
      case "assign": {
        const to = effect.to.variable;
        assigned.add(to);
        if (!keeps(effect)) changed.add(to);
        if (!fits(effect)) read.add(to);
        const sources = new Set([...tests, ...readsOf(effect.value)]);
        for (const v of tablesIn(effect.value)) {
          changed.add(v);
          for (const needed of [v, ...readsOf(effect.value)]) read.add(needed);
        }
        if (divides(effect.value)) for (const v of readsOf(effect.value)) read.add(v);
        for (const index of effect.to.index) for (const v of readsOf(index)) sources.add(v);
        const known = feeds.get(to) ?? new Set();
        feeds.set(to, new Set([...known, ...sources]));
        return;
      }
      case "if": {
        const inner = new Set([...tests, ...readsOf(effect.test)]);
        for (const e of [...effect.then, ...effect.else]) visit(e, inner);
        return;
      }
      case "each":
        for (const e of effect.body) visit(e, tests);
        return;
      case "check":
        for (const v of [...tests, ...readsOf(effect.test)]) read.add(v);
    }
  };
  const written = new Set<Variable>();
  for (const edge of flows.flatMap(({ edges }) => edges)) {
    for (const effect of edge.at === null && edge.stack.length === 0 ? edge.effects : []) {
      if (effect.kind === "assign" && isOwn(effect.to.variable)) written.add(effect.to.variable);
    }
    for (const v of readsOf(edge.guard)) read.add(v);
    for (const v of tablesIn(edge.guard)) changed.add(v);
    for (const effect of edge.effects) visit(effect, new Set());
    for (const { fact } of edge.facts) {
      if ("lock" in fact) for (const i of fact.lock.index) for (const v of readsOf(i)) read.add(v);
      if ("maps" in fact) {
        for (const map of fact.maps)
          for (const i of map.index) for (const v of readsOf(i)) read.add(v);
      }
      if ("to" in fact) for (const v of readsOf(fact.to)) read.add(v);
    }
  }
  for (const { rests } of flows) {
    for (const holds of rests.values()) for (const v of readsOf(holds)) read.add(v);
  }
  for (const { runs, cpu } of scenario.processes) {
    for (const v of [...readsOf(runs), ...(cpu === null ? [] : readsOf(cpu))]) read.add(v);
  }
  for (const { holds } of [...scenario.always, ...scenario.quiescent, ...scenario.finally]) {
    for (const v of readsOf(holds)) read.add(v);
  }
  const needed = new Set(read);
  for (const v of needed) for (const source of feeds.get(v) ?? []) needed.add(source);
  oneOfEachName(new Set([...needed, ...assigned]), scenario);
  return {
    live: [...needed].filter((v) => changed.has(v)),
    constants: [...needed].filter((v) => !changed.has(v)),
    dead: new Set([...assigned].filter((v) => !needed.has(v) || !changed.has(v))),
    unread: [...written].filter((v) => !needed.has(v) && changed.has(v)).map(({ name }) => name),
  };
}

/** Whether a variable may be one of the scenario's own: no lock, and no count of the machine's. */
const isOwn = (of: Variable): boolean =>
  of.lock === null &&
  of.bounded !== false &&
  (of.domain.kind === "bool" || of.domain.kind === "int") &&
  !ofEachCpu.includes(of);

const ofEachCpu: readonly Variable[] = [irqs_enabled, in_hardirq, in_softirq];

/** Whether an assignment can be told to stay within the bounds of what it is to. */
function fits({ to, value }: Extract<Effect, { kind: "assign" }>): boolean {
  const { domain, bounded } = to.variable;
  if (domain.kind !== "int" || bounded === false) return true;
  const [least, most] = rangeOf(value);
  return least >= domain.min && most <= domain.max;
}

/** The least and the greatest value of an expression, as far as its text tells. */
function rangeOf(of: Expr): readonly [number, number] {
  switch (of.op) {
    case "const":
      return [of.value, of.value];
    case "read": {
      const { domain } = of.variable;
      return domain.kind === "int" ? [domain.min, domain.max] : [0, 1];
    }
    case "binary": {
      const [left, right] = [rangeOf(of.left), rangeOf(of.right)];
      return rangeOfBinary(of.by, left, right);
    }
    case "if": {
      const [then, otherwise] = [rangeOf(of.then), rangeOf(of.else)];
      return [Math.min(then[0], otherwise[0]), Math.max(then[1], otherwise[1])];
    }
    case "not":
    case "some":
    case "every":
    case "bound":
    case "cpu":
    case "home":
    case "self":
    case "process":
    case "ended":
      return [0, 1];
    case "count":
    case "inside":
      return [0, Number.MAX_SAFE_INTEGER];
  }
}

/** Whether an assignment gives a variable what all of its elements have from the start. */
const keeps = ({ to, value }: Extract<Effect, { kind: "assign" }>): boolean =>
  value.op === "const" && value.value === to.variable.init;

function oneOfEachName(variables: ReadonlySet<Variable>, scenario: Scenario): void {
  const names = new Set<string>();
  for (const { name } of variables) {
    if (names.has(name)) {
      throw new TypeError(
        `scenario "${scenario.name}": two variables are named "${name}"; declare it once, outside of the processes`,
      );
    }
    names.add(name);
  }
}

/** Returns the variables that an expression reads. */
export const readsOf = (of: Expr): Variable[] => elementsIn(of).map(({ variable }) => variable);

/** The arrays that an expression reads at a number that is not known: such a read may be beyond the end. */
const tablesIn = (of: Expr): Variable[] =>
  elementsIn(of).flatMap(({ variable, index }) => {
    const numbered = index.some(
      (i, at) => typeof variable.per[at] === "number" && i.op !== "const",
    );
    return numbered ? [variable] : [];
  });

/** Whether an expression divides by what may be 0: that is a misuse, whether or not the result is needed. */
function divides(of: Expr): boolean {
  const isDivision = of.op === "binary" && (of.by === "/" || of.by === "%");
  return (isDivision && of.right.op !== "const") || partsOf(of).some(divides);
}

/** The elements that an expression reads, those in indices included. */
function elementsIn(of: Expr): Element[] {
  switch (of.op) {
    case "const":
    case "bound":
    case "self":
    case "process":
    case "inside":
    case "ended":
    case "cpu":
    case "home":
      return [];
    case "read":
      return [of, ...of.index.flatMap(elementsIn)];
    case "not":
      return elementsIn(of.of);
    case "binary":
      return [...elementsIn(of.left), ...elementsIn(of.right)];
    case "if":
      return [...elementsIn(of.test), ...elementsIn(of.then), ...elementsIn(of.else)];
    case "some":
    case "every":
    case "count":
      return elementsIn(of.body);
  }
}
