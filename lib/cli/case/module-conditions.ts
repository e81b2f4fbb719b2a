/** Whether the text of a module asks JavaScript about values of the lab, which no run of it could tell. */
import { fileURLToPath } from "node:url";
import { lostConditions } from "../../notebook/lab-values/index.js";

/** Whatever asks for a truth or compares, where comments and types are gone. */
const asks = /[!=]=|&&|\|\||![\w(]|\s\?\s|\b(?:if|while|for) ?\(/;

/** What the compiler needs of the lab: one file, of the same build. */
const declarations = fileURLToPath(new URL("../../../dist/lockdep-lab.d.ts", import.meta.url));

/**
 * Returns what is wrong with the conditions of a module and of those that it imports of its own, each with file, line
 * and column.
 *
 * @param script all of it as JavaScript: where nothing there asks anything, no compiler is loaded
 */
export async function lostInModule(file: string, script: string): Promise<readonly string[]> {
  if (!asks.test(script)) return [];
  const { default: ts } = await import("typescript");
  const program = ts.createProgram([file, declarations], {
    strict: true,
    allowJs: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    skipLibCheck: true,
    skipDefaultLibCheck: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const own = program
    .getSourceFiles()
    .filter((one) => !one.isDeclarationFile && !program.isSourceFileFromExternalLibrary(one));
  return own.flatMap((one) =>
    lostConditions(ts, checker, one).map(({ start, message }) => {
      const { line, character } = one.getLineAndCharacterOfPosition(start);
      return `${one.fileName}:${String(line + 1)}:${String(character + 1)}: ${message}`;
    }),
  );
}
