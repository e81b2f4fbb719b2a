/**
 * The programs that tslab's converter makes of cells, two or three a cell. It uses TypeScript's builder that tells which
 * files a change affects, for which each program gets a checker that looks up every import of every file; a notebook
 * has one file that changes, and asks of the others only which are reached from it.
 */
import type ts from "typescript";
import { DeclaredNames, canBind } from "./declared-names.js";
import { knowShorthands } from "./earlier-names.js";
import { ModuleLookups } from "./module-lookups.js";

/** The programs of a compiler's host. */
export interface CellPrograms {
  /** A cell is to be converted: of its first program only the names are asked that it declares. */
  readonly beginCell: () => void;
}

/** Replaces the way in which a compiler's host makes programs. */
export function makeLightPrograms(typescript: typeof ts, host: unknown): CellPrograms {
  if (!hasCreateProgram(host) || !canBind(typescript)) {
    throw new Error("this TypeScript makes programs in another way: run npm ci");
  }
  const names = new DeclaredNames(typescript);
  const lookups = new ModuleLookups();
  host.createProgram = (...given) => {
    lookups.spare(given[2]);
    const before = names.asked(given[2], given[3]);
    if (before !== null) return before;
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
  return {
    beginCell: () => {
      names.isNext = true;
    },
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

interface Resolved {
  readonly resolvedModules: {
    forEach(visit: (of: { readonly resolvedModule?: ts.ResolvedModule }) => void): void;
  };
}

const hasResolvedModules = (file: object): file is Resolved =>
  "resolvedModules" in file && file.resolvedModules !== undefined;
