/** Resolves expressions and effects of one process to slots, checking that ids are used as ids. */
import { type Expr } from "./expr.js";
import type { StackedFact } from "./annotations.js";
import type { Flow } from "./flow.js";
import type { IdSet } from "./id-set.js";
import { elementName, extent, firstValue } from "./layout.js";
import type { Variables } from "./live.js";
import type { LockTarget, ResolvedFact } from "./model.js";
import type { Process } from "./process.js";
import type { Scenario } from "./scenario.js";
import type { Effect } from "./statement.js";
import type { Domain, Variable } from "./variable.js";
import {
  type Change,
  type ElementRef,
  type SlotRef,
  type Value,
  combine,
  constant,
  negate,
} from "./resolved.js";

/** Whose expression it is, and which ids its names stand for. */
export interface Scope {
  readonly process: Process;
  readonly number: number;
  readonly member: number | null;
  readonly picked: { readonly name: string; readonly set: IdSet; readonly member: number } | null;
}

/** What kind of value an expression has: a number, an id of a set, a process, or a bare literal. */
type Sort = { readonly sort: "number" | "process" | "literal" } | { readonly sort: IdSet };

interface Typed {
  readonly value: Value;
  readonly sort: Sort["sort"];
}

type Bindings = ReadonlyMap<string, number>;

/** Turns what a scenario says into what the tables hold. */
export class Resolver {
  readonly named = new Map<string, Set<number>>();
  private readonly base = new Map<Variable, number>();

  constructor(
    private readonly scenario: Scenario,
    private readonly variables: Variables,
    private readonly members: readonly { readonly declared: number }[],
    private readonly flows: readonly Flow[],
    private readonly firstLocation: number,
  ) {
    let next = 0;
    for (const variable of variables.live) {
      this.base.set(variable, next);
      next += this.sizes(variable).reduce((a, b) => a * b, 1);
    }
  }

  /** The value of an expression; `scope` is null for conditions on whole states. */
  value(of: Expr, scope: Scope | null, bound: Bindings = new Map()): Value {
    return this.typed(of, scope, bound).value;
  }

