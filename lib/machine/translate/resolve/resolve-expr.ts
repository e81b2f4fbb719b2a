/** Resolves expressions of one process to slots, checking that ids are used as ids. */
import type { Expr } from "../../language/expr.js";
import { CPU, type IdSet, NONE, PROCESS } from "../../language/id-set.js";
import { elementName, extent, memberCount } from "./slots.js";
import type { Process } from "../../language/process-type.js";
import type { Elements } from "./resolve-element.js";
import { type Value, combine, constant, negate } from "../../model/value.js";
import type { Scenario } from "../../language/scenario.js";
import type { Domain, Variable } from "../../language/variable.js";

/** Whose expression it is, and which ids its names stand for. */
export interface Scope {
  readonly process: Process;
  readonly number: number;
  readonly member: number | null;
  /** The CPU of a thread that was given none. */
  readonly home: number | null;
  readonly picked: { readonly name: string; readonly set: IdSet; readonly member: number } | null;
}

/** What kind of value an expression has: a number, an id of a set, a process, or a bare literal. */
export type Sort = { readonly sort: "number" | "process" | "literal" } | { readonly sort: IdSet };

/** A value with its kind. */
export interface Typed {
  readonly value: Value;
  readonly sort: Sort["sort"];
}

/** The members that stand for the names of quantifiers, and of effects on each member. */
export type Bindings = ReadonlyMap<string, number>;

/** What is asked of where processes are. */
export interface AskWhere {
  /** How many processes are inside a section. */
  readonly inside: (section: string) => Value;
  /** Whether the processes of a name have come to their ends. */
  readonly ended: (process: string) => Value;
  /** The number of a process that is in no set. */
  readonly process: (name: string) => number;
}

/** Turns expressions into values over slots. */
export class Expressions {
  /** What the expressions of a scope are, but for those under a quantifier: many steps share their parts. */
  private readonly known = new WeakMap<Scope, Map<Expr, Typed>>();

  constructor(
    private readonly scenario: Scenario,
    private readonly elements: Elements,
    private readonly whereabouts: AskWhere,
  ) {}

  /** `scope` is null for conditions on whole states. */
  value(of: Expr, scope: Scope | null, bound: Bindings = new Map()): Value {
    return this.typed(of, scope, bound).value;
  }

  typed(of: Expr, scope: Scope | null, bound: Bindings): Typed {
    if (scope === null || bound.size > 0) return this.resolved(of, scope, bound);
    let known = this.known.get(scope);
    if (known === undefined) this.known.set(scope, (known = new Map<Expr, Typed>()));
    let typed = known.get(of);
    if (typed === undefined) known.set(of, (typed = this.resolved(of, scope, bound)));
    return typed;
  }

  private resolved(of: Expr, scope: Scope | null, bound: Bindings): Typed {
    switch (of.op) {
      case "const":
        return { value: constant(of.value), sort: "literal" };
      case "read":
        return {
          value: this.elements.at(of.variable, this.index(of, scope, bound)),
          sort: sortOf(of.variable.domain),
        };
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
      case "home":
        if (scope?.home == null) throw new TypeError("smp_processor_id(): no CPU runs this");
        return { value: constant(scope.home), sort: CPU };
      case "self":
        if (scope === null) throw new TypeError("current: no process here");
        return { value: constant(scope.number), sort: "process" };
      case "process":
        return { value: constant(this.whereabouts.process(of.name)), sort: "process" };
      case "inside":
        return { value: this.whereabouts.inside(of.section), sort: "number" };
      case "ended":
        return { value: this.whereabouts.ended(of.process), sort: "number" };
    }
  }

  /** Throws where a value is not of the sort wanted; remembers ids that are named by number. */
  match(wanted: Sort["sort"], { value, sort }: Typed, where: string): void {
    if (sort === "literal") {
      for (const member of literalsIn(value)) {
        const process =
          wanted === "process" || (typeof wanted === "object" && wanted.name === PROCESS.name);
        if (typeof wanted === "object" && !process) this.elements.name(wanted, member);
        if (process && member !== NONE) {
          throw new TypeError(
            `${where}: a process is named by the number ${member}; only current and NONE name one`,
          );
        }
      }
      return;
    }
    const print = (of: Sort["sort"]): string => (typeof of === "object" ? of.name : of);
    if (wanted === "literal" || print(wanted) === print(sort)) return;
    throw new TypeError(`${where}: a ${print(sort)} where a ${print(wanted)} belongs`);
  }

  /** Throws where an element is chosen by too many values, or too few. */
  countIndices({ variable, index }: Extract<Expr, { op: "read" }>): void {
    if (index.length !== variable.per.length) {
      throw new TypeError(wrongIndex(variable, index.length));
    }
  }

  /** The values that choose an element. */
  index(of: Extract<Expr, { op: "read" }>, scope: Scope | null, bound: Bindings): Value[] {
    const { variable } = of;
    this.countIndices(of);
    return of.index.map((i, at) => {
      const typed = this.typed(i, scope, bound);
      const dimension = variable.per[at] ?? 0;
      const wanted = typeof dimension === "number" ? "number" : dimension;
      this.match(wanted, typed, `index of ${variable.name}`);
      const { value } = typed;
      const size = extent(dimension, this.scenario);
      if (value.op === "const" && (value.value < 0 || value.value >= size)) {
        const why = value.value < 0 ? "; nothing gives the index another value than NONE" : "";
        throw new TypeError(`${elementName(variable, [value.value])} does not exist${why}`);
      }
      return value;
    });
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
    return Array.from({ length: memberCount(of.set, this.scenario) }, (_, member) =>
      this.value(of.body, scope, new Map([...bound, [of.name, member]])),
    ).reduce((all, one) => combine(by[of.op], all, one), constant(start[of.op]));
  }

  private number(of: Expr, scope: Scope | null, bound: Bindings): Value {
    const { value, sort } = this.typed(of, scope, bound);
    if (sort === "number" || sort === "literal") return value;
    const what = sort === "process" ? "a process" : `a ${sort.name}`;
    throw new TypeError(`${what} is used as a number; ids may only be compared with eq() and ne()`);
  }

  private bound(of: Extract<Expr, { op: "bound" }>, scope: Scope | null, bound: Bindings): number {
    const inner = bound.get(of.name);
    if (inner !== undefined) return inner;
    if (scope?.picked?.name === of.name) return scope.picked.member;
    if (scope?.process.me === of.name && scope.member !== null) return scope.member;
    throw new TypeError(`${of.name} is not known here`);
  }
}

/** Returns what kind of value a variable holds. */
export function sortOf(domain: Domain): Sort["sort"] {
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

/** The numbers that a literal may be: one, or those of the arms of a `cond()`. */
function literalsIn(of: Value): readonly number[] {
  if (of.op === "const") return [of.value];
  return of.op === "if" ? [...literalsIn(of.then), ...literalsIn(of.else)] : [];
}

/** In words, how an array is used. */
function wrongIndex({ name, per }: Variable, given: number): string {
  const indices = `${String(given)} ${given === 1 ? "index" : "indices"}`;
  if (per.length === 0) return `${name} is no array, and is used with ${indices}`;
  const sets = per.map((of) => (typeof of === "number" ? `0 to ${String(of - 1)}` : of.name));
  return (
    `${name} has an element for each ${sets.join(" and ")}, and is used with ${indices}; ` +
    `at(${name}, ${sets.map(() => "...").join(", ")}) is one element`
  );
}
