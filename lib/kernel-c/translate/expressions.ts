/** Expressions: what they are worth, and the steps that this takes. */
import {
  type Expr,
  NONE,
  add,
  and,
  at,
  cond,
  eq,
  expr,
  le,
  lt,
  ne,
  not,
  or,
  set,
  sub,
} from "../../machine/index.js";
import type { Span } from "../errors/index.js";
import type { CMacro, Expression } from "../parse/ast.js";
import { nearest } from "../../primitives/named.js";
import type { Place } from "../types/storage.js";
import { arithmetic } from "./constants.js";
import { type Body, frameOf } from "./context.js";
import { fold } from "./fold.js";
import { cpuOf } from "./memory.js";
import { lookUp } from "./names.js";
import { substituteArguments } from "./macros.js";
import { type Value, computed, literal, numberOf, truthOf, truthValue } from "./values.js";

/** Returns what an expression is worth; what it reads and does comes before, step by step. */
export function valueOf(body: Body, of: Expression): Value {
  const known = body.shared.constant(of);
  if (known !== null) return inRange(body, known, of);
  switch (of.kind) {
    case "number":
      return inRange(body, of.value, of);
    case "string":
      return literal(1);
    case "name":
      return nameValue(body, of);
    case "unary":
      return unary(body, of);
    case "address":
      if (of.of.kind === "name" && body.shared.unit.functions.has(of.of.name)) {
        return { kind: "function", name: of.of.name };
      }
      return { kind: "address", place: body.place(of.of) };
    case "deref":
    case "member":
    case "index":
      return body.load(body.place(of), of.at);
    case "binary":
      return binary(body, of.operator, body.value(of.left), body.value(of.right), of.at);
    case "logical":
      return logical(body, of);
    case "conditional":
      return conditional(body, of);
    case "assign":
      return assign(body, of);
    case "update":
      return update(body, of);
    case "call":
      return body.call(of);
    case "cast": {
      if (of.type === "bool" || of.type === "_Bool") return truthValue(body.truth(of.of));
      const value = body.value(of.of);
      return of.type === "void" ? { kind: "void" } : value;
    }
    case "comma": {
      let last: Value = { kind: "void" };
      for (const part of of.parts) last = body.value(part);
      return last;
    }
    case "block": {
      const before = of.body.slice(0, -1);
      const last = of.body[of.body.length - 1];
      let value: Value = { kind: "void" };
      body.statements(before);
      if (last?.kind === "expression") value = body.value(last.of);
      else if (last !== undefined) body.statements([last]);
      return value;
    }
  }
}

/** Returns whether an expression is other than 0. */
export function truth(body: Body, of: Expression): Expr {
  const value = body.value(of);
  return truthOf(value, body.shared.cpus) ?? body.refuse(of.at, `${of.text} has no value`);
}

function inRange(body: Body, value: number, of: Expression): Value {
  if (Math.abs(value) < 2 ** 31) return literal(value);
  return body.refuse(of.at, `${of.text} is too large: a value has 31 bits and a sign here`);
}

function nameValue(body: Body, of: Expression & { readonly kind: "name" }): Value {
  const { unit } = body.shared;
  const binding = lookUp(body, of.name);
  if (binding?.kind === "alias") {
    if (binding.value !== null) return binding.value;
    return body.refuse(of.at, `${of.name} has no value yet`);
  }
  if (binding !== null) return body.load(binding.place, of.at);
  if (of.name === "NULL") return { kind: "null" };
  if (of.name === "current") return currentTask(body, of.at);
  const macro = unit.macros.get(of.name);
  if (macro?.parameters === null) return expanded(body, macro, [], of);
  if (unit.functions.has(of.name)) return { kind: "function", name: of.name };
  if (body.shared.vocabulary.calls.has(of.name)) {
    const row = body.shared.vocabulary.calls.get(of.name);
    if (row?.takes === "(name)") {
      return body.call({
        kind: "call",
        at: of.at,
        text: of.text,
        name: of.name,
        nameAt: of.at,
        args: [],
      });
    }
  }
  return body.refuse(of.at, unknownName(body, of.name));
}

/** Returns the task that runs the body. */
export function currentTask(body: Body, at: Span): Value & { readonly kind: "pointer" } {
  const { learned, pools } = body.shared;
  const { task } = body.owner;
  if (task === null) {
    return body.refuse(
      at,
      "current is whoever was interrupted here: a handler names the task that it means",
    );
  }
  learned.pooled.add("task_struct");
  const pool = pools.get("task_struct");
  if (pool === undefined) return body.refuse(at, "current is not known yet");
  return { kind: "pointer", tag: "task_struct", set: pool.set, expr: expr(task) };
}

