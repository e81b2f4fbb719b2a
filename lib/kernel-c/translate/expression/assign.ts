/** Expressions that change a variable. */
import type { Expression } from "../../parse/ast.js";
import type { Body } from "../context/context.js";
import { lookUp } from "./names.js";
import { binary } from "./operators.js";
import { type Value, literal } from "../context/values.js";

export function assign(body: Body, of: Expression & { readonly kind: "assign" }): Value {
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

export function update(body: Body, of: Expression & { readonly kind: "update" }): Value {
  const place = body.place(of.of);
  const before = body.load(place, of.of.at);
  // What the expression is worth is asked after the variable has changed.
  const kept = of.prefix ? before : body.frozen(before, of.at);
  const after = binary(body, of.operator === "++" ? "+" : "-", before, literal(1), of.at);
  body.store(place, after, of.at, of.text);
  return of.prefix ? after : kept;
}
