/** Where JavaScript asks for the truth of something, or whether two things are one. */
import type ts from "typescript";

/** What JavaScript asks, and the words of a scenario that ask it in each state. */
export interface Question {
  readonly operands: readonly ts.Expression[];
  /** Whether objects are compared, and not taken for true. */
  readonly compares: boolean;
  /** What to write, of texts for the operands and for what else stands there. */
  readonly instead: (of: (part: ts.Node, otherwise: string) => string) => string;
}

/** Returns what JavaScript asks in a node itself, not in its parts; null where that is nothing. */
export function questionIn(typescript: typeof ts, node: ts.Node): Question | null {
  const { SyntaxKind } = typescript;
  if (typescript.isPrefixUnaryExpression(node)) {
    const { operand, operator } = node;
    if (operator !== SyntaxKind.ExclamationToken) return null;
    return truth(operand, (of) => `not(${of(operand, "x")})`);
  }
  if (typescript.isConditionalExpression(node)) {
    const { condition, whenTrue, whenFalse } = node;
    return truth(
      condition,
      (of) => `cond(${of(condition, "x")}, ${of(whenTrue, "a")}, ${of(whenFalse, "b")})`,
    );
  }
  if (typescript.isIfStatement(node)) {
    return truth(node.expression, (of) => `if_(${of(node.expression, "x")}, [...])`);
  }
  if (typescript.isWhileStatement(node) || typescript.isDoStatement(node)) {
    return truth(node.expression, (of) => `while_(${of(node.expression, "x")}, [...])`);
  }
  if (typescript.isForStatement(node)) {
    const { condition } = node;
    return condition === undefined
      ? null
      : truth(condition, (of) => `while_(${of(condition, "x")}, [...])`);
  }
  return typescript.isBinaryExpression(node) ? ofTwo(typescript, node) : null;
}

function ofTwo({ SyntaxKind }: typeof ts, node: ts.BinaryExpression): Question | null {
  const { left, right } = node;
  const called = (name: string) => (of: (part: ts.Node, otherwise: string) => string) =>
    `${name}(${of(left, "x")}, ${of(right, "y")})`;
  switch (node.operatorToken.kind) {
    case SyntaxKind.AmpersandAmpersandToken:
      return truth(left, called("and"));
    case SyntaxKind.BarBarToken:
      return truth(left, called("or"));
    case SyntaxKind.EqualsEqualsToken:
    case SyntaxKind.EqualsEqualsEqualsToken:
      return { operands: [left, right], compares: true, instead: called("eq") };
    case SyntaxKind.ExclamationEqualsToken:
    case SyntaxKind.ExclamationEqualsEqualsToken:
      return { operands: [left, right], compares: true, instead: called("ne") };
    default:
      return null;
  }
}

const truth = (of: ts.Expression, instead: Question["instead"]): Question => ({
  operands: [of],
  compares: false,
  instead,
});