  changes(effects: readonly Effect[], scope: Scope, bound: Bindings = new Map()): Change[] {
    return effects.flatMap((effect): Change[] => {
      switch (effect.kind) {
        case "assign":
          return this.assignment(effect, scope, bound);
        case "each":
          return Array.from({ length: extent(effect.set, this.scenario) }, (_, member) =>
            this.changes(effect.body, scope, new Map([...bound, [effect.name, member]])),
          ).flat();
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

  fact({ fact, stack }: StackedFact, scope: Scope): ResolvedFact {
    switch (fact.kind) {
      case "acquire": {
        const nest = fact.nest === null ? null : this.target(fact.nest, scope);
        return { fact: { ...fact, lock: this.target(fact.lock, scope), nest }, stack };
      }
      case "release":
      case "unlocked":
      case "locked":
      case "assert_held":
        return { fact: { ...fact, lock: this.target(fact.lock, scope) }, stack };
      case "restore_hardirqs":
        return { fact: { ...fact, to: this.value(fact.to, scope) }, stack };
      case "hardirqs":
      case "softirqs":
      case "assert_irqs":
      case "enter":
      case "exit":
      case "return_to_user":
        return { fact, stack };
    }
  }

  /** How many processes are inside a section. */
  inside(section: string): Value {
    const where = this.members.flatMap(({ declared }, number) => {
      const locations = this.flows[declared]?.sections.get(section);
      if (locations === undefined) return [];
      return [{ slot: this.firstLocation + number, locations: [...locations] }];
    });
    return { op: "inside", where };
  }

  private target(of: Extract<Expr, { op: "read" }>, scope: Scope): LockTarget {
    const { variable } = of;
    if (variable.lock === null) throw new TypeError(`${variable.name} is not a lock`);
    const index = this.index(of, scope, new Map());
    return { variable: variable.name, lock: variable.lock, sizes: this.sizes(variable), index };
  }

  private assignment(
    effect: Extract<Effect, { kind: "assign" }>,
    scope: Scope,
    bound: Bindings,
  ): Change[] {
    const { variable } = effect.to;
    const { value, sort } = this.typed(effect.value, scope, bound);
    this.match(sortOf(variable.domain), { value, sort }, `${variable.name} = ...`);
    const to = this.typed(effect.to, scope, bound).value;
    if (this.variables.dead.has(variable)) return [];
    if (to.op !== "slot" && to.op !== "element") {
      throw new TypeError(`${variable.name}: an element that does not exist is assigned`);
    }
    return [{ kind: "assign", to, value }];
  }

  private typed(of: Expr, scope: Scope | null, bound: Bindings): Typed {
    switch (of.op) {
      case "const":
        return { value: constant(of.value), sort: "literal" };
      case "read":
        return { value: this.read(of, scope, bound), sort: sortOf(of.variable.domain) };
      case "not":
        return { value: negate(this.number(of.of, scope, bound)), sort: "number" };
      case "binary":
        return { value: this.binary(of, scope, bound), sort: "number" };
      case "if": {
        const then = this.typed(of.then, scope, bound);
        const otherwise = this.typed(of.else, scope, bound);
        const sort = then.sort === "literal" ? otherwise.sort : then.sort;
        this.match(sort, then, "cond");
        this.match(sort, otherwise, "cond");
        const test = this.number(of.test, scope, bound);
        if (test.op === "const")
          return { value: (test.value === 0 ? otherwise : then).value, sort };
        return { value: { op: "if", test, then: then.value, else: otherwise.value }, sort };
      }
      case "bound":
        return { value: constant(this.bound(of, scope, bound)), sort: of.set ?? "literal" };
      case "some":
      case "every":
      case "count":
        return { value: this.quantified(of, scope, bound), sort: "number" };
      case "cpu":
        if (scope?.process.cpu == null) throw new TypeError("smp_processor_id(): no CPU runs this");
        return this.typed(scope.process.cpu, scope, bound);
      case "self":
        if (scope === null) throw new TypeError("current: no process here");
        return { value: constant(scope.number), sort: "process" };
      case "inside":
        return { value: this.inside(of.section), sort: "number" };
    }
  }

  private binary(of: Extract<Expr, { op: "binary" }>, scope: Scope | null, bound: Bindings): Value {
    if (of.by !== "==" && of.by !== "!=") {
      const left = this.number(of.left, scope, bound);
      return combine(of.by, left, this.number(of.right, scope, bound));
    }
    const left = this.typed(of.left, scope, bound);
    const right = this.typed(of.right, scope, bound);
    this.match(left.sort, right, "==");
    this.match(right.sort, left, "==");
    return combine(of.by, left.value, right.value);
  }

  private quantified(
    of: Extract<Expr, { op: "some" | "every" | "count" }>,
    scope: Scope | null,
    bound: Bindings,
  ): Value {
    const by = { some: "or", every: "and", count: "+" } as const;
    const start = { some: 0, every: 1, count: 0 } as const;
    return Array.from({ length: extent(of.set, this.scenario) }, (_, member) =>
      this.value(of.body, scope, new Map([...bound, [of.name, member]])),
    ).reduce((all, one) => combine(by[of.op], all, one), constant(start[of.op]));
  }

  private number(of: Expr, scope: Scope | null, bound: Bindings): Value {
    const { value, sort } = this.typed(of, scope, bound);
    if (sort === "number" || sort === "literal") return value;
    const what = sort === "process" ? "a process" : `a ${sort.name}`;
    throw new TypeError(`${what} is used as a number; ids may only be compared with eq() and ne()`);
  }

  /** Throws where a value is not of the sort wanted; remembers ids that are named by number. */
  private match(wanted: Sort["sort"], { value, sort }: Typed, where: string): void {
    if (sort === "literal") {
      if (typeof wanted === "object" && value.op === "const") this.name(wanted, value.value);
      return;
    }
    if (wanted === "literal" || wanted === sort) return;
    const print = (of: Sort["sort"]): string => (typeof of === "object" ? of.name : of);
    throw new TypeError(`${where}: a ${print(sort)} where a ${print(wanted)} belongs`);
  }

  private name(set: IdSet, member: number): void {
    if (member < 0) return;
    if (member >= extent(set, this.scenario)) {
      throw new TypeError(`there is no ${set.name}${member}; see sizes`);
    }
    this.named.set(set.name, (this.named.get(set.name) ?? new Set()).add(member));
  }

  private bound(of: Extract<Expr, { op: "bound" }>, scope: Scope | null, bound: Bindings): number {
    const inner = bound.get(of.name);
    if (inner !== undefined) return inner;
    if (scope?.picked?.name === of.name) return scope.picked.member;
    if (scope?.process.me === of.name && scope.member !== null) return scope.member;
    throw new TypeError(`${of.name} is not known here`);
  }

  private index(of: Extract<Expr, { op: "read" }>, scope: Scope | null, bound: Bindings): Value[] {
    const { variable } = of;
    if (of.index.length !== variable.per.length) {
      throw new TypeError(
        `${variable.name} has ${variable.per.length} dimensions and is used with ${of.index.length}`,
      );
    }
    return of.index.map((i, at) => {
      const typed = this.typed(i, scope, bound);
      const dimension = variable.per[at] ?? 0;
      const wanted = typeof dimension === "number" ? "number" : dimension;
      this.match(wanted, typed, `index of ${variable.name}`);
      const { value } = typed;
      const size = extent(dimension, this.scenario);
      if (value.op === "const" && (value.value < 0 || value.value >= size)) {
        throw new TypeError(`${elementName(variable, [value.value])} does not exist`);
      }
      return value;
    });
  }

  private read(
    of: Extract<Expr, { op: "read" }>,
    scope: Scope | null,
    bound: Bindings,
  ): SlotRef | ElementRef | Value {
    const { variable } = of;
    const index = this.index(of, scope, bound);
    const sizes = this.sizes(variable);
    const base = this.base.get(variable);
    const known = index.flatMap((i) => (i.op === "const" ? [i.value] : []));
    if (base === undefined) {
      this.nameUnequal(variable);
      return this.unchanging(variable, index, known);
    }
    if (known.length < index.length) {
      return { op: "element", base, sizes, index, variable: variable.name };
    }
    return { op: "slot", slot: base + known.reduce((at, i, d) => at * (sizes[d] ?? 1) + i, 0) };
  }

  /** Constants that differ between the members of a set make them different. */
  private nameUnequal(variable: Variable): void {
    const { init, per, domain } = variable;
    const ids = domain.kind === "id" ? [...per, domain.set] : per;
    const alike = typeof init !== "function" && (domain.kind !== "id" || init < 0);
    if (alike) return;
    for (const set of ids) {
      if (typeof set === "number") continue;
      for (let member = 0; member < extent(set, this.scenario); member++) this.name(set, member);
    }
  }

  /** A variable that nothing assigns: a constant, or a table of constants. */
  private unchanging(variable: Variable, index: readonly Value[], known: number[]): Value {
    if (known.length === index.length) return constant(firstValue(variable, known));
    const at = index.findIndex((i) => i.op !== "const");
    const which = index[at];
    if (which === undefined) return constant(0);
    const size = this.sizes(variable)[at] ?? 0;
    const choices = Array.from({ length: size }, (_, member) =>
      this.unchanging(
        variable,
        index.map((i, d) => (d === at ? constant(member) : i)),
        index.flatMap((i, d) => (d === at ? [member] : i.op === "const" ? [i.value] : [])),
      ),
    );
    const [first = constant(0)] = choices;
    if (choices.every((c) => c.op === "const" && first.op === "const" && c.value === first.value)) {
      return first;
    }
    return choices.reduceRight((rest, choice, member) => ({
      op: "if",
      test: combine("==", which, constant(member)),
      then: choice,
      else: rest,
    }));
  }

  private sizes(variable: Variable): number[] {
    return variable.per.map((of) => extent(of, this.scenario));
  }
}

function sortOf(domain: Domain): Sort["sort"] {
  switch (domain.kind) {
    case "bool":
    case "int":
      return "number";
    case "id":
      return domain.set;
    case "process":
      return "process";
  }
}
