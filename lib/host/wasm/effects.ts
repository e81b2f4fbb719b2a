/** Instructions for what an expression does, where nobody asks for its value. */
import type { AssignmentExpression, Expression } from "acorn";
import { noValue, op } from "./binary.js";
import type { ExpressionWriter } from "./expressions.js";
import { instruction } from "./operators.js";
import { UnsupportedCode } from "./parser.js";

/** Writes an expression for what it does. */
export function writeEffect(to: ExpressionWriter, of: Expression): void {
  switch (of.type) {
    case "AssignmentExpression":
      writeAssignment(to, of);
      return;
    case "UpdateExpression":
      to.update(of, false);
      return;
    case "SequenceExpression":
      for (const one of of.expressions) writeEffect(to, one);
      return;
    case "CallExpression":
      if (to.call(of)) to.put(op.drop);
      return;
    case "LogicalExpression":
      if (of.operator !== "&&") throw new UnsupportedCode(of.operator);
      to.value(of.left);
      to.open(op.if, noValue);
      writeEffect(to, of.right);
      to.close();
      return;
    default:
      throw new UnsupportedCode(of.type);
  }
}

function writeAssignment(
  to: ExpressionWriter,
  { operator, left, right }: AssignmentExpression,
): void {
  const by = operator === "=" ? null : instruction(operator.slice(0, -1));
  if (left.type === "Identifier") {
    const local = to.local(left.name);
    if (by !== null) to.with(op.local_get, local);
    to.value(right);
    if (by !== null) to.put(by);
    to.with(op.local_set, local);
  } else if (left.type === "MemberExpression" && left.computed) {
    const offset = to.address(left);
    if (by === null) to.value(right);
    else
      to.changed(offset, by, () => {
        to.value(right);
      });
    to.store(offset);
  } else throw new UnsupportedCode(left.type);
}
