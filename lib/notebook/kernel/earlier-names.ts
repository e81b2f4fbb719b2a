/**
 * Names of earlier cells where tslab's converter mistakes them for names of properties, and the reverse. It asks which
 * symbol stands at an identifier, and writes `exports.kept` where that is of an earlier cell: at the `kept` of
 * `{ kept }` stands the property, and at the `key` of `const { key: own } = kept` one that an earlier cell declared.
 */
import type ts from "typescript";

/** Goes through the parts of a node. */
type Visit = (
  node: ts.Node,
  visitor: ts.Visitor,
  context: ts.TransformationContext | undefined,
) => ts.Node;

/** Returns the function with which the converter goes through a cell. */
export const visitingEarlierNames =
  (typescript: typeof ts): Visit =>
  (node, visitor, context) =>
    typescript.visitEachChild(
      node,
      (part) => {
        if (typescript.isShorthandPropertyAssignment(part)) {
          return inFull(typescript, part, visitor);
        }
        return isKey(typescript, node, part) ? part : visitor(part);
      },
      context,
    );

/** Whether a part of a node names a property, which is none of the cells' variables whatever it is called. */
function isKey(typescript: typeof ts, node: ts.Node, part: ts.Node): boolean {
  if (!typescript.isIdentifier(part)) return false;
  if (typescript.isBindingElement(node)) return part === node.propertyName;
  return typescript.isPropertyAssignment(node) && part === node.name;
}

/** `{ kept }` as `{ kept: exports.kept }` where it is of an earlier cell, with what it is worth if undefined. */
function inFull(
  { factory, isExpression }: typeof ts,
  node: ts.ShorthandPropertyAssignment,
  visitor: ts.Visitor,
): ts.Node {
  const expression = (of: ts.Expression): ts.Expression => {
    const visited = visitor(of);
    return visited !== undefined && "kind" in visited && isExpression(visited) ? visited : of;
  };
  const { name, objectAssignmentInitializer } = node;
  const value = expression(name);
  const otherwise = objectAssignmentInitializer && expression(objectAssignmentInitializer);
  if (value === name) return factory.updateShorthandPropertyAssignment(node, name, otherwise);
  return factory.createPropertyAssignment(
    name.text,
    otherwise === undefined ? value : factory.createAssignment(value, otherwise),
  );
}

/**
 * Makes a program's checker say what a `{ kept }` stands for: the variable, not the property. The converter asks no
 * further.
 */
export function knowShorthands(typescript: typeof ts, program: ts.Program): void {
  const checkerOf = program.getTypeChecker.bind(program);
  const known = new WeakSet<ts.TypeChecker>();
  program.getTypeChecker = () => {
    const checker = checkerOf();
    if (!known.has(checker)) {
      known.add(checker);
      const symbolAt = checker.getSymbolAtLocation.bind(checker);
      checker.getSymbolAtLocation = (node) => {
        const parent = parentOf(node);
        return parent !== undefined &&
          typescript.isShorthandPropertyAssignment(parent) &&
          parent.name === node
          ? checker.getShorthandAssignmentValueSymbol(parent)
          : symbolAt(node);
      };
    }
    return checker;
  };
}

/** What the compiler makes of an enum has no parents. */
const parentOf = ({ parent }: { readonly parent?: ts.Node }): ts.Node | undefined => parent;
