/** What a call returns that the machine's statement does not say: what was so in the step in which it happens. */
import {
  type Domain,
  type Effect,
  type Expr,
  type Statement,
  assign,
  bool,
} from "../../../machine/index.js";
import type { Call } from "./call.js";

/**
 * Does statements; returns what something was in the step that changes it, if anybody looks at that.
 *
 * @param was what is looked at before the step's own effects
 */
export function returning(
  call: Call,
  statement: Statement,
  was: Expr,
  domain: Domain = bool,
): Expr {
  if (!call.isUsed) {
    call.emit(statement);
    return { op: "const", value: 0 };
  }
  const result = call.temporary(domain);
  call.emit(noting(statement, assign(result, was)));
  return result;
}

/** Returns a statement that notes something where it happens: in its last step, in each of its arms where they differ. */
function noting(of: Statement, note: Effect): Statement {
  switch (of.kind) {
    case "step":
      return { ...of, effects: [note, ...of.effects] };
    case "choose":
      return { ...of, step: { ...of.step, effects: [note, ...of.step.effects] } };
    case "call":
    case "section":
      return { ...of, body: inLast(of.body, note) };
    case "either":
      return { ...of, arms: of.arms.map((arm) => inFirst(arm, note)) };
    case "annotate":
    case "if":
    case "while":
    case "until":
    case "break":
    case "continue":
    case "return":
    case "label":
    case "goto":
      throw new TypeError(`a ${of.kind} is no step of a call`);
  }
}

const inFirst = ([first, ...rest]: readonly Statement[], note: Effect): readonly Statement[] =>
  first === undefined ? [] : [noting(first, note), ...rest];

const inLast = (all: readonly Statement[], note: Effect): readonly Statement[] =>
  all.map((one, k) => (k === all.length - 1 ? noting(one, note) : one));
