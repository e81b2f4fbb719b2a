/** The order of a lock's instances that `lockdep_set_lock_cmp_fn()` gives: a function of two addresses, read as numbers. */
import type { Span } from "../../errors/index.js";
import type { CFunction, CStatement, Expression } from "../../parse/ast.js";
import { withArguments } from "../expression/macro/macros.js";

/** How a comparison is evaluated. */
export interface OrderWith {
  /** The value of an expression without names that change; null if there is none. */
  readonly constant: (of: Expression) => number | null;
  readonly refuse: (at: Span, message: string) => never;
}

/** Tells which of two instances comes first, by their indices. */
export type Compare = (first: readonly number[], second: readonly number[]) => number;

type Names = ReadonlyMap<string, Expression>;

/** Returns what a function says of two instances: an address is the number of the element. */
export function lockOrder(of: CFunction, with_: OrderWith): Compare {
  const [a, b] = of.parameters;
  if (a === undefined || b === undefined || of.parameters.length !== 2) {
    return with_.refuse(of.at, `${of.name}(): a comparison takes the addresses of two locks`);
  }
  const compare: Compare = ([first = 0], [second = 0]) => {
    const names = new Map([
      [a.name, numeral(a.at, first)],
      [b.name, numeral(b.at, second)],
    ]);
    const result = returned(of.body, names, with_);
    return result ?? with_.refuse(of.at, `${of.name}(): it returns nothing`);
  };
  // What cannot be read is refused where it is declared.
  compare([0], [1]);
  compare([1], [0]);
  return compare;
}

const numeral = (at: Span, value: number): Expression => ({
  at,
  text: String(value),
  kind: "number",
  value,
});

function returned(body: readonly CStatement[], names: Names, with_: OrderWith): number | null {
  for (const statement of body) {
    const result = after(statement, names, with_);
    if (result !== null) return result;
  }
  return null;
}

function after(statement: CStatement, names: Names, with_: OrderWith): number | null {
  switch (statement.kind) {
    case "return":
      return statement.value === null ? null : value(statement.value, names, with_);
    case "if": {
      const arm = value(statement.test, names, with_) === 0 ? statement.else : statement.then;
      return arm === null ? null : after(arm, names, with_);
    }
    case "block":
      return returned(statement.body, names, with_);
    case "empty":
      return null;
    default:
      return with_.refuse(statement.at, "a comparison is made of if and return here");
  }
}

function value(of: Expression, names: Names, with_: OrderWith): number {
  const known = with_.constant(withArguments(of, names));
  return (
    known ??
    with_.refuse(
      of.at,
      `${of.text}: a comparison looks at the two addresses here, and at nothing that they lead to`,
    )
  );
}
