/** Which names a cell declares for the notebook, and which it takes from outside itself. */
import type { ImportDeclaration, ImportExpression, Node, Pattern, Program } from "acorn";
import { ancestor, full } from "acorn-walk";

/** A name that no declaration of the cell covers, at one place. */
export interface FreeName {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Stands in `{name}` as key and value at once. */
  readonly shorthand: boolean;
  /** Stands behind `typeof`, which asks whether there is such a name. */
  readonly typeOf: boolean;
}

/** What a cell shares with the rest of its notebook. */
export interface Bindings {
  /** Names declared at the top level of the cell, imports included. */
  readonly declared: ReadonlySet<string>;
  readonly free: readonly FreeName[];
  readonly imports: readonly ImportDeclaration[];
  readonly dynamicImports: readonly ImportExpression[];
  /** Has an `await` outside any function. */
  readonly awaits: boolean;
}

const functions: ReadonlySet<string> = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
]);
const blocks: ReadonlySet<string> = new Set([
  ...functions,
  "Program",
  "BlockStatement",
  "ForStatement",
  "ForInStatement",
  "ForOfStatement",
  "SwitchStatement",
  "CatchClause",
  "StaticBlock",
]);

/** Returns the bindings of a parsed cell. */
export function bindingsOf(program: Program): Bindings {
  const scopes = declarations(program);
  const shorthands = new Set<number>();
  const typeOfs = new Set<number>();
  const imports: ImportDeclaration[] = [];
  const dynamicImports: ImportExpression[] = [];
  full(program, (node) => {
    if (node.type === "ObjectExpression" || node.type === "ObjectPattern") {
      for (const property of node.properties) {
        if (property.type === "Property" && property.shorthand) shorthands.add(property.start);
      }
    } else if (node.type === "UnaryExpression" && node.operator === "typeof") {
      typeOfs.add(node.argument.start);
    } else if (node.type === "ImportDeclaration") {
      imports.push(node);
    } else if (node.type === "ImportExpression") {
      dynamicImports.push(node);
    }
  });
  const free: FreeName[] = [];
  let awaits = false;
  const outside = (path: readonly Node[]): boolean =>
    !path.some((node) => functions.has(node.type) || node.type === "StaticBlock");
  const meet = (name: string, { start, end }: Node, path: readonly Node[]): void => {
    if (path.some((node) => scopes.get(node)?.has(name) === true)) return;
    if (name === "arguments" && !outside(path)) return;
    free.push({ name, start, end, shorthand: shorthands.has(start), typeOf: typeOfs.has(start) });
  };
  ancestor(program, {
    Identifier: (node, _, path) => {
      meet(node.name, node, path);
    },
    Pattern: (node, _, path) => {
      if (node.type === "Identifier") meet(node.name, node, path);
    },
    AwaitExpression: (_, __, path) => {
      awaits ||= outside(path);
    },
    ForOfStatement: (node, _, path) => {
      awaits ||= node.await && outside(path);
    },
  });
  const declared = scopes.get(program) ?? new Set<string>();
  return { declared, free: distinct(free), imports, dynamicImports, awaits };
}

/** The walker may meet one place as a pattern and as a name. */
function distinct(names: readonly FreeName[]): FreeName[] {
  return [...new Map(names.map((name) => [name.start, name])).values()];
}

/** Returns, for every node that opens a scope, the names declared in it. */
function declarations(program: Program): ReadonlyMap<Node, ReadonlySet<string>> {
  const scopes = new Map<Node, Set<string>>([[program, new Set()]]);
  const declare = (scope: Node | undefined, names: readonly string[]): void => {
    if (scope === undefined) return;
    const known = scopes.get(scope) ?? new Set();
    scopes.set(scope, known);
    for (const name of names) known.add(name);
  };
  const enclosing = (path: readonly Node[], kinds: ReadonlySet<string>): Node =>
    path.slice(0, -1).findLast((node) => kinds.has(node.type)) ?? program;
  const functionScope = new Set([...functions, "StaticBlock"]);

  ancestor(program, {
    VariableDeclaration: (node, _, path) => {
      const scope = enclosing(path, node.kind === "var" ? functionScope : blocks);
      declare(
        scope,
        node.declarations.flatMap(({ id }) => namesIn(id)),
      );
    },
    Function: (node, _, path) => {
      declare(node, node.params.flatMap(namesIn));
      if (node.id == null) return;
      const scope = node.type === "FunctionDeclaration" ? enclosing(path, blocks) : node;
      declare(scope, [node.id.name]);
    },
    Class: (node, _, path) => {
      if (node.id == null) return;
      const scope = node.type === "ClassDeclaration" ? enclosing(path, blocks) : node;
      declare(scope, [node.id.name]);
    },
    CatchClause: (node) => {
      declare(node, node.param == null ? [] : namesIn(node.param));
    },
    ImportDeclaration: (node) => {
      declare(
        program,
        node.specifiers.map(({ local }) => local.name),
      );
    },
  });
  return scopes;
}

/** Returns the names that a pattern binds. */
export function namesIn(pattern: Pattern): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === "Property" ? property.value : property.argument),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => (element === null ? [] : namesIn(element)));
    case "AssignmentPattern":
      return namesIn(pattern.left);
    case "RestElement":
      return namesIn(pattern.argument);
    case "MemberExpression":
      return [];
  }
}
