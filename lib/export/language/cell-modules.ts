/** Cells as modules of one program: each has the names of the cells above it, as a kernel gives them. */
import ts from "typescript";
import type { CellText } from "./messages.js";

/** A cell as a module; the cell's own text begins at `start`. */
export interface CellModule {
  readonly file: string;
  readonly text: string;
  readonly start: number;
}

/** Where the package is that cells import; cells are in a folder beside it. */
export const packageFolder = "/node_modules/lockdep-lab";

/** What one cell declares at its top level. */
interface Declared {
  readonly names: ReadonlySet<string>;
  /** Those that a later cell may assign to. */
  readonly assignable: ReadonlySet<string>;
}

/** Returns the modules of cells, in their order. */
export function cellModules(cells: readonly CellText[]): CellModule[] {
  const visible = new Map<string, { readonly module: string; readonly assignable: boolean }>();
  return cells.map(({ source }, at) => {
    const module = `./cell-${at + 1}`;
    const declared = declaredIn(source);
    const taken = [...visible].filter(([name]) => !declared.names.has(name));
    const head = taken.map(([name, from]) =>
      from.assignable
        ? // An imported binding cannot be assigned to.
          `declare let ${name}: typeof import("${from.module}").${name};`
        : `import { ${name} } from "${from.module}";`,
    );
    for (const name of declared.names) {
      visible.set(name, { module, assignable: declared.assignable.has(name) });
    }
    const before = `${head.join(" ")}\n`;
    return {
      file: `/cells/cell-${at + 1}.ts`,
      text: `${before}${source}\nexport { ${[...declared.names].join(", ")} };\n`,
      start: before.length,
    };
  });
}

function declaredIn(source: string): Declared {
  const names = new Set<string>();
  const assignable = new Set<string>();
  for (const statement of ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022)
    .statements) {
    if (ts.isVariableStatement(statement)) {
      const { declarations, flags } = statement.declarationList;
      for (const { name } of declarations) {
        for (const bound of namesIn(name)) {
          names.add(bound);
          if ((flags & ts.NodeFlags.Const) === 0) assignable.add(bound);
        }
      }
    } else if (ts.isImportDeclaration(statement)) {
      for (const name of importedBy(statement)) names.add(name);
    } else if (isNamed(statement) && statement.name !== undefined && statement.name.text !== "") {
      names.add(statement.name.text);
    }
  }
  return { names, assignable };
}

function isNamed(statement: ts.Statement): statement is ts.Statement & { name?: ts.Identifier } {
  return (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement)
  );
}

function namesIn(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return name.text === "" ? [] : [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : namesIn(element.name),
  );
}

function importedBy({ importClause }: ts.ImportDeclaration): string[] {
  const { name, namedBindings } = importClause ?? {};
  const all = namedBindings === undefined ? [] : boundBy(namedBindings);
  return [...(name === undefined ? [] : [name]), ...all].map(({ text }) => text);
}

function boundBy(bindings: ts.NamedImportBindings): ts.Identifier[] {
  if (ts.isNamespaceImport(bindings)) return [bindings.name];
  return bindings.elements.map(({ name }) => name);
}