/** Returns what is said of a name that nothing has. */
export function unknownName(body: Body, name: string): string {
  const { unit, globals, vocabulary } = body.shared;
  const scopes = frameOf(body).scopes.flatMap(({ names }) => [...names.keys()]);
  const all = [
    ...new Set([
      ...scopes,
      ...globals.keys(),
      ...unit.macros.keys(),
      ...unit.enumerators.keys(),
      ...vocabulary.constants.keys(),
    ]),
  ];
  const [near] = name.length < 3 ? [] : nearest(name, all);
  return `no such name: ${name}${near === undefined ? "" : `; did you mean ${near}?`}`;
}

/** Returns what a macro stands for, with its arguments in place. */
export function expanded(
  body: Body,
  macro: CMacro,
  args: readonly Expression[],
  of: Expression,
): Value {
  const frame = frameOf(body);
  if (frame.stack.length > 200) return body.refuse(of.at, `${macro.name} expands without an end`);
  const text = body.shared.macroBody(macro);
  if (text === null) return { kind: "void" };
  const parameters = new Map(
    (macro.parameters ?? []).flatMap((name, at) => {
      const arg = args[at];
      return arg === undefined ? [] : [[name, arg] as const];
    }),
  );
  if (body.expanding.has(macro.name)) {
    return body.refuse(of.at, `${macro.name} is defined by itself`);
  }
  body.expanding.add(macro.name);
  try {
    const made = substituteArguments(text, parameters);
    if (made.kind === "expression") return body.value(made.of);
    body.statements([{ at: of.at, kind: "block", body: made.body }]);
    return { kind: "void" };
  } finally {
    body.expanding.delete(macro.name);
  }
}

function unary(body: Body, of: Expression & { readonly kind: "unary" }): Value {
  if (of.operator === "!") return truthValue(fold(not(body.truth(of.of))));
  const value = number(body, body.value(of.of), of.at);
  switch (of.operator) {
    case "-":
      return computed(fold(sub(0, value)));
    case "+":
      return computed(value);
    case "~":
      return computed(fold(sub(sub(0, value), 1)));
  }
}

/** Returns a value as a number that can be counted with. */
export function number(body: Body, value: Value, where: Span): Expr {
  if (value.kind === "number") {
    return value.sort === "cpu" ? numberOf(value.expr, body.shared.cpus) : value.expr;
  }
  if (value.kind === "null") return expr(0);
  if (value.kind === "pointer") {
    return numberOf(value.expr, body.shared.sizes.get(value.tag) ?? 0);
  }
  return body.refuse(where, "a number is wanted here");
}

/** Returns the result of an operator. */
export function binary(
  body: Body,
  operator: string,
  left: Value,
  right: Value,
  where: Span,
): Value {
  if (operator === "==" || operator === "!=") {
    const same = fold(equality(body, left, right, where));
    return truthValue(operator === "==" ? same : fold(not(same)));
  }
  if (left.kind === "address" && right.kind === "address") {
    const both = ordered(body, left.place, right.place);
    if (both !== null) return binary(body, operator, computed(both[0]), computed(both[1]), where);
    return body.refuse(where, "these two are not of one array, so that no order is known of them");
  }
  const a = number(body, left, where);
  const b = number(body, right, where);
  if (a.op === "const" && b.op === "const") {
    const value = arithmetic(operator, a.value, b.value);
    if (value !== null) return literal(value);
  }
  switch (operator) {
    case "+":
      return computed(fold(add(a, b)));
    case "-":
      return computed(fold(sub(a, b)));
    case "<":
      return truthValue(lt(a, b));
    case "<=":
      return truthValue(le(a, b));
    case ">":
      return truthValue(lt(b, a));
    case ">=":
      return truthValue(le(b, a));
    case "&":
    case "|":
    case "^":
      if (isTruth(left) && isTruth(right)) {
        if (operator === "^") return truthValue(ne(a, b));
        return truthValue(operator === "&" ? and(a, b) : or(a, b));
      }
      return body.refuse(
        where,
        `${operator} on numbers is not in the subset: use bool variables for single bits, or set_bit(), clear_bit() and test_bit()`,
      );
    case "*":
      return times(body, a, b, where);
    default:
      return body.refuse(
        where,
        `${operator} on values that change is not in the subset: + - and comparisons are`,
      );
  }
}

const isTruth = (of: Value): boolean =>
  of.kind === "number" &&
  (of.sort === "truth" || (of.expr.op === "const" && of.expr.value >> 1 === 0));

