/** Loops that count: between which numbers their variable lies. */
import type { CStatement, Expression } from "../../parse/ast.js";
import { type Body, type Frame, frameOf } from "../context/context.js";

/** Returns the key of a local variable. */
export const localKey = ({ function: of }: Frame, name: string): string => `${of.name}.${name}`;

/** Notes the range of `i` in `for (i = 0; i < N; i++)`, if nothing else in the function assigns it. */
export function learnCounter(body: Body, of: CStatement & { readonly kind: "for" }): void {
  const frame = frameOf(body);
  const begin = startOf(of.first);
  const { test, next } = of;
  if (begin === null || test?.kind !== "binary" || next === null) return;
  const { name, declaredHere } = begin;
  const steps = stepOf(next, name);
  const first = body.shared.constant(begin.value);
  const bound = body.shared.constant(test.right);
  if (steps === null || first === null || bound === null) return;
  if (test.left.kind !== "name" || test.left.name !== name) return;
  // The update counts twice, and an assignment before the loop once.
  const assigned = (frame.assigned.get(name) ?? 0) - (declaredHere ? 2 : 3);
  if (assigned !== 0) return;
  const last = lastOf(test.operator, bound, steps);
  if (last === null) return;
  body.shared.learned.range(localKey(frame, name), {
    // A variable that is declared before the loop is 0 until then.
    min: Math.min(first, last, declaredHere ? first : 0),
    max: Math.max(first, last, declaredHere ? first : 0),
  });
}

/** Returns what the variable is when the loop ends. */
function lastOf(operator: string, bound: number, steps: 1 | -1): number | null {
  if (steps === 1) return operator === "<" ? bound : operator === "<=" ? bound + 1 : null;
  return operator === ">" ? bound : operator === ">=" ? bound - 1 : null;
}

function startOf(
  first: readonly CStatement[],
): { readonly name: string; readonly value: Expression; readonly declaredHere: boolean } | null {
  const [one, ...more] = first;
  if (one === undefined || more.length > 0) return null;
  if (one.kind === "expression" && one.of.kind === "assign" && one.of.to.kind === "name") {
    if (one.of.operator !== "=") return null;
    return { name: one.of.to.name, value: one.of.value, declaredHere: false };
  }
  if (one.kind !== "declare") return null;
  const [declared, ...others] = one.declared;
  if (declared?.init?.kind !== "value" || others.length > 0) return null;
  return { name: declared.name, value: declared.init.value, declaredHere: true };
}

function stepOf(next: Expression, name: string): 1 | -1 | null {
  if (next.kind !== "update" || next.of.kind !== "name" || next.of.name !== name) return null;
  return next.operator === "++" ? 1 : -1;
}
