/** The calls that stand in statements, wherever they do. */
import type { CStatement, Expression } from "../../parse/ast.js";
import { bodiesOf, expressionsOf, partsOf } from "../context/assignments.js";

type CallExpression = Extract<Expression, { readonly kind: "call" }>;

/** Returns all calls, in the order of the text. */
export function callsIn(all: readonly CStatement[]): readonly CallExpression[] {
  const found: CallExpression[] = [];
  const visit = (of: Expression): void => {
    if (of.kind === "call") found.push(of);
    partsOf(of).forEach(visit);
    if (of.kind === "block") of.body.forEach(visitStatement);
  };
  const visitStatement = (of: CStatement): void => {
    expressionsOf(of).forEach(visit);
    bodiesOf(of).forEach(visitStatement);
  };
  all.forEach(visitStatement);
  return found;
}
