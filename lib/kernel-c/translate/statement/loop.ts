/** `while`, `do` and `for`. */
import { step } from "../../../machine/index.js";
import { Refused, type Span } from "../../errors/index.js";
import type { CStatement, Expression } from "../../parse/ast.js";
import { type Body, type JumpTarget, frameOf } from "../context/context.js";
import { onTest } from "./branch.js";

/** The expressions of a loop: asked before and after a round, and done before the next. */
interface LoopParts {
  readonly before: Expression | null;
  readonly after: Expression | null;
  readonly next: Expression | null;
}

/** Does something again and again. */
export function loop(
  body: Body,
  at: Span,
  inner: CStatement,
  { before, after, next }: LoopParts,
): void {
  const frame = frameOf(body);
  const depth = frame.scopes.length;
  const out: JumpTarget = { label: body.fresh("break"), depth, used: false };
  const again: JumpTarget = { label: body.fresh("continue"), depth, used: false };
  const leaveUnless = (test: Expression): void => {
    const holds = body.truth(test);
    if (holds.op === "const" && holds.value !== 0) return;
    body.emit(test.at, onTest(holds, test.text, [], [{ kind: "break" }]));
  };
  frame.breaks.push(out);
  frame.continues.push(again);
  const round = body.collect(() => {
    if (before !== null)
      refusedAlone(() => {
        leaveUnless(before);
      });
    body.statements([inner]);
    if (again.used) body.emit(at, { kind: "label", name: again.label });
    if (after !== null)
      refusedAlone(() => {
        leaveUnless(after);
      });
    if (next !== null)
      refusedAlone(() => {
        body.discard(next);
      });
  });
  frame.breaks.pop();
  frame.continues.pop();
  const steps = round.length === 0 ? [step("loop")] : round;
  body.emit(at, { kind: "while", test: null, body: steps });
  if (out.used) body.emit(at, { kind: "label", name: out.label });
}

/** What is refused in one part of a loop hides nothing of the others. */
function refusedAlone(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}
