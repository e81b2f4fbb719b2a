/** `if`: one of two ways, by a condition. */
import { type Expr, type Statement, either, not, step } from "../../../machine/index.js";
import type { Expression } from "../../parse/ast.js";
import type { Body } from "../context/context.js";

/**
 * Goes on with one of two, by a condition.
 *
 * @param isJumpedInto whether labels stand in them, which makes them of use even where the condition is known
 */
export function branch(
  body: Body,
  test: Expression,
  then: () => void,
  otherwise: () => void,
  isJumpedInto = { then: false, otherwise: false },
): void {
  const holds = body.truth(test);
  if (holds.op === "const") {
    const [taken, left] = holds.value !== 0 ? [then, otherwise] : [otherwise, then];
    taken();
    if (holds.value !== 0 ? isJumpedInto.otherwise : isJumpedInto.then) {
      const label = body.fresh("behind");
      body.emit(test.at, { kind: "goto", name: label }, ...body.collect(left));
      body.emit(test.at, { kind: "label", name: label });
    }
    return;
  }
  const one = body.collect(then);
  const other = body.collect(otherwise);
  if (one.length > 0 || other.length > 0) body.emit(test.at, onTest(holds, test.text, one, other));
}

/** A branch whose steps are named by the text of its condition. */
export const onTest = (
  test: Expr,
  text: string,
  then: readonly Statement[],
  otherwise: readonly Statement[],
): Statement =>
  either(
    [step(text, { when: test }), ...then],
    [step(`!(${text})`, { when: not(test) }), ...otherwise],
  );
