/** Where a cell makes objects, so that a heap watch can be told of them. */
import type { AnyNode, Program } from "acorn";
import { fullAncestor } from "acorn-walk";

/** An expression whose value is a new object. */
export interface Allocation {
  readonly start: number;
  readonly end: number;
}

/** What JavaScript's own functions of these names return is new. */
const makers: ReadonlySet<string> = new Set([
  ...["from", "of", "map", "filter", "slice", "concat", "flat", "flatMap", "fill", "split"],
  ...["toSorted", "toReversed", "toSpliced", "fromEntries", "entries", "keys", "values"],
  ...["parse", "create", "assign", "structuredClone"],
]);

/** Returns the expressions of the cell. */
export function allocationsIn(program: Program): readonly Allocation[] {
  const found: Allocation[] = [];
  fullAncestor(program, (node, _, path) => {
    const parent = path.at(-2);
    if (makes(node, parent) && !isNamedInErrors(node, parent)) found.push(node);
  });
  return found;
}

function makes(node: AnyNode, parent: AnyNode | undefined): boolean {
  switch (node.type) {
    case "ObjectExpression":
    case "ArrayExpression":
    case "NewExpression":
      return true;
    case "CallExpression":
      return makers.has(calledName(node.callee));
    // A function takes the name of what it is assigned to: the assignment is counted in its place.
    case "AssignmentExpression":
      return node.operator === "=" && isFunction(node.right);
    case "ArrowFunctionExpression":
    case "FunctionExpression":
      return parent?.type === "ReturnStatement" || parent?.type === "ArrowFunctionExpression";
    default:
      return false;
  }
}

const isFunction = ({ type }: AnyNode): boolean =>
  type === "ArrowFunctionExpression" || type === "FunctionExpression";

function calledName(callee: AnyNode): string {
  if (callee.type === "Identifier") return callee.name;
  return callee.type === "MemberExpression" && callee.property.type === "Identifier"
    ? callee.property.name
    : "";
}

/** JavaScript's messages quote these expressions: "new Thing() is not iterable", "f(...).g is not a function". */
function isNamedInErrors(node: AnyNode, parent: AnyNode | undefined): boolean {
  switch (parent?.type) {
    case "VariableDeclarator":
      return parent.id.type !== "Identifier";
    case "AssignmentExpression":
      return parent.left.type === "ArrayPattern" || parent.left.type === "ObjectPattern";
    case "MemberExpression":
      return parent.object === node;
    case "CallExpression":
    case "NewExpression":
      return parent.callee === node;
    case "ForOfStatement":
    case "SpreadElement":
    case "ChainExpression":
    case "ClassDeclaration":
    case "ClassExpression":
    case "YieldExpression":
      return true;
    default:
      return false;
  }
}
