/**
 * The programs that tslab's converter makes of cells, two or three a cell. It uses TypeScript's builder that tells which
 * files a change affects, for which each program gets a checker that looks up every import of every file; a notebook
 * has one file that changes, and asks of the others only which are reached from it.
 */
import type ts from "typescript";
import { knowShorthands } from "./earlier-names.js";

/** Replaces the way in which a compiler's host makes programs. */
export function makeLightPrograms(typescript: typeof ts, host: unknown): void {
  if (!hasCreateProgram(host) || !canBind(typescript)) {
    throw new Error("this TypeScript makes programs in another way: run npm ci");
  }
  host.createProgram = (...given) => {
    const builder = typescript.createAbstractBuilder(...given);
    const program = builder.getProgram();
    knowShorthands(typescript, program);
    return Object.assign(builder, {
      getAllDependencies: (file: ts.SourceFile) => reachedFrom(typescript, program, file),
      // Which names a cell declares is read off its file, though nobody has asked for a type yet.
      getSourceFile: (name: string) => {
        const file = program.getSourceFile(name);
        if (file !== undefined) typescript.bindSourceFile(file, program.getCompilerOptions());
        return file;
      },
    });
  };
}

/** The file and those that it imports or refers to, and so on. */
function reachedFrom(
  { resolveTripleslashReference }: typeof ts,
  program: ts.Program,
  from: ts.SourceFile,
): string[] {
  const reached = new Set([from]);
  for (const file of reached) {
    const names = [
      ...importedBy(file),
      ...file.referencedFiles.map((one) =>
        resolveTripleslashReference(one.fileName, file.fileName),
      ),
    ];
    for (const name of names) {
      const next = program.getSourceFile(name);
      if (next !== undefined) reached.add(next);
    }
  }
  return [...reached].map(({ fileName }) => fileName);
}

function importedBy(file: ts.SourceFile): string[] {
  const names: string[] = [];
  if (!hasResolvedModules(file)) return names;
  file.resolvedModules.forEach(({ resolvedModule }) => {
    if (resolvedModule !== undefined) names.push(resolvedModule.resolvedFileName);
  });
  return names;
}

interface Host {
  createProgram: ts.CreateProgram<ts.BuilderProgram>;
}

const hasCreateProgram = (host: unknown): host is Host =>
  typeof host === "object" && host !== null && "createProgram" in host;

/** What TypeScript 5.0 keeps to itself of these. */
interface Binding {
  readonly bindSourceFile: (file: ts.SourceFile, options: ts.CompilerOptions) => void;
}

const canBind = (typescript: object): typescript is Binding =>
  "bindSourceFile" in typescript && typeof typescript.bindSourceFile === "function";

interface Resolved {
  readonly resolvedModules: {
    forEach(visit: (of: { readonly resolvedModule?: ts.ResolvedModule }) => void): void;
  };
}

const hasResolvedModules = (file: object): file is Resolved =>
  "resolvedModules" in file && file.resolvedModules !== undefined;
