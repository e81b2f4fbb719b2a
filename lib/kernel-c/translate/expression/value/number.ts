/** Values as numbers that can be counted with. */
import { type Expr, expr } from "../../../../machine/index.js";
import type { Span } from "../../../errors/index.js";
import type { Body } from "../../context/context.js";
import { type Value, numberOf } from "../../context/values.js";

/** Returns a value as a number that can be counted with. */
export function number(body: Body, value: Value, where: Span): Expr {
  if (value.kind === "number") {
    return value.sort === "cpu" ? numberOf(value.expr, body.shared.cpus) : value.expr;
  }
  if (value.kind === "null") return expr(0);
  if (value.kind === "pointer") {
    return numberOf(value.expr, body.shared.sizes.get(value.set.name) ?? 0);
  }
  return body.refuse(where, "a number is wanted here");
}
