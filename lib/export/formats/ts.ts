/**
 * `ts`: a plain script that does what the notebook does, its prose in comments.
 *
 * Where a cell declares a name again, a block opens and holds the rest of the script: the later cells
 * see the new name and the earlier functions keep the old one, just as in the notebook.
 */
import ts from "typescript";
import { cellTags, cutEdition, fileStem, withoutRuns, type Edition } from "../source/edition.js";
import { eachNotebook } from "../format.js";
import type { Cell } from "../source/notebook.js";
import { foldedAs, scaffoldingOf, type Scaffolding } from "../source/scaffolding.js";
import { valueNames } from "../runtime/names.js";

interface Imported {
  /** Module to the named imports, local name to exported name. */
  readonly named: Map<string, Map<string, string>>;
  /** Whole import statements that name no parts. */
  readonly other: Set<string>;
}

/** Returns the text of the script. */
function scriptOf(title: string, cells: readonly Cell[], file: string, edition: Edition): string {
  const imported: Imported = { named: new Map(), other: new Set() };
  const values = new Set(
    cells.flatMap((cell) => (cell.kind === "code" ? [...valueNames(cell.source)] : [])),
  );
  const scaffolding = scaffoldingOf(cells);
  const body: string[] = [];
  let scope = new Set<string>();
  let blocks = 0;
  for (const [at, cell] of cells.entries()) {
    if (cell.kind === "markdown") {
      body.push(markOf(cell.tags) + comment(relinked(cell.source, edition)));
      continue;
    }
    const { text, declared } = cellScript(cell.source, imported);
    const again = declared.filter((name) => scope.has(name));
    if (again.length > 0) {
      body.push(`// Declared anew from here on: ${again.join(", ")}.\n{`);
      blocks += 1;
      scope = new Set();
    }
    for (const name of declared) scope.add(name);
    if (text !== "") body.push(markOf(cell.tags) + foldable(text, scaffolding[at]));
  }
  const header = [
    `// ${title}`,
    "//",
    "// Run it in a folder inside the lab's project, where the package lockdep-lab is found:",
    `//   npx esbuild --format=esm ${file} | node --input-type=module -`,
    "// or, with Node 22.18 and later, which reads TypeScript itself:",
    `//   node ${file}`,
    "",
    ...importLines(imported, values, body.join("\n")),
    "",
    "/** Prints the value of a cell's last expression. */",
    "function printValue(value: unknown): void {",
    "  if (value !== undefined && value !== null) console.log(value);",
    "}",
  ];
  return `${header.join("\n")}\n\n${body.join("\n\n")}\n${"}\n".repeat(blocks)}`;
}

function markOf(tags: readonly string[]): string {
  if (tags.includes(cellTags.solution)) return "// Solution\n";
  if (tags.includes(cellTags.hiddenTest)) return "// Hidden test\n";
  return tags.includes(cellTags.exercise) ? "// Your turn\n" : "";
}

/** Between marks that editors fold. */
function foldable(text: string, why: Scaffolding): string {
  return why === undefined ? text : `// #region ${foldedAs(why)}\n${text}\n// #endregion`;
}

/** Links lead to the scripts of other notebooks. */
function relinked(prose: string, edition: Edition): string {
  return prose.replace(
    /(\]\((?:\.\/)?)([\w.-]+)\.ipynb(?=[#)])/g,
    (_, open: string, name: string) => `${open}${fileStem(name, edition)}.ts`,
  );
}

function comment(prose: string): string {
  return prose
    .split("\n")
    .map((line) => (line === "" ? "//" : `// ${line}`))
    .join("\n");
}

/** What only a cell that another edition has would use is not imported. */
function importLines(
  { named, other }: Imported,
  values: ReadonlySet<string>,
  body: string,
): string[] {
  const words = new Set(body.match(/[\w$]+/g));
  const lines = [...named].flatMap(([module, names]) => {
    const used = [...names].filter(([local]) => words.has(local));
    const parts = used.map(([local, exported]) => {
      const name = local === exported ? local : `${exported} as ${local}`;
      return values.has(local) ? name : `type ${name}`;
    });
    if (parts.length === 0) return [];
    return [
      `import {\n${parts
        .sort()
        .map((part) => `  ${part},\n`)
        .join("")}} from ${JSON.stringify(module)};`,
    ];
  });
  return lines.length + other.size === 0 ? ["export {};"] : [...lines, ...other];
}

interface CellScript {
  readonly text: string;
  readonly declared: readonly string[];
}

function cellScript(source: string, imported: Imported): CellScript {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest, true);
  const declared: string[] = [];
  const cuts: { start: number; end: number; text: string }[] = [];
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) {
      takeImport(statement, source, imported);
      cuts.push({ start: statement.getStart(), end: statement.end, text: "" });
    } else {
      declared.push(...namesDeclared(statement));
    }
  }
  const last = file.statements.at(-1);
  if (last !== undefined && ts.isExpressionStatement(last)) {
    const text = `printValue(${last.expression.getText()});`;
    cuts.push({ start: last.getStart(), end: last.end, text });
  }
  const text = cuts.reduceRight(
    (rest, cut) => rest.slice(0, cut.start) + cut.text + rest.slice(cut.end),
    source,
  );
  return { text: text.trim(), declared };
}

function takeImport(statement: ts.ImportDeclaration, source: string, imported: Imported): void {
  const { importClause, moduleSpecifier } = statement;
  const bindings = importClause?.namedBindings;
  if (
    !ts.isStringLiteral(moduleSpecifier) ||
    importClause?.name !== undefined ||
    bindings === undefined ||
    !ts.isNamedImports(bindings)
  ) {
    imported.other.add(source.slice(statement.getStart(), statement.end));
    return;
  }
  const names = imported.named.get(moduleSpecifier.text) ?? new Map<string, string>();
  imported.named.set(moduleSpecifier.text, names);
  for (const { name, propertyName } of bindings.elements) {
    names.set(name.text, (propertyName ?? name).text);
  }
}

function namesDeclared(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => bound(name));
  }
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement)
  ) {
    return statement.name === undefined ? [] : [statement.name.text];
  }
  return [];
}

function bound(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : bound(element.name),
  );
}

/** The format. */
export const script = eachNotebook(({ notebook }, { edition }) => {
  const path = `${fileStem(notebook.name, edition)}.ts`;
  const { cells, title } = cutEdition(withoutRuns(notebook), edition);
  return Promise.resolve([{ path, data: scriptOf(title, cells, path, edition) }]);
});
