/** What an expression was worth before effects: the weakest precondition of assignments (Dijkstra 1975). */
import { type Element, type Expr, and, eq, isArithmetic, not, or } from "../../language/expr.js";
import type { Effect } from "../../language/effect.js";
import type { Variable } from "../../language/variable.js";
import { apply } from "../../model/value.js";

/**
 * Returns the expression which, before the effects, has the value that `of` has after them; null where the
 * effects go over a set, whose size is not known yet, and touch what it reads.
 */
export function before(effects: readonly Effect[], of: Expr): Expr | null {
  let now: Expr | null = of;
  for (const effect of [...effects].reverse()) {
    if (now === null) return null;
    now = beforeOne(effect, now);
  }
  return now;
}

function beforeOne(effect: Effect, of: Expr): Expr | null {
  switch (effect.kind) {
    case "assign":
      return substitute(of, effect.to, effect.value);
    case "if": {
      const then = before(effect.then, of);
      const otherwise = before(effect.else, of);
      if (then === null || otherwise === null) return null;
      return same(then, otherwise) ? then : choice(effect.test, then, otherwise);
    }
    case "each":
      return touches(effect.body, of) ? null : of;
    case "check":
      return of;
  }
}

const touches = (effects: readonly Effect[], of: Expr): boolean =>
  effects.some((effect) => {
    switch (effect.kind) {
      case "assign":
        return readsVariable(of, effect.to.variable);
      case "if":
        return touches(effect.then, of) || touches(effect.else, of);
      case "each":
        return touches(effect.body, of);
      case "check":
        return false;
    }
  });

/** Returns whether an expression reads a variable. */
export function readsVariable(of: Expr, variable: Variable): boolean {
  if (of.op === "read" && of.variable === variable) return true;
  return partsOf(of).some((part) => readsVariable(part, variable));
}

/** Returns the expressions directly inside one. */
export function partsOf(of: Expr): readonly Expr[] {
  switch (of.op) {
    case "const":
    case "bound":
    case "cpu":
    case "home":
    case "self":
    case "process":
    case "inside":
    case "ended":
      return [];
    case "read":
      return of.index;
    case "not":
      return [of.of];
    case "binary":
      return [of.left, of.right];
    case "if":
      return [of.test, of.then, of.else];
    case "some":
    case "every":
    case "count":
      return [of.body];
  }
}

/** Returns an expression with what a function says in the place of what is read; null leaves it. */
export function replaced(of: Expr, by: (read: Element) => Expr | null): Expr {
  const inner = (part: Expr): Expr => replaced(part, by);
  switch (of.op) {
    case "const":
    case "bound":
    case "cpu":
    case "home":
    case "self":
    case "process":
    case "inside":
    case "ended":
      return of;
    case "read": {
      const read = { ...of, index: of.index.map(inner) };
      return by(read) ?? read;
    }
    case "not":
      return { ...of, of: inner(of.of) };
    case "binary":
      return { ...of, left: inner(of.left), right: inner(of.right) };
    case "if":
      return { ...of, test: inner(of.test), then: inner(of.then), else: inner(of.else) };
    case "some":
    case "every":
    case "count":
      return { ...of, body: inner(of.body) };
  }
}

/** The expression with `value` in the place of what is read at an element. */
function substitute(of: Expr, to: Element, value: Expr): Expr {
  const inner = (part: Expr): Expr => substitute(part, to, value);
  switch (of.op) {
    case "const":
    case "bound":
    case "cpu":
    case "home":
    case "self":
    case "process":
    case "inside":
    case "ended":
      return of;
    case "read": {
      const read = { ...of, index: of.index.map(inner) };
      if (of.variable !== to.variable) return read;
      const meets = and(...read.index.map((at, k) => equal(at, to.index[k] ?? at)));
      return choice(simplified(meets), value, read);
    }
    case "not":
      return simplified({ ...of, of: inner(of.of) });
    case "binary":
      return simplified({ ...of, left: inner(of.left), right: inner(of.right) });
    case "if":
      return choice(inner(of.test), inner(of.then), inner(of.else));
    case "some":
    case "every":
    case "count":
      return { ...of, body: inner(of.body) };
  }
}

