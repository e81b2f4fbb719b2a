/** The names that a cell declares, uses and imports, read from its text. */
import {
  parse,
  type Expression,
  type ModuleDeclaration,
  type Program,
  type Statement,
} from "acorn";
import { transform } from "sucrase";
import { bindingsOf, namesIn } from "./bindings.js";

/** What one cell does with names. */
export interface CellNames {
  readonly declares: ReadonlySet<string>;
  readonly imports: ReadonlySet<string>;
  /** Names taken by a `const` out of another name: `const { explore } = lab`. */
  readonly taken: readonly { readonly names: readonly string[]; readonly from: string }[];
  readonly uses: ReadonlySet<string>;
  /** Each function that the cell declares, and the names that it uses when it is called. */
  readonly functions: ReadonlyMap<string, ReadonlySet<string>>;
  /** Nothing stands in the cell but imports, names taken out of these, and what is loaded: `await loadKernelC()`. */
  readonly onlyImports: boolean;
  /** The cell is one call of `show()`: its output is what it is for. */
  readonly onlyShows: boolean;
}

const none: CellNames = {
  declares: new Set(),
  imports: new Set(),
  taken: [],
  uses: new Set(),
  functions: new Map(),
  onlyImports: false,
  onlyShows: false,
};

/**
 * Returns the names of a cell. One that does not parse has those that it would declare, so that who needs them
 * is led to it: running it says what is wrong.
 */
export function cellNames(source: string): CellNames {
  const program = programOf(source);
  if (program === undefined) return { ...none, declares: meantIn(source) };
  const { declared, free, imports } = bindingsOf(program);
  return {
    declares: declared,
    imports: new Set(imports.flatMap((one) => one.specifiers.map(({ local }) => local.name))),
    taken: program.body.flatMap((node) =>
      node.type === "VariableDeclaration" && node.kind === "const"
        ? node.declarations.flatMap(({ id, init }) =>
            init?.type === "Identifier" ? [{ names: namesIn(id), from: init.name }] : [],
          )
        : [],
    ),
    uses: new Set(free.map(({ name }) => name)),
    functions: new Map(program.body.flatMap((node) => functionsIn(program, node))),
    onlyImports: imports.length > 0 && program.body.every(isImportOrLoad),
    onlyShows: program.body.length === 1 && program.body.every(isShow),
  };
}

/** The names that text which does not parse seems to declare. */
function meantIn(source: string): ReadonlySet<string> {
  const declarations = source.matchAll(
    /\b(?:const|let|var|function\*?|class|enum)\s+([A-Za-z_$][\w$]*)/g,
  );
  return new Set([...declarations].map(([, name = ""]) => name));
}

/** Returns the names that a cell takes as values from its imports, from other cells or from the globals. */
export function valueNames(source: string): ReadonlySet<string> {
  const program = programOf(source);
  if (program === undefined) return none.uses;
  const body = program.body.filter((node) => node.type !== "ImportDeclaration");
  return new Set(bindingsOf({ ...program, body }).free.map(({ name }) => name));
}

function isImportOrLoad(node: Statement | ModuleDeclaration): boolean {
  if (node.type === "ImportDeclaration") return true;
  return (
    node.type === "VariableDeclaration" &&
    node.declarations.every(({ init }) => init?.type === "Identifier" || isLoad(init))
  );
}

/** What is awaited and asked for with nothing: `await loadKernelC()`. */
function isLoad(init: Expression | null | undefined): boolean {
  return (
    init?.type === "AwaitExpression" &&
    init.argument.type === "CallExpression" &&
    init.argument.callee.type === "Identifier" &&
    init.argument.arguments.length === 0
  );
}

function isShow(node: Statement | ModuleDeclaration): boolean {
  if (node.type !== "ExpressionStatement") return false;
  const { expression } = node;
  const call = expression.type === "AwaitExpression" ? expression.argument : expression;
  return (
    call.type === "CallExpression" &&
    call.callee.type === "Identifier" &&
    call.callee.name === "show"
  );
}

type Declared = readonly [name: string, uses: ReadonlySet<string>];

function functionsIn(program: Program, node: Statement | ModuleDeclaration): Declared[] {
  const usedIn = (body: Program["body"]): ReadonlySet<string> =>
    new Set(bindingsOf({ ...program, body }).free.map(({ name }) => name));
  switch (node.type) {
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return [[node.id.name, usedIn([node])]];
    case "VariableDeclaration":
      return node.declarations.flatMap((declaration): Declared[] => {
        const { id, init } = declaration;
        const isFunction =
          init?.type === "ArrowFunctionExpression" || init?.type === "FunctionExpression";
        if (!isFunction || id.type !== "Identifier") return [];
        return [[id.name, usedIn([{ ...node, declarations: [declaration] }])]];
      });
    default:
      return [];
  }
}

function programOf(source: string): Program | undefined {
  try {
    const { code } = transform(source, {
      transforms: ["typescript"],
      disableESTransforms: true,
      keepUnusedImports: true,
    });
    return parse(code, {
      ecmaVersion: "latest",
      sourceType: "module",
      allowAwaitOutsideFunction: true,
    });
  } catch {
    return undefined;
  }
}
