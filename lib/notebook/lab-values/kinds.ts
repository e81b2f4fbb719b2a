/** Which expressions of a text are values of the lab, by their types. */
import type ts from "typescript";

/** What the state has a value of, or what stands in a scenario: a lock, a list, a statement. */
export type LabValue = "value" | "object";

/** Where the words of scenarios are declared. */
const words = /[\\/]machine[\\/](?:language|kernel)/;

/** Returns what an expression always is; null where it may be something else, or missing. */
export function labValue(
  typescript: typeof ts,
  checker: ts.TypeChecker,
  of: ts.Expression,
): LabValue | null {
  const type = checker.getTypeAtLocation(of);
  const parts = type.isUnion() ? type.types : [type];
  const kinds = parts.map((part) => kindOf(typescript, part));
  if (kinds.includes(null)) return null;
  return kinds.includes("object") ? "object" : "value";
}

function kindOf(typescript: typeof ts, type: ts.Type): LabValue | null {
  const [declaration] = symbolOf(type)?.declarations ?? [];
  for (let node: ts.Node | undefined = declaration; node !== undefined; node = parentOf(node)) {
    if (!typescript.isTypeAliasDeclaration(node) && !typescript.isInterfaceDeclaration(node)) {
      continue;
    }
    if (!words.test(moduleOf(typescript, node))) return null;
    return /^(?:Expr|Element|Variable)$/.test(node.name.text) ? "value" : "object";
  }
  return null;
}

/** Numbers and their kin have none. */
const symbolOf = ({ symbol }: { readonly symbol?: ts.Symbol }): ts.Symbol | undefined => symbol;

/** Returns the node around one, where there is any. */
export const parentOf = ({ parent }: { readonly parent?: ts.Node }): ts.Node | undefined => parent;

/** The module that a node is declared in: of a file with many, its name; else that of the file. */
function moduleOf(typescript: typeof ts, from: ts.Node): string {
  for (let node: ts.Node | undefined = from; node !== undefined; node = parentOf(node)) {
    if (typescript.isModuleDeclaration(node)) return node.name.text;
  }
  return from.getSourceFile().fileName;
}
