/**
 * Values of a scenario where JavaScript asks whether they are true, or the same. It asks once, where the text is read,
 * and takes any object for true: `!x` is false and `x && y` is y, whatever the state. Only types tell that an operand is
 * such a value.
 */
import type ts from "typescript";
import { type LabValue, labValue, parentOf } from "./kinds.js";
import { type Question, questionIn } from "./questions.js";

/** A condition that says nothing of a state, by its place in the file's text. */
export interface LostCondition {
  readonly start: number;
  readonly length: number;
  /** Names the call, the operand and what to write. */
  readonly message: string;
}

/**
 * Returns the conditions of a file that ask JavaScript about a value of the lab.
 *
 * @param typescript the compiler that has made the checker
 * @param file with parents, as a program has them
 */
export function lostConditions(
  typescript: typeof ts,
  checker: ts.TypeChecker,
  file: ts.SourceFile,
): LostCondition[] {
  const found: LostCondition[] = [];
  const meet = (node: ts.Node): void => {
    const question = questionIn(typescript, node);
    const lost = question === null ? null : lostOperand(typescript, checker, question);
    if (question !== null && lost !== null) {
      const start = node.getStart(file);
      const end = typescript.isStatement(node) ? lost.operand.getEnd() : node.getEnd();
      const call = callAround(typescript, node, file);
      const message = `${call === null ? "" : `${call}(): `}${messageFor(question, lost, file)}`;
      found.push({ start, length: end - start, message });
    }
    typescript.forEachChild(node, meet);
  };
  meet(file);
  return found;
}

interface LostOperand {
  readonly operand: ts.Expression;
  readonly what: LabValue;
}

function lostOperand(
  typescript: typeof ts,
  checker: ts.TypeChecker,
  { operands, compares }: Question,
): LostOperand | null {
  for (const operand of operands) {
    const what = labValue(typescript, checker, operand);
    // Whether a lock is that very lock can be asked where the text is read.
    if (what === null || (compares && what === "object")) continue;
    const others = operands.filter((one) => one !== operand);
    if (others.every((one) => isSomething(typescript, one))) return { operand, what };
  }
  return null;
}

/** Whether an expression is more than the name of nothing, which any value may be compared with. */
function isSomething({ SyntaxKind, isIdentifier }: typeof ts, one: ts.Expression): boolean {
  return one.kind !== SyntaxKind.NullKeyword && !(isIdentifier(one) && one.text === "undefined");
}

/** So long a text is not said again. */
const longest = 60;

function messageFor(
  { compares, instead }: Question,
  { operand, what }: LostOperand,
  file: ts.SourceFile,
): string {
  const textOf = (part: ts.Node, otherwise: string): string => {
    const text = part.getText(file);
    return text.length > longest || text.includes("\n") ? otherwise : text;
  };
  const name = textOf(operand, "this");
  if (what === "object") {
    return `${name} is part of the scenario, and JavaScript takes it for true whatever happens; ask for what the state has of it, as list_empty(...) and eq(x, y) do`;
  }
  const does = compares
    ? "JavaScript compares the objects"
    : "JavaScript takes it for true whatever happens";
  const same = compares ? "; Object.is(x, y) asks whether they are one variable" : "";
  return `${name} has no value before a scenario runs, and ${does}: write ${instead(textOf)}${same}`;
}

/** The call that a node is an argument of. */
function callAround(typescript: typeof ts, node: ts.Node, file: ts.SourceFile): string | null {
  let inner = node;
  for (let at = parentOf(node); at !== undefined; at = parentOf(at)) {
    if (typescript.isStatement(at)) return null;
    if (typescript.isCallExpression(at)) {
      return at.expression === inner ? null : at.expression.getText(file);
    }
    inner = at;
  }
  return null;
}
