/**
 * The names that a cell declares. Tslab's converter makes a program of each cell to learn them, exports them, and makes
 * another; they can be read off the cell's file alone.
 */
import type ts from "typescript";

/** What stands for the first program of a cell. */
export class DeclaredNames {
  /** Whether the next program is asked for names alone. */
  isNext = false;

  constructor(private readonly typescript: typeof ts & Binding) {}

  /**
   * Returns the program before, with the cell's file as it is now; null where a whole program is needed: there is none
   * before, the cell declares nothing, so that its first program is its last, or a file was found that was missing.
   */
  asked(
    host: ts.CompilerHost | undefined,
    before: ts.BuilderProgram | undefined,
  ): ts.BuilderProgram | null {
    const isAsked = this.isNext;
    this.isNext = false;
    if (!isAsked || host === undefined || before === undefined) return null;
    const program = before.getProgram();
    const cell = program.getRootFileNames().find((name) => name.endsWith(cellFile));
    if (cell === undefined || isFoundAnew(host, program)) return null;
    const options = program.getCompilerOptions();
    const file = host.getSourceFile(cell, {
      languageVersion: options.target ?? this.typescript.ScriptTarget.ES2022,
    });
    if (file === undefined) return null;
    this.typescript.bindSourceFile(file, options);
    if (!hasLocals(file) || file.locals.size === 0) return null;
    return {
      ...before,
      getSourceFile: (name: string) => (name === cell ? file : before.getSourceFile(name)),
    };
  }
}

/** The file that a cell is to tslab. */
const cellFile = "/__tslab__.ts";

/** Whether an import of a file leads elsewhere by now. */
const isFoundAnew = (host: ts.CompilerHost, program: ts.Program): boolean =>
  program
    .getSourceFiles()
    .some((file) => hasPath(file) && host.hasInvalidatedResolutions?.(file.path) === true);

/** What TypeScript 5.0 keeps to itself. */
export interface Binding {
  readonly bindSourceFile: (file: ts.SourceFile, options: ts.CompilerOptions) => void;
}

/** Whether a TypeScript can find a file's names without its types. */
export const canBind = <T extends object>(typescript: T): typescript is T & Binding =>
  "bindSourceFile" in typescript && typeof typescript.bindSourceFile === "function";

const hasLocals = (file: object): file is { readonly locals: ReadonlyMap<string, unknown> } =>
  "locals" in file && file.locals instanceof Map;

const hasPath = (file: object): file is { readonly path: ts.Path } =>
  "path" in file && typeof file.path === "string";
