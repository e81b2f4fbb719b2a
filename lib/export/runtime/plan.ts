/** Which cells above must run first, so that a reader can run any cell of a page just opened. */
import { parse, type Program } from "acorn";
import { transform } from "sucrase";
import { bindingsOf, namesIn } from "./bindings.js";
import type { CellSource } from "./protocol.js";

interface Names {
  readonly declares: ReadonlySet<string>;
  readonly imports: ReadonlySet<string>;
  /** Names taken by a `const` out of another name: `const { explore } = lab`. */
  readonly taken: readonly { readonly names: readonly string[]; readonly from: string }[];
  readonly uses: ReadonlySet<string>;
}

/**
 * Returns the cells above `cell` that it needs and that have not run, in their order.
 *
 * Needed is the nearest cell that declares a name it uses, and every cell between the two that uses
 * the same name, for it may have changed what the name stands for; an imported name cannot change, nor
 * what was taken out of one.
 */
export function cellsNeeded(
  cell: CellSource,
  above: readonly CellSource[],
  hasRun: (cell: CellSource) => boolean,
): CellSource[] {
  const names = above.map(namesOf);
  const needed = new Set<number>();
  const imported = fixedNames(names);
  const visit = (uses: Iterable<string>, before: number): void => {
    for (const name of uses) {
      const from = names.findLastIndex(({ declares }, at) => at < before && declares.has(name));
      if (from < 0) continue;
      add(from);
      if (imported.has(name)) continue;
      names.forEach((other, at) => {
        if (at > from && at < before && other.uses.has(name)) add(at);
      });
    }
  };
  const add = (at: number): void => {
    const other = above[at];
    if (needed.has(at) || other === undefined || hasRun(other)) return;
    needed.add(at);
    visit(names[at]?.uses ?? [], at);
  };
  visit(namesOf(cell).uses, above.length);
  return above.filter((_, at) => needed.has(at));
}

/** Returns the names that a cell takes as values from its imports, from other cells or from the globals. */
export function valueNames(source: string): ReadonlySet<string> {
  try {
    const program = programOf(source);
    const body = program.body.filter((node) => node.type !== "ImportDeclaration");
    return new Set(bindingsOf({ ...program, body }).free.map(({ name }) => name));
  } catch {
    return none;
  }
}

/** Imported names, and what was taken out of them. */
function fixedNames(cells: readonly Names[]): ReadonlySet<string> {
  const fixed = new Set(cells.flatMap(({ imports }) => [...imports]));
  for (const { taken } of cells) {
    for (const { names, from } of taken) {
      if (fixed.has(from)) for (const name of names) fixed.add(name);
    }
  }
  return fixed;
}

const none: ReadonlySet<string> = new Set();

/** A cell that does not parse needs nothing: running it will say what is wrong. */
function namesOf({ source }: CellSource): Names {
  try {
    const program = programOf(source);
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
    };
  } catch {
    return { declares: none, imports: none, taken: [], uses: none };
  }
}

function programOf(source: string): Program {
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
}