/** A product with a small constant is a sum. */
function times(body: Body, a: Expr, b: Expr, where: Span): Value {
  const [factor, of] =
    a.op === "const" ? [a.value, b] : b.op === "const" ? [b.value, a] : [null, a];
  if (factor === null || factor < 0 || factor > 16) {
    return body.refuse(
      where,
      "a product of values that change is not in the subset; by a constant up to 16 it is",
    );
  }
  return computed(
    Array.from({ length: factor }, () => of).reduce<Expr>(
      (sum, one) => fold(add(sum, one)),
      expr(0),
    ),
  );
}

function equality(body: Body, left: Value, right: Value, where: Span): Expr {
  if (left.kind === "number" && right.kind === "number") {
    if (left.sort === "cpu" || right.sort === "cpu") {
      if (left.sort === "cpu" && right.sort === "number" && right.key === null) {
        return eq(number(body, left, where), right.expr);
      }
      if (right.sort === "cpu" && left.sort === "number" && left.key === null) {
        return eq(left.expr, number(body, right, where));
      }
      const outside = [left, right].some(
        ({ expr: of }) => of.op === "const" && of.value >= body.shared.cpus,
      );
      return outside ? expr(false) : eq(cpuOf(body, left, where), cpuOf(body, right, where));
    }
    return eq(left.expr, right.expr);
  }
  const isNull = (of: Value): boolean =>
    of.kind === "null" || (of.kind === "number" && of.expr.op === "const" && of.expr.value === 0);
  if (left.kind === "pointer" && right.kind === "pointer") return eq(left.expr, right.expr);
  if (left.kind === "pointer" && isNull(right)) return eq(left.expr, NONE);
  if (right.kind === "pointer" && isNull(left)) return eq(right.expr, NONE);
  if (left.kind === "pointer" && right.kind === "address") {
    return eq(left.expr, body.fitting(right, pointerElement(left), where));
  }
  if (right.kind === "pointer" && left.kind === "address") {
    return eq(right.expr, body.fitting(left, pointerElement(right), where));
  }
  if (left.kind === "address" && right.kind === "address") {
    const both = ordered(body, left.place, right.place);
    if (both !== null) return eq(both[0], both[1]);
    if (left.place.storage !== right.place.storage) return expr(false);
    return and(...left.place.index.map((i, k) => eq(i, right.place.index[k] ?? i)));
  }
  if (isNull(left) || isNull(right)) return expr(isNull(left) && isNull(right));
  return body.refuse(where, "these two cannot be compared");
}

/** An element of the kind of a pointer: what `fitting()` asks for. */
const pointerElement = ({ set: of }: Value & { readonly kind: "pointer" }) =>
  at({
    kind: "variable",
    name: of.name,
    domain: { kind: "id", set: of, none: true },
    per: [],
    init: NONE,
    lock: null,
  });

/** Two elements of one array or pool as numbers in order; null if they are of two. */
function ordered(body: Body, left: Place, right: Place): readonly [Expr, Expr] | null {
  if (left.storage !== right.storage) return null;
  const [a] = left.index.slice(-1);
  const [b] = right.index.slice(-1);
  if (a === undefined || b === undefined) return null;
  const pool = [...body.shared.pools.values()].find(({ storage }) => storage === left.storage);
  if (pool === undefined) return [a, b];
  const size = body.shared.sizes.get(pool.set.name) ?? 0;
  return [numberOf(a, size), numberOf(b, size)];
}

/** `a && b` and `a || b`: the second is looked at only if the first leaves it open. */
function logical(body: Body, of: Expression & { readonly kind: "logical" }): Value {
  const first = body.truth(of.left);
  const isAnd = of.operator === "&&";
  if (first.op === "const") {
    if ((first.value !== 0) !== isAnd) return literal(isAnd ? 0 : 1);
    return truthValue(body.truth(of.right));
  }
  let second: Expr = expr(false);
  const steps = body.collect(() => {
    second = body.truth(of.right);
  });
  if (steps.length === 0) return truthValue(isAnd ? and(first, second) : or(first, second));
  const result = body.temporary({ kind: "bool" });
  body.emit(of.at, set(result, first, of.text));
  const rest = [...steps, set(result, second, of.text)];
  body.emit(of.at, {
    kind: "if",
    test: isAnd ? result : not(result),
    then: rest,
    else: [],
  });
  return truthValue(result);
}

