/** Resolves the effects and facts of one process to slots. */
import type { StackedFact } from "../../model/stacked-fact.js";
import type { Expr } from "../../language/expr.js";
import type { Flow } from "../control-flow/flow-type.js";
import { inAnyOrder } from "../data-flow/commute.js";
import { memberCount } from "./slots.js";
import type { Variables } from "../data-flow/live-variables.js";
import type { LockTarget, ResolvedFact, Slot } from "../../model/model.js";
import { Elements } from "./resolve-element.js";
import { type Bindings, Expressions, type Scope, sortOf } from "./resolve-expr.js";
import { type Change, type Value, type Whereabouts, combine, constant } from "../../model/value.js";
import { type IdSet, PROCESS } from "../../language/id-set.js";
import type { Scenario } from "../../language/scenario.js";
import type { Variable } from "../../language/variable.js";
import { partsOf } from "../data-flow/substitute.js";
import type { Effect } from "../../language/effect.js";

export type { Scope } from "./resolve-expr.js";

/** A process of the model. */
interface Member {
  readonly declared: number;
  readonly member: number | null;
}

/** Turns what a scenario says into what the tables hold. */
export class Resolver {
  private readonly elements: Elements;
  private readonly firstLocation: number;
  private readonly expressions: Expressions;
  private readonly asked = new Map<number, ReadonlySet<number>[]>();
  private readonly endedValues = new Map<string, Value>();

  constructor(
    readonly scenario: Scenario,
    private readonly variables: Variables,
    private readonly members: readonly Member[],
    private readonly flows: readonly Flow[],
    slots: readonly Slot[],
  ) {
    this.firstLocation = slots.length;
    this.elements = new Elements(scenario, variables, slots);
    this.expressions = new Expressions(scenario, this.elements, {
      inside: (section) => this.inside(section),
      ended: (process) => this.ended(process),
      process: (name) => this.numberOf(name),
    });
  }

  /** For each location slot that was asked for: the sets of locations. */
  get askedFor(): ReadonlyMap<number, readonly ReadonlySet<number>[]> {
    return this.asked;
  }

  /** The members of each set that the scenario names one by one. */
  get named(): ReadonlyMap<string, ReadonlySet<number>> {
    return this.elements.named;
  }

  /** The value of an expression; `scope` is null for conditions on whole states. */
  value(of: Expr, scope: Scope | null, bound: Bindings = new Map()): Value {
    return this.expressions.value(of, scope, bound);
  }

  changes(effects: readonly Effect[], scope: Scope, bound: Bindings = new Map()): Change[] {
    return effects.flatMap((effect): Change[] => {
      switch (effect.kind) {
        case "assign":
          return this.assignment(effect, scope, bound);
        case "each":
          return this.onEach(effect, scope, bound);
        case "if": {
          const test = this.value(effect.test, scope, bound);
          if (test.op === "const") {
            return this.changes(test.value === 0 ? effect.else : effect.then, scope, bound);
          }
          const then = this.changes(effect.then, scope, bound);
          const otherwise = this.changes(effect.else, scope, bound);
          return [{ kind: "if", test, then, else: otherwise }];
        }
        case "check": {
          const test = this.value(effect.test, scope, bound);
          if (test.op === "const" && test.value !== 0) return [];
          const { violation, message } = effect;
          return [{ kind: "check", violation, test, message }];
        }
      }
    });
  }

  /** One round for each member; where their order matters, it tells the members apart. */
  private onEach(
    { set, name, body }: Extract<Effect, { kind: "each" }>,
    scope: Scope,
    bound: Bindings,
  ): Change[] {
    const rounds = Array.from({ length: memberCount(set, this.scenario) }, (_, member) =>
      this.changes(body, scope, new Map([...bound, [name, member]])),
    );
    if (!inAnyOrder(rounds)) this.tellApart(set, rounds.length);
    return rounds.flat();
  }

  /** The members of a set are not interchangeable; nor those of any whose processes are. */
  private tellApart(set: IdSet, size: number): void {
    const sets =
      set.name === PROCESS.name ? this.scenario.processes.map(({ over }) => over) : [set];
    for (const of of sets) {
      if (of === null) continue;
      const members = set.name === PROCESS.name ? memberCount(of, this.scenario) : size;
      for (let member = 0; member < members; member++) this.elements.name(of, member);
    }
  }

  fact({ fact, stack }: StackedFact, scope: Scope): ResolvedFact {
    switch (fact.kind) {
      case "acquire": {
        const nest = fact.nest === null ? null : this.target(fact.nest, scope);
        const read = this.value(fact.read, scope);
        return { fact: { ...fact, lock: this.target(fact.lock, scope), nest, read }, stack };
      }
      case "release":
      case "downgrade":
      case "unlocked":
      case "locked":
      case "assert_held":
      case "set_subclass":
      case "pin":
      case "unpin":
      case "free":
        return { fact: { ...fact, lock: this.target(fact.lock, scope) }, stack };
      case "sync":
      case "touch":
        return { fact: { ...fact, lock: this.target(fact.lock, scope) }, stack };
      case "rcu_warn":
        return {
          fact: { ...fact, maps: fact.maps.map((map) => this.target(map, scope)) },
          stack,
        };
      case "restore_hardirqs":
        return { fact: { ...fact, to: this.value(fact.to, scope) }, stack };
      case "hardirqs":
      case "softirqs":
      case "assert_irqs":
      case "enter":
      case "exit":
      case "nmi":
      case "lockdep":
      case "return_to_user":
        return { fact, stack };
    }
  }

