/** Which variables statements use. */
import {
  type Effect,
  type Expr,
  type Statement,
  type Variable,
  partsOf,
} from "../../../machine/index.js";

/** Returns the variables that statements read and write. */
export function variablesIn(body: readonly Statement[]): readonly Variable[] {
  return body.flatMap((of): readonly Variable[] => {
    switch (of.kind) {
      case "step":
        return [...inExpression(of.guard), ...of.effects.flatMap(inEffect)];
      case "choose":
        return variablesIn([of.step]);
      case "call":
      case "section":
        return variablesIn(of.body);
      case "while":
        return [...(of.test === null ? [] : inExpression(of.test)), ...variablesIn(of.body)];
      case "until":
        return [
          ...of.exits.flatMap(({ test, then }) => [...inExpression(test), ...variablesIn(then)]),
          ...variablesIn(of.body),
        ];
      case "if":
        return [...inExpression(of.test), ...variablesIn(of.then), ...variablesIn(of.else)];
      case "either":
        return variablesIn(of.arms.flat());
      case "annotate":
      case "break":
      case "continue":
      case "return":
      case "label":
      case "goto":
        return [];
    }
  });
}

const inExpression = (of: Expr): readonly Variable[] => [
  ...(of.op === "read" ? [of.variable] : []),
  ...partsOf(of).flatMap(inExpression),
];

function inEffect(of: Effect): readonly Variable[] {
  switch (of.kind) {
    case "assign":
      return [...inExpression(of.to), ...inExpression(of.value)];
    case "if":
      return [...inExpression(of.test), ...[...of.then, ...of.else].flatMap(inEffect)];
    case "each":
      return of.body.flatMap(inEffect);
    case "check":
      return inExpression(of.test);
  }
}
