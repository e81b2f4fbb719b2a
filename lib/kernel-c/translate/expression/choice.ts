/** Expressions of which only a part is looked at: `a && b`, `a || b`, `a ? b : c`. */
import {
  type Expr,
  NONE,
  type Statement,
  and,
  cond,
  eq,
  expr,
  not,
  or,
  set,
} from "../../../machine/index.js";
import type { Span } from "../../errors/index.js";
import type { Expression } from "../../parse/ast.js";
import type { Body } from "../context/context.js";
import { doesSomething } from "../context/does-something.js";
import { numberDomain, optionsAmong } from "./place/choices.js";
import { isTruth } from "./operators.js";
import { type Value, literal, truthOf, truthValue } from "../context/values.js";

/** `a && b` and `a || b`: the second is looked at only if the first leaves it open. */
export function logical(body: Body, of: Expression & { readonly kind: "logical" }): Value {
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
  if (!steps.some(doesSomething)) return truthValue(isAnd ? and(first, second) : or(first, second));
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

export function conditional(body: Body, of: Expression & { readonly kind: "conditional" }): Value {
  const { then: one, else: other } = of;
  // `a ?: b` looks at `a` once.
  const asked = one === null ? body.frozen(body.value(of.test), of.test.at) : null;
  const test =
    asked === null
      ? body.truth(of.test)
      : (truthOf(asked, body.shared.cpus) ?? body.refuse(of.at, `${of.test.text} has no value`));
  const first = (): Value => (one === null ? (asked ?? literal(0)) : body.value(one));
  if (test.op === "const") return test.value === 0 ? body.value(other) : first();
  const results: Value[] = [];
  const arms = [first, () => body.value(other)].map((arm) =>
    body.collect(() => {
      results.push(arm());
    }),
  );
  const [then, otherwise] = results;
  const [thenSteps = [], elseSteps = []] = arms.map((all) => (all.some(doesSomething) ? all : []));
  if (then === undefined || otherwise === undefined) return { kind: "void" };
  if (then.kind === "void" && otherwise.kind === "void") {
    body.emit(of.at, { kind: "if", test, then: thenSteps, else: elseSteps });
    return { kind: "void" };
  }
  if ([then, otherwise].some((value) => isOneOfSeveral(value))) {
    return chooseOne(body, of, test, [then, otherwise], [thenSteps, elseSteps]);
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
  const pointer = [then, otherwise].find((value) => value.kind === "pointer");
  return heldIn(result, pointer?.kind === "pointer" ? pointer.tag : null);
}

/** Whether a value is of a thing that is no object of a pool: a lock, a variable, a function. */
function isOneOfSeveral(value: Value): boolean {
  if (value.kind === "function" || value.kind === "choice") return true;
  return value.kind === "address" && value.place.storage.kind !== "struct";
}

/** Returns one of two addresses, by its number. */
function chooseOne(
  body: Body,
  of: Expression,
  test: Expr,
  values: readonly [Value, Value],
  steps: readonly [readonly Statement[], readonly Statement[]],
): Value {
  const options = optionsAmong(values);
  const result = body.temporary(numberDomain(options));
  let before = 0;
  const arms = values.map((value, k) => {
    const first = before;
    before += value.kind === "choice" ? value.options.length : 1;
    return [...(steps[k] ?? []), set(result, numberIn(value, first), of.text)];
  });
  const [then = [], otherwise = []] = arms;
  body.emit(of.at, { kind: "if", test, then, else: otherwise });
  return { kind: "choice", expr: result, options };
}

/** The number of a value among options that begin at one. */
function numberIn(value: Value, first: number): Expr {
  if (value.kind !== "choice") return expr(value.kind === "null" ? NONE : first);
  return value.options.reduce<Expr>(
    (rest, { number }, k) => cond(eq(value.expr, number), first + k, rest),
    expr(NONE),
  );
}

const heldIn = (element: ReturnType<Body["temporary"]>, tag: string | null): Value => {
  const { domain } = element.variable;
  if (domain.kind === "id" && domain.set.name !== "cpu") {
    return { kind: "pointer", tag: tag ?? domain.set.name, set: domain.set, expr: element };
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