  /** How many processes are inside a section. */
  inside(section: string): Value {
    const where = this.whereabouts((number) => this.flowOf(number)?.sections.get(section));
    if (where.length === 0) {
      const known = new Set(this.flows.flatMap(({ sections }) => [...sections.keys()]));
      const names = known.size === 0 ? "there are none" : `there are ${[...known].join(", ")}`;
      throw new TypeError(`inside("${section}"): no process has a section of that name; ${names}`);
    }
    return { op: "inside", where };
  }

  /** Whether the processes of a name have come to the ends of their bodies. */
  ended(name: string): Value {
    const known = this.endedValues.get(name);
    if (known !== undefined) return known;
    const made = this.askEnded(name);
    this.endedValues.set(name, made);
    return made;
  }

  private numberOf(name: string): number {
    const { processes } = this.scenario;
    const number = this.members.findIndex(
      ({ declared, member }) => member === null && processes[declared]?.name === name,
    );
    if (number >= 0) return number;
    const names = processes.flatMap((one) => (one.over === null ? [one.name] : [])).join(", ");
    throw new TypeError(`processOf("${name}"): no thread is called that; there are ${names}`);
  }

  private askEnded(name: string): Value {
    const meant = this.members.flatMap((member, number) =>
      this.namesOf(member).includes(name) ? [number] : [],
    );
    if (meant.length === 0) {
      const names = this.scenario.processes.map((process) => process.name).join(", ");
      throw new TypeError(`ended("${name}"): no process is called that; there are ${names}`);
    }
    const where = this.whereabouts((number) =>
      meant.includes(number) ? finalsOf(this.flowOf(number)) : undefined,
    );
    if (where.some(({ locations }) => locations.length === 0)) {
      throw new TypeError(`ended("${name}"): its body never ends, as that of forever() does not`);
    }
    return combine("==", { op: "inside", where }, constant(meant.length));
  }

  /** Where processes are at some of their locations; notes that it is asked. */
  whereabouts(
    locationsOf: (number: number) => ReadonlySet<number> | undefined,
  ): readonly Whereabouts[] {
    return this.members.flatMap((_, number): readonly Whereabouts[] => {
      const locations = locationsOf(number);
      if (locations === undefined) return [];
      const slot = this.firstLocation + number;
      const known = this.asked.get(slot) ?? [];
      if (!known.includes(locations)) this.asked.set(slot, [...known, locations]);
      return [{ slot, locations: [...locations] }];
    });
  }

  private flowOf(number: number): Flow | undefined {
    return this.flows[this.members[number]?.declared ?? -1];
  }

  private namesOf({ declared, member }: Member): readonly string[] {
    const name = this.scenario.processes[declared]?.name ?? "";
    return member === null ? [name] : [name, `${name}${String(member)}`];
  }

  private target(of: Extract<Expr, { op: "read" }>, scope: Scope): LockTarget {
    const { variable } = of;
    if (variable.lock === null) throw new TypeError(`${variable.name} is not a lock`);
    const index = this.expressions.index(of, scope, new Map());
    return {
      variable: variable.name,
      lock: variable.lock,
      sizes: this.elements.sizes(variable),
      index,
    };
  }

  private assignment(
    effect: Extract<Effect, { kind: "assign" }>,
    scope: Scope,
    bound: Bindings,
  ): Change[] {
    const { variable } = effect.to;
    const { dead } = this.variables;
    // What chooses an element of what is read is not kept either.
    if (dead.has(variable) && isChosenBy(effect.value, dead)) return [];
    const { value, sort } = this.expressions.typed(effect.value, scope, bound);
    this.expressions.match(sortOf(variable.domain), { value, sort }, `${variable.name} = ...`);
    // What is read stays to be looked at: it may be beyond an array. What only chooses an element of it may be
    // left out as well.
    if (dead.has(variable)) {
      this.expressions.countIndices(effect.to);
      return [{ kind: "if", test: value, then: [], else: [] }];
    }
    const to = this.expressions.typed(effect.to, scope, bound).value;
    if (to.op !== "slot" && to.op !== "element") {
      throw new TypeError(`${variable.name}: an element that does not exist is assigned`);
    }
    return [{ kind: "assign", to, value, ...(effect.forgets === true && { forgets: true }) }];
  }
}

/** Whether an expression reads an element that one of some variables chooses. */
function isChosenBy(of: Expr, dead: ReadonlySet<Variable>): boolean {
  const isChosen =
    of.op === "read" && of.index.some((at) => at.op === "read" && dead.has(at.variable));
  return isChosen || partsOf(of).some((part) => isChosenBy(part, dead));
}

/** The ends of a body, which no step leaves. */
function finalsOf(flow: Flow | undefined): ReadonlySet<number> {
  const left = new Set(flow?.edges.map(({ from }) => from));
  return new Set([...(flow?.ends ?? [])].filter((at) => !left.has(at)));
}