const equal = (a: Expr, b: Expr): Expr => {
  if (same(a, b)) return { op: "const", value: 1 };
  if (a.op === "const" && b.op === "const") return { op: "const", value: 0 };
  return eq(a, b);
};

function choice(test: Expr, then: Expr, otherwise: Expr): Expr {
  if (test.op === "const") return test.value === 0 ? otherwise : then;
  if (isTruth(then) && isTruth(otherwise)) {
    return simplified(
      or(simplified(and(test, then)), simplified(and(simplified(not(test)), otherwise))),
    );
  }
  return { op: "if", test, then, else: otherwise };
}

/** Whether an expression is 0 or 1 by its form. */
function isTruth(of: Expr): boolean {
  switch (of.op) {
    case "not":
    case "some":
    case "every":
      return true;
    case "binary":
      return !isArithmetic(of.by);
    case "const":
      return of.value === 0 || of.value === 1;
    case "read":
      return of.variable.domain.kind === "bool";
    case "if":
      return isTruth(of.then) && isTruth(of.else);
    case "bound":
    case "cpu":
    case "home":
    case "self":
    case "process":
    case "inside":
    case "count":
      return false;
    case "ended":
      return true;
  }
}

/** Returns that both hold, simplified: what it is worth, but for being 0 or not, does not matter. */
export function conjunction(a: Expr, b: Expr): Expr {
  if (a.op === "const") return a.value === 0 ? a : b;
  if (b.op === "const") return b.value === 0 ? b : a;
  return and(a, b);
}

/** Returns an expression whose parts are simple, itself simplified. */
function simplified(of: Expr): Expr {
  if (of.op === "not") {
    if (of.of.op === "const") return { op: "const", value: of.of.value === 0 ? 1 : 0 };
    return of.of.op === "not" && isTruth(of.of.of) ? of.of.of : of;
  }
  if (of.op !== "binary") return of;
  const { by, left, right } = of;
  if (left.op === "const" && right.op === "const") {
    return { op: "const", value: apply(by, left.value, right.value) };
  }
  // Who is picked, or runs this, is somebody.
  if ((by === "==" || by === "!=") && isSomebody(left) && right.op === "const" && right.value < 0) {
    return truth(by === "!=");
  }
  if (by !== "and" && by !== "or") return of;
  const [known, other] = left.op === "const" ? [left, right] : [right, left];
  if (known.op !== "const") return of;
  const neutral = by === "and";
  if ((known.value !== 0) !== neutral) return truth(!neutral);
  return isTruth(other) ? other : of;
}

const isSomebody = (of: Expr): boolean => of.op === "bound" || of.op === "cpu" || of.op === "self";

const truth = (of: boolean): Expr => ({ op: "const", value: of ? 1 : 0 });

/** Returns whether two expressions are the same text. */
export function same(a: Expr, b: Expr): boolean {
  if (a === b) return true;
  switch (a.op) {
    case "const":
      return b.op === "const" && a.value === b.value;
    case "cpu":
    case "home":
    case "self":
      return b.op === a.op;
    case "inside":
      return b.op === "inside" && a.section === b.section;
    case "process":
      return b.op === "process" && a.name === b.name;
    case "ended":
      return b.op === "ended" && a.process === b.process;
    case "bound":
      return b.op === "bound" && a.name === b.name && a.set === b.set;
    case "read":
      return (
        b.op === "read" &&
        a.variable === b.variable &&
        a.index.every((at, k) => same(at, b.index[k] ?? { op: "const", value: NaN }))
      );
    case "not":
      return b.op === "not" && same(a.of, b.of);
    case "binary":
      return b.op === "binary" && a.by === b.by && same(a.left, b.left) && same(a.right, b.right);
    case "if":
      return b.op === "if" && same(a.test, b.test) && same(a.then, b.then) && same(a.else, b.else);
    case "some":
    case "every":
    case "count":
      return b.op === a.op && a.set === b.set && a.name === b.name && same(a.body, b.body);
  }
}