function conditional(body: Body, of: Expression & { readonly kind: "conditional" }): Value {
  const test = body.truth(of.test);
  if (of.then === null) return body.refuse(of.at, "write a ? a : b");
  const { then: one, else: other } = of;
  if (test.op === "const") return body.value(test.value === 0 ? other : one);
  const results: Value[] = [];
  const arms = [one, other].map((arm) =>
    body.collect(() => {
      results.push(body.value(arm));
    }),
  );
  const [then, otherwise] = results;
  const [thenSteps = [], elseSteps = []] = arms;
  if (then === undefined || otherwise === undefined) return { kind: "void" };
  if (then.kind === "void" && otherwise.kind === "void") {
    body.emit(of.at, { kind: "if", test, then: thenSteps, else: elseSteps });
    return { kind: "void" };
  }
  const domain = domainOfBoth(body, then, otherwise, of.at);
  const result = body.temporary(domain);
  const finish = (value: Value) => set(result, body.fitting(value, result, of.at), of.text);
  if (thenSteps.length === 0 && elseSteps.length === 0) {
    const [a, b] = [then, otherwise].map((value) => body.fitting(value, result, of.at));
    if (a === undefined || b === undefined) return { kind: "void" };
    const kind = then.kind === "number" && otherwise.kind === "number";
    if (kind) {
      const sort =
        then.sort === otherwise.sort
          ? then.sort
          : domain.kind === "bool"
            ? "truth"
            : domain.kind === "id"
              ? "cpu"
              : "number";
      return {
        kind: "number",
        expr: cond(test, a, b),
        sort: sort === "literal" ? "number" : sort,
        key: null,
      };
    }
  }
  body.emit(of.at, {
    kind: "if",
    test,
    then: [...thenSteps, finish(then)],
    else: [...elseSteps, finish(otherwise)],
  });
  return heldIn(result);
}

const heldIn = (element: ReturnType<Body["temporary"]>): Value => {
  const { domain } = element.variable;
  if (domain.kind === "id" && domain.set.name !== "cpu") {
    return { kind: "pointer", tag: domain.set.name, set: domain.set, expr: element };
  }
  const sort = domain.kind === "bool" ? "truth" : domain.kind === "id" ? "cpu" : "number";
  return { kind: "number", expr: element, sort, key: null };
};

function domainOfBoth(
  body: Body,
  a: Value,
  b: Value,
  where: Span,
): Parameters<Body["temporary"]>[0] {
  const pointer = a.kind === "pointer" ? a : b.kind === "pointer" ? b : null;
  if (pointer !== null) return { kind: "id", set: pointer.set, none: true };
  if (a.kind === "number" && b.kind === "number") {
    if (a.sort === "cpu" || b.sort === "cpu") {
      return { kind: "id", set: body.shared.cpuSet, none: true };
    }
    if (isTruth(a) && isTruth(b)) return { kind: "bool" };
    return { kind: "int", min: -(2 ** 30), max: 2 ** 30 - 1 };
  }
  const address = a.kind === "address" ? a : b.kind === "address" ? b : null;
  if (address?.place.storage.kind === "struct") {
    const { tag } = address.place.storage;
    const pool = body.shared.pools.get(tag);
    body.shared.learned.pooled.add(tag);
    if (pool !== undefined) return { kind: "id", set: pool.set, none: true };
    return { kind: "int", min: -1, max: 0 };
  }
  return body.refuse(
    where,
    "only one of several structures can be chosen at run time: put the lock into a structure, or write if () ... else ...",
  );
}

function assign(body: Body, of: Expression & { readonly kind: "assign" }): Value {
  if (of.operator === "=") {
    const binding = of.to.kind === "name" ? lookUp(body, of.to.name) : null;
    const value = body.value(of.value);
    if (binding?.kind === "alias") {
      binding.value = body.frozen(value, of.at);
      return value;
    }
    const place = body.place(of.to);
    body.store(place, value, of.at, of.text);
    return value;
  }
  const place = body.place(of.to);
  const operator = of.operator.slice(0, -1);
  const before = body.load(place, of.to.at);
  const after = binary(body, operator, before, body.value(of.value), of.at);
  body.store(place, after, of.at, of.text);
  return after;
}

function update(body: Body, of: Expression & { readonly kind: "update" }): Value {
  const place = body.place(of.of);
  const before = body.load(place, of.of.at);
  // What the expression is worth is asked after the variable has changed.
  const kept = of.prefix ? before : body.frozen(before, of.at);
  const after = binary(body, of.operator === "++" ? "+" : "-", before, literal(1), of.at);
  body.store(place, after, of.at, of.text);
  return of.prefix ? after : kept;
}
